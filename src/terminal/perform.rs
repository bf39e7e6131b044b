//! What effects do to the vault and its files. Runs in the worker.

mod export;
mod prove;

use super::home::expand;
use super::pictures;
use crate::app::{Effect, NotChanged, NotReloaded, Outcome, Relock};
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
            | Effect::ReadClipboard
            | Effect::AskAws(_)
            | Effect::Wipe
            | Effect::Redraw
            | Effect::Suspend
            | Effect::Quit => return,
        };
        answers(outcome, self.stamp());
        if let Some(rollback) = self.session.as_mut().and_then(Session::take_rollback) {
            answers(Outcome::RolledBack(rollback), self.stamp());
        }
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
            Err(Failed::Vault(VaultError::Relocked { .. })) => Err(NotChanged::Relocked(Relock::Anew)),
            Err(Failed::Vault(VaultError::LetGo { .. })) => Err(NotChanged::Relocked(Relock::LetGo)),
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
            VaultError::Relocked { .. } => Self::Relocked(Relock::Anew),
            VaultError::LetGo { .. } => Self::Relocked(Relock::LetGo),
            error => Self::Failed(error.explain()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Asked, ExportLock, ExportRequest, Guarded, NotExported, NotProved, Proof, Why};
    use crate::clock::FixedClock;
    use crate::device::{Candidate, DeviceId};
    use crate::otp::Secret;
    use crate::vault::disk::{Disk as _, MemoryDisk};
    use crate::vault::{MAX_FILE, open_backup};
    use std::path::Path;
    use zeroize::Zeroizing;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(Zeroizing::new(text.into())).unwrap()
    }

    /// A vault in memory whose passphrase `open` costs nothing to try.
    fn keeper() -> Keeper {
        let store = Store::on(Arc::new(MemoryDisk::default()), "/home/me/vault.age".into());
        let lock = NewLock::Passphrase(passphrase("open"), WorkFactor::new(1).unwrap());
        let session = Some(store.create(&lock, UnixTime(1)).unwrap());
        let clock = Arc::new(FixedClock::at(59));
        Keeper {
            store,
            session,
            state: None,
            identity_files: Vec::new(),
            home: Some("/home/me".into()),
            clock,
        }
    }

    fn perform(keeper: &mut Keeper, effect: Effect) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        keeper.perform(effect, &mut |outcome, _| outcomes.push(outcome));
        outcomes.retain(|outcome| !matches!(outcome, Outcome::Progress(_)));
        outcomes
    }

    fn add() -> Effect {
        let candidate = Candidate::bare(Secret::from_bytes(b"12345678901234567890").unwrap());
        Effect::Change { change: Box::new(Change::Add(Box::new(candidate))), why: Why::Done }
    }

    fn export(path: &str, overwrite: bool) -> Effect {
        let lock = ExportLock::Passphrase(passphrase("backup"));
        Effect::Export(Box::new(ExportRequest { path: path.into(), lock, overwrite }))
    }

    #[test]
    fn a_change_is_on_disk_when_it_is_answered() {
        let mut keeper = keeper();
        let before = keeper.store.stamp();
        let outcomes = perform(&mut keeper, add());
        let [Outcome::Changed { result: Ok((applied, vault)), .. }] = outcomes.as_slice() else {
            panic!("{outcomes:?}")
        };
        assert!(applied.id.is_some() && vault.devices().len() == 1);
        assert_ne!(keeper.store.stamp(), before);
        assert_eq!(keeper.stamp(), keeper.store.stamp());
    }

    #[test]
    fn what_can_never_be_is_refused_and_what_can_be_later_is_not_saved() {
        let mut keeper = keeper();
        perform(&mut keeper, add());
        let outcomes = perform(&mut keeper, add());
        assert!(matches!(
            outcomes.as_slice(),
            [Outcome::Changed { result: Err(NotChanged::Refused(_)), .. }]
        ));
        perform(&mut keeper, Effect::Lock);
        let outcomes = perform(&mut keeper, add());
        assert!(matches!(
            outcomes.as_slice(),
            [Outcome::Changed { result: Err(NotChanged::NotSaved(_)), .. }]
        ));
    }

    #[test]
    fn a_locked_vault_opens_with_its_passphrase_only() {
        let mut keeper = keeper();
        let outcomes = perform(&mut keeper, Effect::Lock);
        assert!(matches!(outcomes.as_slice(), [Outcome::Locked(Ok(LockInfo::Passphrase { .. }))]));
        assert!(keeper.session.is_none() && keeper.stamp().is_none());
        let unlock = |text| Effect::Unlock { passphrase: Some(passphrase(text)) };
        assert!(matches!(perform(&mut keeper, unlock("wrong")).as_slice(), [Outcome::Unlocked(Err(_))]));
        assert!(matches!(perform(&mut keeper, unlock("open")).as_slice(), [Outcome::Unlocked(Ok(_))]));
        assert!(keeper.session.is_some());
    }

    #[test]
    fn who_is_there_is_proved_by_the_passphrase_alone_and_can_be_tried_again() {
        let mut keeper = keeper();
        perform(&mut keeper, add());
        let id = keeper.session.as_ref().and_then(|session| session.vault().devices().next()).unwrap().id;
        let then = Guarded::Secret(id);
        let mut prove = |text: Option<&str>| {
            let outcomes = perform(&mut keeper, Effect::Prove { then, passphrase: text.map(passphrase) });
            let [Outcome::Proved { result, .. }] = outcomes.as_slice() else { panic!("{outcomes:?}") };
            result.clone()
        };
        assert_eq!(prove(None), Err(NotProved::Ask(Asked::Vault)));
        assert_eq!(prove(Some("wrong")), Err(NotProved::DoesNotOpen));
        assert_eq!(prove(Some("open")), Ok(Proof::Typed));
        perform(&mut keeper, Effect::Lock);
        let outcomes = perform(&mut keeper, Effect::Prove { then, passphrase: Some(passphrase("open")) });
        assert!(matches!(outcomes.as_slice(), [Outcome::Proved { result: Err(NotProved::Failed(_)), .. }]));
    }

    /// A keeper of a vault for one identity, whose file is locked with a passphrase or with none.
    fn keeper_by_identity(locked_with: Option<&str>) -> Keeper {
        use age::secrecy::ExposeSecret as _;
        let identity = age::x25519::Identity::generate();
        let recipient = identity.to_public().to_string();
        let text = identity.to_string();
        let file = match locked_with {
            None => text.expose_secret().as_bytes().to_vec(),
            Some(passphrase) => {
                let mut to = age::scrypt::Recipient::new(passphrase.to_owned().into());
                to.set_work_factor(1);
                age::encrypt(&to, text.expose_secret().as_bytes()).unwrap()
            }
        };
        let disk = MemoryDisk::default();
        disk.create_dir(Path::new("/home/me")).unwrap();
        disk.create_new(Path::new("/home/me/key")).unwrap().write_all(&file).unwrap();
        let store = Store::on(Arc::new(disk), "/home/me/vault.age".into());
        let lock = NewLock::Recipients(vec![crate::vault::Recipient::parse(&recipient).unwrap()]);
        let session = Some(store.create(&lock, UnixTime(1)).unwrap());
        Keeper { store, session, identity_files: vec!["/home/me/key".into()], ..keeper() }
    }

    #[test]
    fn identity_files_are_read_again_and_their_passphrase_is_asked_for() {
        let then = Guarded::Secret(DeviceId::random());
        let prove = |keeper: &mut Keeper, text: Option<&str>| {
            let outcomes = perform(keeper, Effect::Prove { then, passphrase: text.map(passphrase) });
            let [Outcome::Proved { result, .. }] = outcomes.as_slice() else { panic!("{outcomes:?}") };
            result.clone()
        };
        let mut open = keeper_by_identity(None);
        assert_eq!(prove(&mut open, None), Ok(Proof::Unasked));
        let mut locked = keeper_by_identity(Some("mine"));
        assert_eq!(prove(&mut locked, None), Err(NotProved::Ask(Asked::Identity("/home/me/key".into()))));
        assert_eq!(prove(&mut locked, Some("wrong")), Err(NotProved::DoesNotOpen));
        assert_eq!(prove(&mut locked, Some("mine")), Ok(Proof::Typed));
        // Another identity, though a good one, proves nothing about this vault.
        let other = keeper_by_identity(None);
        let mut mixed = Keeper { identity_files: other.identity_files, store: other.store, ..locked };
        assert!(matches!(prove(&mut mixed, None), Err(NotProved::Failed(_))));
    }

    #[test]
    fn a_vault_that_the_agent_let_go_of_is_told_apart_from_one_that_was_locked_anew() {
        struct Gone(std::sync::Mutex<Option<crate::vault::HeldIdentity>>);
        impl crate::vault::Opener for Gone {
            fn unwrap_key(&self, wrapped: &crate::vault::WrappedKey) -> Option<crate::vault::UnwrappedKey> {
                self.0.lock().unwrap().as_ref()?.unwrap_key(wrapped)
            }
        }
        let mut keeper = keeper();
        let open = || keeper.store.read().unwrap();
        let mut other = open().open(Unlock::Passphrase(&passphrase("open"))).unwrap();
        let agent = std::sync::Arc::new(Gone(std::sync::Mutex::new(other.held())));
        keeper.session = Some(open().open_by(std::sync::Arc::<Gone>::clone(&agent)).ok().unwrap());
        *agent.0.lock().unwrap() = None;
        other
            .update(Reason::Change, UnixTime(2), |vault| {
                let candidate = Candidate::bare(Secret::from_bytes(b"09876543210987654321").unwrap());
                let added = vault.apply(&Change::Add(Box::new(candidate)), UnixTime(2));
                assert!(added.is_ok());
                Ok::<_, VaultError>(())
            })
            .unwrap();
        let outcomes = perform(&mut keeper, Effect::Reload);
        assert!(matches!(
            outcomes.as_slice(),
            [Outcome::Reloaded(Err(NotReloaded::Relocked(Relock::LetGo)))]
        ));
        let outcomes = perform(&mut keeper, add());
        assert!(matches!(
            outcomes.as_slice(),
            [Outcome::Changed { result: Err(NotChanged::Relocked(Relock::LetGo)), .. }]
        ));
    }

    #[test]
    fn a_vault_that_was_locked_anew_is_told_apart_from_one_that_can_not_be_saved() {
        let mut keeper = keeper();
        let sealed = keeper.store.read().unwrap();
        let mut other = sealed.open(Unlock::Passphrase(&passphrase("open"))).unwrap();
        other.change_passphrase(&passphrase("new"), WorkFactor::new(1).unwrap(), UnixTime(2)).unwrap();
        let outcomes = perform(&mut keeper, add());
        assert!(matches!(
            outcomes.as_slice(),
            [Outcome::Changed { result: Err(NotChanged::Relocked(Relock::Anew)), .. }]
        ));
        let outcomes = perform(&mut keeper, Effect::Reload);
        assert!(matches!(outcomes.as_slice(), [Outcome::Reloaded(Err(NotReloaded::Relocked(Relock::Anew)))]));
    }

    #[test]
    fn a_backup_is_proved_and_remembered_and_replaces_nothing_unasked() {
        let mut keeper = keeper();
        perform(&mut keeper, add());
        let outcomes = perform(&mut keeper, export("~/backup.age", false));
        let [Outcome::Exported(Ok(report)), Outcome::Reloaded(Ok(vault))] = outcomes.as_slice() else {
            panic!("{outcomes:?}")
        };
        assert_eq!((report.path.as_path(), report.devices), (Path::new("/home/me/backup.age"), 1));
        assert_eq!(vault.last_backup(), Some((UnixTime(59), 0)));
        let (bytes, _) = keeper.store.disk().read(&report.path, MAX_FILE).unwrap();
        assert_eq!(bytes.len() as u64, report.bytes);
        let opened = open_backup(&bytes, Unlock::Passphrase(&passphrase("backup"))).unwrap();
        assert!(opened.devices().eq(vault.devices()));

        let outcomes = perform(&mut keeper, export("/home/me/backup.age", false));
        assert!(matches!(outcomes.as_slice(), [Outcome::Exported(Err(NotExported::Exists))]));
        let outcomes = perform(&mut keeper, export("/home/me/backup.age", true));
        assert!(matches!(outcomes.as_slice(), [Outcome::Exported(Ok(_)), Outcome::Reloaded(Ok(_))]));
    }
}
