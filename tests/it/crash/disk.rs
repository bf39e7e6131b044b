//! A disk that remembers in which order things happened to it, so that every state a crash could leave can be made.
//!
//! What it holds against the program is what POSIX allows and no more: a file's bytes are durable after its fsync, a
//! name after the fsync of its folder. Until then bytes may be there, there in part, or zeros; each change of a name may
//! have reached the disk or not, whatever became of those before it.

use super::mistakes::Mistake;
use keyfob::vault::Vault;
use keyfob::vault::disk::{Disk, NewFile, Stat};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// A file, whatever its names are.
pub type Inode = usize;

/// A file's bytes, shared by all states that did not touch them.
pub type Bytes = Arc<Vec<u8>>;

/// What happened, in its order.
#[derive(Clone, Debug)]
pub enum Event {
    /// Bytes came to a file's end.
    Write(Inode, Vec<u8>),
    /// A file lost its bytes.
    Truncate(Inode),
    /// A file's bytes are durable.
    Sync(Inode),
    /// Names lead to a file from now on, or to none; those of a rename change together.
    Names(Vec<(PathBuf, Option<Inode>)>),
    /// The names in a folder are durable.
    SyncFolder(PathBuf),
    /// Somebody was told that this is saved.
    Saved(Box<Vault>),
}

#[derive(Clone, Debug, Default)]
pub struct Files {
    pub names: BTreeMap<PathBuf, Inode>,
    pub contents: Vec<Bytes>,
}

#[derive(Default)]
struct Inner {
    /// What was there, and durable, when the recording began.
    before: Files,
    /// As the running program sees it.
    now: Files,
    folders: BTreeSet<PathBuf>,
    locked: BTreeSet<PathBuf>,
    events: Vec<Event>,
    mistake: Option<Mistake>,
    /// Whether the file system knows no hard links.
    no_links: bool,
    /// What a mistake puts off, though the program sees it already.
    late: Vec<Event>,
}

/// The disk. Clones share it.
#[derive(Clone, Default)]
pub struct CrashDisk(Arc<Mutex<Inner>>);

impl CrashDisk {
    /// A disk with these files in these folders, all of it durable.
    pub fn with(files: &[(PathBuf, Vec<u8>)]) -> Self {
        let disk = Self::default();
        for (path, bytes) in files {
            disk.create_dir(path.parent().unwrap()).unwrap();
            disk.create_new(path).unwrap().write_all(bytes).unwrap();
        }
        disk
    }

    /// A disk whose file system knows no hard links, or one that does.
    pub fn new(links: bool) -> Self {
        let disk = Self::default();
        disk.inner().no_links = !links;
        disk
    }

    /// All that is there is durable; from now on what happens is written down, and the mistake is made.
    pub fn record(&self, mistake: Option<Mistake>) {
        let mut inner = self.inner();
        inner.before = inner.now.clone();
        inner.events.clear();
        inner.mistake = mistake;
    }

    /// What was there, and what happened since.
    pub fn recorded(&self) -> (Files, Vec<Event>) {
        let mut inner = self.inner();
        inner.catch_up();
        (inner.before.clone(), inner.events.clone())
    }

    /// The program says that this is saved.
    pub fn say_saved(&self, vault: &Vault) {
        let mut inner = self.inner();
        let last = |wanted: fn(&Event) -> bool| inner.events.iter().rposition(wanted);
        let at = match inner.mistake {
            Some(Mistake::SaidBeforeRename) => {
                last(|event| matches!(event, Event::Names(names) if names.len() == 2))
            }
            Some(Mistake::SaidBeforeFolderSync) => last(|event| matches!(event, Event::SyncFolder(_))),
            _ => None,
        };
        let at = at.unwrap_or(inner.events.len());
        inner.events.insert(at, Event::Saved(Box::new(vault.clone())));
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }
}

