//! Backups: written, proved, and noted in the vault.

use super::{Answers, Failed, Keeper, apply};
use crate::app::{ExportLock, ExportReport, ExportRequest, NotExported, NotReloaded, Outcome};
use crate::explain::{Explain as _, Reason as _, terminal as words};
use crate::terminal::home::expand;
use crate::vault::{BackupLock, Change, VaultError, WorkFactor, seal_backup, write_proven_file};

impl Keeper {
    /// Writes a backup and proves it; then the vault remembers that there is one.
    pub(super) fn export(&mut self, request: &ExportRequest, answers: &mut Answers<'_>) {
        let report = self.write_backup(request, answers);
        let written = report.as_ref().ok().map(|report| report.devices);
        answers(Outcome::Exported(report), self.stamp());
        if let (Some(devices), Some(session)) = (written, &mut self.session) {
            let remembered = match apply(session, &Change::Exported { devices }, self.clock.now()) {
                Ok(_) => Ok(Box::new(session.vault().clone())),
                Err(Failed::Vault(error)) => Err(error.into()),
                Err(Failed::Change(error)) => Err(NotReloaded::Failed(error.explain())),
            };
            answers(Outcome::Reloaded(remembered), self.stamp());
        }
    }

    fn write_backup(
        &self,
        request: &ExportRequest,
        answers: &mut Answers<'_>,
    ) -> Result<ExportReport, NotExported> {
        let Some(session) = &self.session else { return Err(NotExported::Failed(words::nothing_open())) };
        let path = expand(&request.path, self.home.as_deref());
        let shown = path.display().to_string();
        let failed = NotExported::Failed;
        if self.store.is_own(&path) {
            return Err(failed(VaultError::OwnFile { path }.explain()));
        }
        let lock = match &request.lock {
            ExportLock::Passphrase(passphrase) => {
                BackupLock::Passphrase(passphrase.clone(), WorkFactor::DEFAULT)
            }
            ExportLock::Recipients(recipients) => BackupLock::Recipients(recipients.clone()),
        };
        answers(Outcome::Progress(words::ENCRYPTING), self.stamp());
        let backup = seal_backup(session.vault(), None, &lock).map_err(|bad| failed(bad.about(&shown)))?;
        let disk = self.store.disk();
        let bytes = backup.bytes();
        let devices = write_proven_file(disk, &path, bytes, request.overwrite, |read_back| {
            answers(Outcome::Progress(words::PROVING), self.stamp());
            backup.prove(read_back).map_err(|error| failed(error.about(&shown)))
        })?;
        Ok(ExportReport { path, devices, bytes: bytes.len() as u64 })
    }
}

impl From<VaultError> for NotExported {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Exists { .. } => Self::Exists,
            error => Self::Failed(error.explain()),
        }
    }
}
