//! The thread that reads files for an import. It is not the worker: a key that takes ten seconds to derive must not
//! hold up a save.

use super::folders::newest;
use super::home::expand;
use super::post::{Event, Post};
use super::telling::Telling;
use super::wipe::wipe_stack;
use crate::app::{ImportRequest, Imported, NotImported, Outcome, PasswordOf};
use crate::exchange::{Gauge, MAX_BYTES, ReadError};
use crate::explain::Explain as _;
use crate::foreign::{Helper, NotRead, Reader, read_regular};
use crate::vault::{Identities, IdentityError, Passphrase};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use zeroize::Zeroizing;

/// The thread, as the loop sees it.
pub(super) struct Readings {
    wanted: Sender<ImportRequest>,
}

/// What the thread knows of the world.
struct Place {
    home: Option<PathBuf>,
    identity_files: Vec<PathBuf>,
}

impl Readings {
    pub(super) fn start(home: Option<PathBuf>, identity_files: Vec<PathBuf>, post: Post) -> Self {
        let (wanted, orders) = channel::<ImportRequest>();
        let place = Place { home, identity_files };
        std::thread::spawn(move || {
            while let Some(request) = newest(&orders) {
                let number = request.number;
                let gauge = Arc::<Gauge>::default();
                let telling = Telling::start(Arc::clone(&gauge), {
                    let post = post.clone();
                    move |progress| post.send(Event::Aside(Outcome::ImportProgress { number, progress }))
                });
                let result = read(&request, &place, gauge);
                drop(telling);
                wipe_stack();
                post.send(Event::Aside(Outcome::ImportRead { number, result }));
            }
        });
        Self { wanted }
    }

    /// Has a file or folder read, once the one that is read now is through.
    pub(super) fn ask(&self, request: ImportRequest) {
        // When the thread is gone it has panicked, and the loop ends.
        let _ = self.wanted.send(request);
    }
}

fn read(request: &ImportRequest, place: &Place, gauge: Arc<Gauge>) -> Result<Imported, NotImported> {
    let path = expand(&request.path, place.home.as_deref());
    let mut given = Given { request, place };
    let key_file = request.key_file.as_ref().map(|path| expand(path, place.home.as_deref()));
    let key_file = key_file.map(|path| read_regular(&path, MAX_BYTES)).transpose();
    let key_file = key_file.map_err(|trouble| NotImported::NoKeyFile(trouble.explain()))?;
    let mut reader = Reader::new(&mut given, None).watched(gauge);
    if let Some(key_file) = key_file {
        if let Some((of, password)) = request.passwords.last() {
            reader = reader.with_password(password.clone(), Some(of));
        }
        reader = reader.with_key_file(key_file);
    }
    if path.is_dir() {
        let (files, passed_over) = reader.folder(&path)?;
        return Ok(Imported { files, passed_over });
    }
    Ok(Imported { files: vec![reader.file(&path)?], passed_over: 0 })
}

/// What was typed is all there is: for anything more the model asks, and has it read again.
struct Given<'a> {
    request: &'a ImportRequest,
    place: &'a Place,
}

impl Helper for Given<'_> {
    type Failure = NotImported;

    const GPG_MAY_ASK: bool = false;

    fn open(&mut self, path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, NotImported> {
        Ok(read_regular(path, limit).map_err(NotRead::from)?)
    }

    fn password(&mut self, path: &Path, needed: &ReadError) -> Result<Passphrase, NotImported> {
        self.request.password_of(path, needed)
    }

    fn another_password(
        &mut self,
        path: &Path,
        refused: &ReadError,
    ) -> Result<Option<Passphrase>, NotImported> {
        self.password(path, refused).map(Some)
    }

    fn identities(&mut self) -> Result<Option<Identities>, NotImported> {
        let mut all = Identities::default();
        for path in &self.place.identity_files {
            let bytes = self.open(path, Identities::MAX_FILE)?;
            all.extend(Identities::read(&bytes, &path.to_string_lossy(), self.request.identity.as_ref())?);
        }
        Ok((!self.place.identity_files.is_empty()).then_some(all))
    }

    fn accept_memory(&mut self, mebibytes: u64) -> Result<(), NotImported> {
        if self.request.dear { Ok(()) } else { Err(NotImported::Dear { mebibytes }) }
    }
}

