//! Where things are.

use super::failure::Failure;
use crate::explain::Trouble;
use etcetera::BaseStrategy;
use etcetera::base_strategy::Xdg;
use std::path::{Path, PathBuf};

/// The variable that names the vault.
pub(super) const VAULT_VARIABLE: &str = "KEYFOB_VAULT";

fn base() -> Result<Xdg, Failure> {
    Xdg::new().map_err(|_| Trouble::NoHome.into())
}

/// `$XDG_CONFIG_HOME/keyfob/config.toml`.
pub(super) fn config_file() -> Result<PathBuf, Failure> {
    Ok(base()?.config_dir().join("keyfob/config.toml"))
}

/// Where the vault is unless something says otherwise: `$XDG_DATA_HOME/keyfob/vault.age`.
pub(super) fn usual_vault() -> Result<PathBuf, Failure> {
    Ok(base()?.data_dir().join("keyfob/vault.age"))
}

/// `$XDG_STATE_HOME/keyfob`.
pub(super) fn state_folder() -> Result<PathBuf, Failure> {
    let base = base()?;
    Ok(base.state_dir().unwrap_or_else(|| base.data_dir()).join("keyfob"))
}

/// A path with `~/` at its start led home.
pub(super) fn led_home(path: &Path) -> Result<PathBuf, Failure> {
    match path.strip_prefix("~") {
        Ok(rest) => Ok(base()?.home_dir().join(rest)),
        Err(_) => Ok(path.into()),
    }
}

/// `$XDG_RUNTIME_DIR/keyfob`: in memory, and gone when the user logs out. None where the system has no such folder.
pub(super) fn runtime_folder() -> Option<PathBuf> {
    Some(base().ok()?.runtime_dir()?.join("keyfob"))
}
