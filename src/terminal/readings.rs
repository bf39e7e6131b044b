//! The thread that reads files for an import. It is not the worker: a key that takes ten seconds to derive must not
//! hold up a save.

use super::folders::newest;
use super::home::expand;
use super::post::{Event, Post};
use super::wipe::wipe_stack;
use crate::app::{ImportRequest, Imported, NotImported, Outcome};
use crate::explain::Explain as _;
use crate::foreign::{Helper, NotRead, Reader, read_regular};
use crate::vault::{Identities, Passphrase};
use std::path::{Path, PathBuf};
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
                let (number, result) = (request.number, read(&request, &place));
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

fn read(request: &ImportRequest, place: &Place) -> Result<Imported, NotImported> {
    let path = expand(&request.path, place.home.as_deref());
    let mut given = Given { request, place };
    let mut reader = Reader::new(&mut given, None);
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

    fn password(&mut self, _: &Path) -> Result<Passphrase, NotImported> {
        self.request.password.clone().ok_or(NotImported::PasswordNeeded)
    }

    fn identities(&mut self) -> Result<Option<Identities>, NotImported> {
        let mut all = Identities::default();
        for path in &self.place.identity_files {
            let bytes = self.open(path, Identities::MAX_FILE)?;
            let read = Identities::read(&bytes, &path.to_string_lossy(), None);
            all.extend(read.map_err(|error| NotImported::Failed(error.explain()))?);
        }
        Ok((!self.place.identity_files.is_empty()).then_some(all))
    }

    fn accept_memory(&mut self, mebibytes: u64) -> Result<(), NotImported> {
        if self.request.dear { Ok(()) } else { Err(NotImported::Dear { mebibytes }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const URI: &str = "otpauth://totp/One:a?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=One";

    fn read_in(home: &Path, path: &str) -> Result<Imported, NotImported> {
        let request = ImportRequest { number: 1, path: path.into(), password: None, dear: false };
        read(&request, &Place { home: Some(home.into()), identity_files: Vec::new() })
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
