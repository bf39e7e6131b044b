//! What effects do to the vault and its files. Runs in the worker.

mod export;
mod prove;
#[cfg(test)]
mod tests;

use super::home::expand;
use super::pictures;
use crate::app::{Effect, NotChanged, NotReloaded, Outcome};
use crate::clock::{Clock, UnixTime};
use crate::device::DeviceId;
use crate::explain::{Explain, Explanation, Reason as _, notices, terminal as words};
use crate::state::{State, ViewChange};
use crate::vault::{
    Applied, Change, ChangeError, FileStamp, LockInfo, NewLock, Passphrase, Reason, Session, Store, Unlock,
    Vault, VaultError, WorkFactor,
};
use std::path::PathBuf;
use std::sync::Arc;

/// What the worker says, and the vault's file as it was read or saved last.
pub(super) type Answers<'a> = dyn FnMut(Outcome, Option<FileStamp>) + 'a;

/// Who holds the open vault.
pub(super) struct Keeper {
    /// Where the vault is.
    pub store: Store,
    /// The open vault, if it is.
    pub session: Option<Session>,
    /// What this machine remembers, where it does.
    pub state: Option<State>,
    /// The command line's identity files.
    pub identity_files: Vec<PathBuf>,
    /// What `~/` stands for.
    pub home: Option<PathBuf>,
    /// The time that goes into the vault.
    pub clock: Arc<dyn Clock>,
}

/// Why a change did not come about.
enum Failed {
    Vault(VaultError),
    Change(ChangeError),
}

impl From<VaultError> for Failed {
    fn from(error: VaultError) -> Self {
        Self::Vault(error)
    }
}

impl Keeper {
    /// Does an effect, and says what came of it. Those that concern only the terminal are not for us.
    pub(super) fn perform(&mut self, effect: Effect, answers: &mut Answers<'_>) {
        let outcome = match effect {
            Effect::Create { passphrase } => {
                answers(Outcome::Progress(notices::MAKING), self.stamp());
                Outcome::Created(self.create(passphrase))
            }
            Effect::Unlock { passphrase } => {
                answers(Outcome::Progress(notices::UNLOCKING), self.stamp());
                let unlocked = self.unlock(passphrase.as_ref());
                self.tell_remembered(answers);
                Outcome::Unlocked(unlocked)
            }
            Effect::Change { change, why } => {
                let result = self.change(&change);
                Outcome::Changed { change, why, result }
            }
            Effect::Prove { then, passphrase } => {
                if passphrase.is_some() {
                    answers(Outcome::Progress(notices::PROVING), self.stamp());
                }
                Outcome::Proved { then, result: self.prove(passphrase.as_ref()) }
            }
            Effect::Reload => {
                self.tell_remembered(answers);
                Outcome::Reloaded(self.reload())
            }
            // What can't be written down is not known the next time: nothing is lost by that.
            Effect::Spend { device, step } => {
                self.spend(device, step);
                return self.tell_remembered(answers);
            }
            Effect::Recall => return self.tell_remembered(answers),
            Effect::Remember(change) => return self.change_view(&change),
            Effect::Export(request) => return self.export(&request, answers),
            Effect::ReadPicture(path) => {
                let codes = pictures::read(&expand(&path, self.home.as_deref()));
                Outcome::PictureRead { path, codes }
            }
            Effect::Lock => {
                self.session = None;
                Outcome::Locked(self.lock_info())
            }
            Effect::Copy(_)
            | Effect::ClearClipboard
            | Effect::ReadFolder(_)
            | Effect::ReadImport(_)
            | Effect::Wipe
            | Effect::Redraw
            | Effect::Suspend
            | Effect::Quit => return,
        };
        answers(outcome, self.stamp());
    }

    /// Says what is remembered of the open vault.
    fn tell_remembered(&self, answers: &mut Answers<'_>) {
        if let (Some(state), Some(session)) = (&self.state, &self.session) {
            let remembered = state.recall(session.vault().id());
            answers(Outcome::Recalled(Box::new(remembered)), self.stamp());
        }
    }

