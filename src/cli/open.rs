//! From the command line to an open vault.

use super::config::{self, Origin, Setting, Settings};
use super::context::Context;
use super::failure::Failure;
use super::global::Global;
use super::output::note;
use super::{guard, places};
use crate::agent::{Agent, Place};
use crate::clock::UnixTime;
use crate::device::Device;
use crate::device::query;
use crate::explain::{FileProblem, Trouble, Unpicked, report};
use crate::foreign::read_within;
use crate::vault::{
    Change, Identities, IdentityError, LockInfo, Reason, Sealed, Session, Store, Unlock, Vault, WorkFactor,
};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

fn tell_rollback(mut session: Session) -> Session {
    if let Some(rollback) = session.take_rollback() {
        note(&report::note::rolled_back(&rollback));
    }
    session
}

impl Context {
    /// Where the vault is.
    pub(super) fn vault_path(&self) -> Result<PathBuf, Failure> {
        // Whoever names the vault needs no configuration for it, be it wrong or right.
        match self.named_vault() {
            Some(named) => Ok(named.value),
            None => Ok(self.vault_setting(&config::read()?)?.value),
        }
    }

    /// The same, and where that comes from.
    pub(super) fn vault_setting(&self, settings: &Settings) -> Result<Setting<PathBuf>, Failure> {
        match self.named_vault().or_else(|| settings.vault.clone()) {
            Some(vault) => Ok(vault),
            None => Ok(Setting::usual(places::usual_vault()?)),
        }
    }

    fn named_vault(&self) -> Option<Setting<PathBuf>> {
        if let Some(path) = self.global.vault.clone() {
            return Some(Setting { value: path, origin: Origin::Option("--vault") });
        }
        let path = std::env::var_os(places::VAULT_VARIABLE).filter(|path| !path.is_empty())?;
        Some(Setting { value: path.into(), origin: Origin::Variable(places::VAULT_VARIABLE) })
    }

    /// The place of the vault.
    pub(super) fn store(&self) -> Result<Store, Failure> {
        let path = self.vault_path()?;
        guard::no_sudo_on_others(&path)?;
        let store = Store::real(path);
        // Where there is no home folder nothing is remembered.
        Ok(match self.state() {
            Ok(state) => store.with_ledger(Arc::new(state)),
            Err(_) => store,
        })
    }

    /// Opens the vault: by the agent, where one holds its identity, else as whoever is there can.
    pub(super) fn unlock(&mut self) -> Result<Session, Failure> {
        let sealed = self.store()?.read()?;
        let session = self.by_agent(sealed).or_else(|sealed| self.open(*sealed))?;
        Ok(tell_rollback(session))
    }

    /// Opens the vault without the agent: for what shows secrets, or changes who can open it. The agent knows that somebody
    /// typed the passphrase a while ago, not who is there now.
    pub(super) fn unlock_in_person(&mut self) -> Result<Session, Failure> {
        let sealed = self.store()?.read()?;
        Ok(tell_rollback(self.open(sealed)?))
    }

    /// Opens a vault by the agent; the sealed vault again where that can't be.
    pub(super) fn by_agent(&self, sealed: Sealed) -> Result<Session, Box<Sealed>> {
        match self.agent() {
            Some(agent) => sealed.open_by(Arc::new(agent)),
            None => Err(Box::new(sealed)),
        }
    }

    /// The agent, unless something else was named to open the vault with. A forced command with `--read-only` asks whoever
    /// comes in by it, whatever the owner has unlocked.
    fn agent(&self) -> Option<Agent> {
        let Global { identity, passphrase_file, read_only, .. } = &self.global;
        if !identity.is_empty() || passphrase_file.is_some() || *read_only {
            return None;
        }
        Agent::find(&Place::at(places::runtime_folder()?))
    }

    /// Opens a vault, or an earlier generation of one.
    pub(super) fn open(&mut self, sealed: Sealed) -> Result<Session, Failure> {
        let lock = sealed.lock().clone();
        // Whoever names an identity means to use it, on a vault with a passphrase too.
        if !self.global.identity.is_empty() {
            let identities = self.identities()?;
            return Ok(sealed.open(Unlock::Identities(&identities))?);
        }
        if let LockInfo::Passphrase { work_factor } = lock {
            self.accept_cost(work_factor)?;
            let passphrase = self.passphrase("passphrase")?;
            return Ok(sealed.open(Unlock::Passphrase(&passphrase))?);
        }
        Ok(sealed.open(Unlock::Identities(&Identities::default()))?)
    }

    /// The identities of all identity files.
    pub(super) fn identities(&mut self) -> Result<Identities, Failure> {
        let mut all = Identities::default();
        for path in self.global.identity.clone() {
            all.extend(self.identity(&path)?);
        }
        Ok(all)
    }

    fn identity(&mut self, path: &Path) -> Result<Identities, Failure> {
        let bytes = read_file(path, Identities::MAX_FILE)?;
        let name = path.to_string_lossy();
        match Identities::read(&bytes, &name, None) {
            Err(IdentityError::PassphraseNeeded { .. }) => {
                let passphrase = self.passphrase("passphrase of the identity file")?;
                Ok(Identities::read(&bytes, &name, Some(&passphrase))?)
            }
            read => Ok(read?),
        }
    }

    /// The same for a file of another app.
    pub(super) fn accept_memory(&mut self, mebibytes: u64) -> Result<(), Failure> {
        note(&report::note::much_memory(mebibytes));
        if self.agreed(report::GO_ON) == Some(false) {
            return Err(Trouble::FileTooDear.into());
        }
        Ok(())
    }

    /// Above the usual cost a person is asked, since it is memory that may not be there. Where nobody
    /// can be asked the limit of [`WorkFactor::MAX`] has to do.
    pub(super) fn accept_cost(&mut self, work_factor: WorkFactor) -> Result<(), Failure> {
        if work_factor > WorkFactor::ASK_ABOVE {
            note(&report::note::dear(work_factor));
            if self.agreed(report::GO_ON) == Some(false) {
                return Err(Trouble::TooDear.into());
            }
        }
        Ok(())
    }
}

impl Context {
    /// Notes in the vault what was done. It stays done even where that can't be saved.
    pub(super) fn remember(&mut self, session: &mut Session, change: &Change, now: UnixTime) {
        let noted = session.update(Reason::Change, now, |vault| Ok::<_, Failure>(vault.apply(change, now)?));
        if let Err(failure) = noted {
            self.out.note(report::note::not_remembered(&failure.explanation().message));
        }
    }
}

/// The one device that a query picks.
pub(super) fn pick<'a>(vault: &'a Vault, query: &str) -> Result<&'a Device, Failure> {
    query::pick(vault.devices(), query).map_err(|error| Unpicked { query: query.into(), error }.into())
}

/// A whole file of at most this many bytes; `-` is standard input.
pub(super) fn read_file(path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, Failure> {
    if super::context::is_stdin(path) {
        return Ok(read_within(std::io::stdin().lock(), path, limit)?);
    }
    let file = File::open(path).map_err(|error| Trouble::File(path.into(), FileProblem::System(error)))?;
    Ok(read_within(file, path, limit)?)
}