impl Inner {
    fn inode(&self, path: &Path) -> io::Result<Inode> {
        self.now.names.get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn free(&self, path: &Path) -> io::Result<()> {
        if self.now.names.contains_key(path) { Err(io::ErrorKind::AlreadyExists.into()) } else { Ok(()) }
    }

    fn makes(&self, mistakes: &[Mistake]) -> bool {
        self.mistake.is_some_and(|mistake| mistakes.contains(&mistake))
    }

    fn stat(&self, inode: Inode) -> Stat {
        let size = self.now.contents[inode].len() as u64;
        let number = inode as u64 + 1;
        Stat { inode: number, size, modified: (0, number), mode: 0o600, owner: 0 }
    }

    fn happen(&mut self, event: Event) {
        self.now.take(&event);
        self.events.push(event);
    }

    fn name(&mut self, name: &Path, inode: Option<Inode>) {
        self.happen(Event::Names(vec![(name.to_owned(), inode)]));
    }

    /// The program sees it at once; the disk hears of it later.
    fn happen_late(&mut self, event: Event) {
        self.now.take(&event);
        self.late.push(event);
    }

    fn catch_up(&mut self) {
        let late = std::mem::take(&mut self.late);
        self.events.extend(late);
    }

    fn write(&mut self, inode: Inode, bytes: &[u8]) {
        let half = self.makes(&[Mistake::ShortWriteIgnored]);
        let bytes = if half { &bytes[..bytes.len() / 2] } else { bytes };
        let event = Event::Write(inode, bytes.to_vec());
        if self.makes(&[Mistake::SyncBeforeWrite, Mistake::RenameBeforeWrite]) {
            self.happen_late(event);
        } else {
            self.happen(event);
        }
    }

    fn sync(&mut self, inode: Inode) {
        if self.makes(&[Mistake::NoFileSync]) {
            return;
        }
        if self.makes(&[Mistake::SyncTriedAgain]) {
            // The first one failed, and the kernel gave up what it could not write; the second says that all is well.
            self.events.retain(|event| !matches!(event, Event::Write(written, _) if *written == inode));
        }
        if self.makes(&[Mistake::RenameBeforeWrite]) {
            self.late.push(Event::Sync(inode));
            return;
        }
        self.happen(Event::Sync(inode));
        if self.makes(&[Mistake::SyncBeforeWrite]) {
            self.catch_up();
        }
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        let inode = self.inode(from)?;
        if self.makes(&[Mistake::InPlace, Mistake::InPlaceUnsynced])
            && let Ok(old) = self.inode(to)
        {
            let bytes = self.now.contents[inode].to_vec();
            self.happen(Event::Truncate(old));
            self.happen(Event::Write(old, bytes));
            if self.makes(&[Mistake::InPlace]) {
                self.happen(Event::Sync(old));
            }
            self.name(from, None);
            return Ok(());
        }
        if self.makes(&[Mistake::RemoveBeforeRename]) {
            self.name(to, None);
        }
        self.happen(Event::Names(vec![(from.to_owned(), None), (to.to_owned(), Some(inode))]));
        if self.makes(&[Mistake::RenameBeforeWrite]) {
            self.catch_up();
        }
        Ok(())
    }
}

impl Files {
    /// Lets something happen to them.
    pub fn take(&mut self, event: &Event) {
        match event {
            Event::Write(inode, bytes) => self.file(*inode).extend_from_slice(bytes),
            Event::Truncate(inode) => self.file(*inode).clear(),
            Event::Names(names) => {
                for (name, inode) in names {
                    match inode {
                        Some(inode) => drop(self.names.insert(name.clone(), *inode)),
                        None => drop(self.names.remove(name)),
                    }
                }
            }
            Event::Sync(_) | Event::SyncFolder(_) | Event::Saved(_) => {}
        }
    }

    /// A file's bytes; of one that is new there are none.
    pub fn file(&mut self, inode: Inode) -> &mut Vec<u8> {
        let count = self.contents.len().max(inode + 1);
        self.contents.resize(count, Bytes::default());
        Arc::make_mut(&mut self.contents[inode])
    }
}

struct CrashFile {
    disk: CrashDisk,
    inode: Inode,
}

impl NewFile for CrashFile {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.disk.inner().write(self.inode, bytes);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.inner().sync(self.inode);
        Ok(())
    }
}

struct Held {
    disk: CrashDisk,
    path: PathBuf,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.disk.inner().locked.remove(&self.path);
    }
}

impl Disk for CrashDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<(Vec<u8>, Stat)> {
        let inner = self.inner();
        let inode = inner.inode(path)?;
        let stat = inner.stat(inode);
        if stat.size > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok((inner.now.contents[inode].to_vec(), stat))
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        let inner = self.inner();
        if inner.folders.contains(path) {
            return Ok(Stat { inode: 0, size: 0, modified: (0, 0), mode: 0o700, owner: 0 });
        }
        inner.inode(path).map(|inode| inner.stat(inode))
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_owned())
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let mut inner = self.inner();
        inner.free(path)?;
        if inner.makes(&[Mistake::PruneFirst]) {
            let oldest = inner.now.names.keys().find(|name| super::is_generation(name)).cloned();
            oldest.inspect(|oldest| inner.name(oldest, None));
        }
        let inode = inner.now.contents.len();
        inner.now.file(inode);
        inner.name(path, Some(inode));
        Ok(Box::new(CrashFile { disk: self.clone(), inode }))
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.inner().folders.extend(path.ancestors().map(Path::to_owned));
        Ok(())
    }

    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut inner = self.inner();
        if inner.no_links {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let inode = inner.inode(from)?;
        inner.free(to)?;
        inner.name(to, Some(inode));
        if inner.makes(&[Mistake::MovedToHistory]) && super::is_generation(to) {
            inner.name(from, None);
        }
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.inner().rename(from, to)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        let mut inner = self.inner();
        let of_history = path.ends_with(super::HISTORY);
        let left_out = inner.makes(&[Mistake::NoFolderSync]) && !of_history
            || inner.makes(&[Mistake::NoHistorySync]) && of_history;
        if !left_out {
            inner.happen(Event::SyncFolder(path.to_owned()));
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut inner = self.inner();
        inner.inode(path)?;
        inner.name(path, None);
        Ok(())
    }

    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        let inner = self.inner();
        let inside = inner.now.names.keys().filter(|name| name.parent() == Some(path));
        Ok(inside.map(|name| name.file_name().unwrap().to_string_lossy().into_owned()).collect())
    }

    fn lock(&self, path: &Path, _: Duration) -> io::Result<Box<dyn Send>> {
        if !self.inner().locked.insert(path.to_owned()) {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        Ok(Box::new(Held { disk: self.clone(), path: path.to_owned() }))
    }

    fn lock_holder(&self, _: &Path) -> Option<u32> {
        None
    }
}