    fn spend(&self, device: DeviceId, step: Option<u64>) {
        if let (Some(state), Some(step)) = (&self.state, step) {
            let _ = state.spend(device, step);
        }
        self.change_view(&ViewChange::Used(device));
    }

    fn change_view(&self, change: &ViewChange) {
        if let (Some(state), Some(session)) = (&self.state, &self.session) {
            let _ = state.change_view(session.vault().id(), change);
        }
    }

    /// The vault's file as we read or saved it last.
    fn stamp(&self) -> Option<FileStamp> {
        self.session.as_ref().map(Session::stamp)
    }

    fn create(&mut self, passphrase: Passphrase) -> Result<Box<Vault>, Explanation> {
        let lock = NewLock::Passphrase(passphrase, WorkFactor::DEFAULT);
        let session = self.store.create(&lock, self.clock.now()).map_err(|error| error.explain())?;
        Ok(self.hold(session))
    }

    fn unlock(&mut self, passphrase: Option<&Passphrase>) -> Result<Box<Vault>, Explanation> {
        let sealed = self.store.read().map_err(|error| error.explain())?;
        // Whoever names identity files means to use them, on a vault with a passphrase too.
        let session = match passphrase.filter(|_| self.identity_files.is_empty()) {
            Some(passphrase) => sealed.open(Unlock::Passphrase(passphrase)),
            None => sealed.open(Unlock::Identities(&self.identities(passphrase)?)),
        };
        session.map(|session| self.hold(session)).map_err(|error| error.explain())
    }

    fn hold(&mut self, session: Session) -> Box<Vault> {
        let vault = Box::new(session.vault().clone());
        self.session = Some(session);
        vault
    }

    fn change(&mut self, change: &Change) -> Result<(Applied, Box<Vault>), NotChanged> {
        let Some(session) = &mut self.session else {
            return Err(NotChanged::NotSaved(words::nothing_open()));
        };
        match apply(session, change, self.clock.now()) {
            Ok(applied) => Ok((applied, Box::new(session.vault().clone()))),
            Err(Failed::Change(error)) => Err(refused(session.vault(), change, &error)),
            Err(Failed::Vault(VaultError::Relocked { .. })) => Err(NotChanged::Relocked),
            Err(Failed::Vault(error)) => Err(NotChanged::NotSaved(error.explain())),
        }
    }

    fn reload(&mut self) -> Result<Box<Vault>, NotReloaded> {
        let Some(session) = &mut self.session else {
            return Err(NotReloaded::Failed(words::nothing_open()));
        };
        session.reload()?;
        Ok(Box::new(session.vault().clone()))
    }

    fn lock_info(&self) -> Result<LockInfo, Explanation> {
        self.store.read().map(|sealed| sealed.lock().clone()).map_err(|error| error.explain())
    }
}

fn apply(session: &mut Session, change: &Change, now: UnixTime) -> Result<Applied, Failed> {
    let reason = if matches!(change, Change::Import(_)) { Reason::Import } else { Reason::Change };
    let (applied, _) =
        session.update(reason, now, |vault| vault.apply(change, now).map_err(Failed::Change))?;
    Ok(applied)
}

/// Why the vault does not take a change, with the name of the device that it is about.
fn refused(vault: &Vault, change: &Change, error: &ChangeError) -> NotChanged {
    let device = change.device().and_then(|id| vault.get(id));
    let why = device.map_or_else(|| error.explain(), |device| error.about(device.label()));
    match error {
        ChangeError::ChangedElsewhere { field } => {
            NotChanged::Overtaken { field, why, vault: Box::new(vault.clone()) }
        }
        _ => NotChanged::Refused(why),
    }
}

impl From<VaultError> for NotReloaded {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Relocked { .. } => Self::Relocked,
            error => Self::Failed(error.explain()),
        }
    }
}
