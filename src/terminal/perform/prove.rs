//! Who is there: by a passphrase, by identity files, or by both.

use super::Keeper;
use crate::app::{Asked, NotProved, Proof};
use crate::explain::{Explain as _, Explanation, terminal as words};
use crate::vault::{Identities, IdentityError, Passphrase, VaultError};
use std::path::Path;
use zeroize::Zeroizing;

impl Keeper {
    pub(super) fn identities(&self, passphrase: Option<&Passphrase>) -> Result<Identities, Explanation> {
        let mut identities = Identities::default();
        for path in &self.identity_files {
            let name = path.display().to_string();
            let bytes = self.identity_file(path, &name)?;
            identities.extend(Identities::read(&bytes, &name, passphrase).map_err(|error| error.explain())?);
        }
        Ok(identities)
    }

    fn identity_file(&self, path: &Path, name: &str) -> Result<Zeroizing<Vec<u8>>, Explanation> {
        let read = self.store.disk().read(path, Identities::MAX_FILE);
        let (bytes, _) = read.map_err(|error| words::identity_unreadable(name, &error))?;
        Ok(Zeroizing::new(bytes))
    }

    /// Proves who is there: by the vault's passphrase, or by the identity files once more, and by the
    /// passphrase of those that have one.
    pub(super) fn prove(&self, passphrase: Option<&Passphrase>) -> Result<Proof, NotProved> {
        let failed = NotProved::Failed;
        let session = self.session.as_ref().ok_or_else(|| failed(words::nothing_open()))?;
        if self.identity_files.is_empty() {
            let passphrase = passphrase.ok_or(NotProved::Ask(Asked::Vault))?;
            session.prove(passphrase)?;
            return Ok(Proof::Typed);
        }
        let mut all = Identities::default();
        let mut proof = Proof::Unasked;
        for path in &self.identity_files {
            let name = path.display().to_string();
            let bytes = self.identity_file(path, &name).map_err(failed)?;
            let identities = match Identities::read(&bytes, &name, None) {
                Err(IdentityError::PassphraseNeeded { name }) => {
                    let passphrase = passphrase.ok_or(NotProved::Ask(Asked::Identity(name.clone())))?;
                    proof = Proof::Typed;
                    Identities::read(&bytes, &name, Some(passphrase))
                }
                read => read,
            };
            all.extend(identities.map_err(VaultError::from)?);
        }
        session.prove_with(&all)?;
        Ok(proof)
    }
}

impl From<VaultError> for NotProved {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::WrongPassphrase { .. }
            | VaultError::Identity(IdentityError::WrongPassphrase { .. }) => Self::DoesNotOpen,
            error => Self::Failed(error.explain()),
        }
    }
}