impl From<IdentityError> for NotImported {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::PassphraseNeeded { name } => Self::PasswordNeeded(PasswordOf::Identity(name)),
            IdentityError::WrongPassphrase { name } => Self::WrongPassword(PasswordOf::Identity(name)),
            error => Self::Failed(error.explain()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::UnixTime;
    use crate::device::Candidate;
    use crate::otp::Secret;
    use crate::vault::{BackupLock, Change, Vault, VaultId, WorkFactor, WriterId, seal_backup};

    const URI: &str = "otpauth://totp/One:a?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=One";

    fn read_in(home: &Path, path: &str) -> Result<Imported, NotImported> {
        let request = ImportRequest {
            number: 1,
            path: path.into(),
            passwords: Vec::new(),
            key_file: None,
            identity: None,
            dear: false,
        };
        let place = Place { home: Some(home.into()), identity_files: Vec::new() };
        read(&request, &place, Arc::default())
    }

    #[test]
    fn a_backup_to_recipients_is_opened_by_an_identity_file_with_a_passphrase() {
        let home = tempfile::tempdir().unwrap();
        let key = age::x25519::Identity::generate();
        let sealed = |recipient: &dyn age::Recipient, plain: &[u8]| {
            let mut file = Vec::new();
            let encryptor = age::Encryptor::with_recipients(std::iter::once(recipient)).unwrap();
            let mut inside = encryptor.wrap_output(&mut file).unwrap();
            std::io::Write::write_all(&mut inside, plain).unwrap();
            inside.finish().unwrap();
            file
        };
        let mut lock = age::scrypt::Recipient::new("correct horse".to_owned().into());
        lock.set_work_factor(4);
        let identity = home.path().join("key.age");
        let text = age::secrecy::ExposeSecret::expose_secret(&key.to_string()).to_owned();
        std::fs::write(&identity, sealed(&lock, text.as_bytes())).unwrap();
        // It holds no vault: how far it gets is all that is looked at here.
        std::fs::write(home.path().join("backup.age"), sealed(&key.to_public(), b"x")).unwrap();
        let read = |typed: Option<&str>| {
            let typed = typed.and_then(|typed| Passphrase::new(Zeroizing::new(typed.to_owned())));
            let path = home.path().join("backup.age");
            let request = ImportRequest {
                number: 1,
                path,
                passwords: Vec::new(),
                key_file: None,
                identity: typed,
                dear: false,
            };
            let place = Place { home: None, identity_files: vec![identity.clone()] };
            read(&request, &place, Arc::default()).unwrap_err()
        };
        let name = identity.to_string_lossy().into_owned();
        assert_eq!(read(None), NotImported::PasswordNeeded(PasswordOf::Identity(name.clone())));
        assert_eq!(read(Some("wrong")), NotImported::WrongPassword(PasswordOf::Identity(name)));
        assert!(
            matches!(read(Some("correct horse")), NotImported::Failed(why) if why.message.contains("backup.age"))
        );
    }

    #[test]
    fn the_files_of_a_folder_may_have_a_password_each() {
        let home = tempfile::tempdir().unwrap();
        let passphrase = |text: &str| Passphrase::new(Zeroizing::new(text.to_owned())).unwrap();
        let path = |name: &str| home.path().join(name);
        for (name, secret, locked) in
            [("a.age", b"12345678901234567890", "one"), ("b.age", b"09876543210987654321", "two")]
        {
            let mut vault = Vault::empty(VaultId(uuid::Uuid::from_u128(1)), WriterId(1));
            let candidate = Candidate::bare(Secret::from_bytes(secret).unwrap());
            assert!(vault.apply(&Change::Add(Box::new(candidate)), UnixTime(1)).is_ok());
            let lock = BackupLock::Passphrase(passphrase(locked), WorkFactor::new(1).unwrap());
            std::fs::write(path(name), seal_backup(&vault, None, &lock).unwrap().bytes()).unwrap();
        }
        let read = |typed: &[(&str, &str)]| {
            let passwords = typed.iter().map(|(name, text)| (path(name), passphrase(text))).collect();
            let request = ImportRequest {
                number: 1,
                path: home.path().into(),
                passwords,
                key_file: None,
                identity: None,
                dear: false,
            };
            let place = Place { home: None, identity_files: Vec::new() };
            read(&request, &place, Arc::default()).map(|imported| imported.files.len())
        };
        let needed = |name: &str| Err(NotImported::PasswordNeeded(PasswordOf::File(path(name))));
        let wrong = |name: &str| Err(NotImported::WrongPassword(PasswordOf::File(path(name))));
        assert_eq!(read(&[]), needed("a.age"));
        assert_eq!(read(&[("a.age", "three")]), wrong("a.age"));
        assert_eq!(read(&[("a.age", "one")]), needed("b.age"));
        assert_eq!(read(&[("a.age", "one"), ("b.age", "three")]), wrong("b.age"));
        assert_eq!(read(&[("a.age", "one"), ("b.age", "two")]), Ok(2));
    }

    #[test]
    fn a_file_and_a_folder_are_read_from_home_and_what_is_no_file_is_not() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("uris.txt"), URI).unwrap();
        std::fs::write(home.path().join("cat.jpg"), "no device").unwrap();
        let file = read_in(home.path(), "~/uris.txt").unwrap();
        assert_eq!((file.files[0].format, file.files[0].entries.len(), file.passed_over), ("uris", 1, 0));
        let folder = read_in(home.path(), "~/").unwrap();
        assert_eq!((folder.files.len(), folder.passed_over), (1, 1));
        assert!(matches!(read_in(home.path(), "~/gone"), Err(NotImported::Failed(_))));
        assert!(matches!(read_in(home.path(), "/dev/null"), Err(NotImported::Failed(_))));
    }
}
