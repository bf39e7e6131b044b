//! Disks that are odd, but not broken: without hard links, with owners of their own.

use super::*;
use keyfob::vault::disk::{Disk, NewFile};
use keyfob::vault::{FileStamp, write_new_file};
use std::cell::Cell;
use std::io;
use std::path::Path;
use std::time::Duration;

/// A disk in memory, but for what it says when it is looked at, and for links.
#[derive(Clone)]
pub struct Odd {
    pub disk: MemoryDisk,
    pub links: bool,
    pub look: fn(&Path, io::Result<FileStamp>) -> io::Result<FileStamp>,
}

impl Odd {
    pub fn without_links() -> Self {
        Self { disk: MemoryDisk::default(), links: false, look: |_, stat| stat }
    }
}

impl Disk for Odd {
    fn read(&self, path: &Path, limit: u64) -> io::Result<(Vec<u8>, FileStamp)> {
        self.disk.read(path, limit)
    }
    fn stat(&self, path: &Path) -> io::Result<FileStamp> {
        (self.look)(path, self.disk.stat(path))
    }
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.disk.resolve(path)
    }
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        self.disk.create_new(path)
    }
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.disk.create_dir(path)
    }
    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        if self.links { self.disk.hard_link(from, to) } else { Err(io::ErrorKind::Unsupported.into()) }
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.disk.rename(from, to)
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.disk.sync_dir(path)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.disk.remove(path)
    }
    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        self.disk.list(path)
    }
    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Box<dyn Send>> {
        self.disk.lock(path, patience)
    }
    fn lock_holder(&self, path: &Path) -> Option<u32> {
        self.disk.lock_holder(path)
    }
}

const PATH: &str = "/v/vault.age";

fn owned(owner: u32, stat: io::Result<FileStamp>) -> io::Result<FileStamp> {
    stat.map(|stat| FileStamp { owner, ..stat })
}

/// A vault of a sound disk, looked at through an odd one.
fn seen_through(look: fn(&Path, io::Result<FileStamp>) -> io::Result<FileStamp>) -> (MemoryDisk, Session) {
    let (disk, store) = memory_store();
    store.create(&recipients_lock(), NOW).unwrap();
    let odd = Odd { disk: disk.clone(), links: true, look };
    let session = open_with_identity(&Store::on(Arc::new(odd), PATH.into())).unwrap();
    (disk, session)
}

fn names(disk: &MemoryDisk) -> Vec<String> {
    disk.list(Path::new("/v")).unwrap()
}

#[test]
fn somebody_elses_vault_is_not_taken_away_from_them_by_saving_it() {
    let (disk, mut session) =
        seen_through(|path, stat| owned(if path.ends_with(PATH) { 7 } else { 0 }, stat));
    let before = names(&disk);
    let refused = change(&mut session, &Change::Add(Box::new(candidate(1))));
    assert!(matches!(refused, Err(Failed::Vault(VaultError::Foreign { owner: 7, .. }))), "{refused:?}");
    assert_eq!(names(&disk), before, "no lock and no probe is left there");
}

#[test]
fn where_the_file_system_gives_every_file_to_another_number_that_is_no_stranger() {
    let (disk, mut session) = seen_through(|_, stat| owned(7, stat));
    add(&mut session, candidate(1));
    assert!(!names(&disk).iter().any(|name| name.contains("owner")), "{:?}", names(&disk));
}

#[test]
fn a_new_file_is_put_where_nothing_stands_for_certain() {
    let path = Path::new(PATH);
    let free = Odd::without_links();
    write_new_file(&free, path, b"one", false).unwrap();
    let taken = write_new_file(&free, path, b"two", false);
    assert!(matches!(taken, Err(VaultError::Exists { .. })), "{taken:?}");
    assert_eq!(free.disk.read(path, 9).unwrap().0, b"one");
    // What can't be looked at may well be there.
    let blind = Odd {
        look: |path, stat| {
            if path.ends_with(PATH) { Err(io::ErrorKind::PermissionDenied.into()) } else { stat }
        },
        ..Odd::without_links()
    };
    // At the second look it may have come, too: that is right before the name is given.
    let blinded = Odd {
        look: |path, stat| {
            let looks = LOOKS.get() + u32::from(path.ends_with(PATH));
            LOOKS.set(looks);
            if looks > 1 { Err(io::ErrorKind::PermissionDenied.into()) } else { stat }
        },
        ..Odd::without_links()
    };
    for odd in [blind, blinded] {
        let refused = write_new_file(&odd, path, b"one", false);
        assert!(matches!(refused, Err(VaultError::Io { .. })), "{refused:?}");
        assert!(names(&odd.disk).is_empty());
    }
    assert_eq!(LOOKS.get(), 2);
}

thread_local! {
    /// How often a test looked at the vault's name.
    static LOOKS: Cell<u32> = const { Cell::new(0) };
}

#[test]
fn what_comes_between_the_look_and_the_name_is_not_replaced() {
    let path = Path::new(PATH);
    for links in [true, false] {
        let odd = Odd {
            links,
            look: |path, stat| {
                let looks = LOOKS.get() + u32::from(path.ends_with(PATH));
                LOOKS.set(looks);
                if looks == 1 { Err(io::ErrorKind::NotFound.into()) } else { stat }
            },
            ..Odd::without_links()
        };
        write_new_file(&odd.disk, path, b"theirs", false).unwrap();
        LOOKS.set(0);
        let refused = write_new_file(&odd, path, b"ours", false);
        assert!(matches!(refused, Err(VaultError::Exists { .. })), "{refused:?}");
        assert_eq!(odd.disk.read(path, 9).unwrap().0, b"theirs");
        assert_eq!(names(&odd.disk), ["vault.age"], "half of ours is left there");
    }
}

#[test]
fn each_save_is_a_generation() {
    let (_, store) = memory_store();
    let mut session = store.create(&recipients_lock(), NOW).unwrap();
    let first = session.vault().generation();
    for number in 1..4 {
        add(&mut session, candidate(number));
        assert_eq!(session.vault().generation(), first + u64::from(number));
    }
}

#[test]
fn who_holds_the_lock_is_not_known_in_memory() {
    let (disk, store) = memory_store();
    let mut session = store.create(&recipients_lock(), NOW).unwrap();
    let lock = names(&disk).into_iter().find(|name| name.contains("lock"));
    assert_eq!(lock, None, "a lock that is given back is no file");
    let held = disk.lock(Path::new("/v/vault.age.lock"), Duration::ZERO).unwrap();
    let busy = change(&mut session, &Change::Add(Box::new(candidate(1))));
    assert!(matches!(busy, Err(Failed::Vault(VaultError::Busy { holder: None, .. }))), "{busy:?}");
    drop(held);
}
