//! What a vault relies on of any disk, and what only the real one shows: modes, symlinks, what a child inherits.

use super::*;
use keyfob::vault::disk::{Disk, RealDisk};
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::time::Duration;

/// The promises of [`Disk`], one after the other, in an empty folder.
fn keeps_its_promises(disk: &dyn Disk, folder: &Path) {
    let kind = |error: Option<std::io::Error>| error.map(|error| error.kind());
    let (one, two, other) = (folder.join("one"), folder.join("two"), folder.join("other"));
    for missing in [
        kind(disk.read(&one, 9).err()),
        kind(disk.stat(&one).err()),
        kind(disk.remove(&one).err()),
        kind(disk.rename(&one, &two).err()),
        kind(disk.hard_link(&one, &two).err()),
    ] {
        assert_eq!(missing, Some(ErrorKind::NotFound));
    }
    for (path, parts) in [(&one, [b"abc".as_slice(), b"defg"]), (&other, [b"x", b""])] {
        let mut file = disk.create_new(path).unwrap();
        for part in parts {
            file.write_all(part).unwrap();
        }
        file.sync().unwrap();
    }
    assert_eq!(kind(disk.create_new(&one).err()), Some(ErrorKind::AlreadyExists));
    let (bytes, stat) = disk.read(&one, 7).unwrap();
    assert_eq!((bytes.as_slice(), stat.size, stat.mode), (b"abcdefg".as_slice(), 7, 0o600));
    assert_eq!(stat.owner, disk.user());
    assert_eq!(disk.stat(&one).unwrap(), stat);
    assert_eq!(kind(disk.read(&one, 6).err()), Some(ErrorKind::FileTooLarge));
    assert_ne!(disk.stat(&other).unwrap(), stat, "another file is told apart");

    disk.hard_link(&one, &two).unwrap();
    assert_eq!(disk.stat(&two).unwrap().inode, stat.inode);
    assert_eq!(kind(disk.hard_link(&one, &other).err()), Some(ErrorKind::AlreadyExists));
    disk.remove(&one).unwrap();
    assert_eq!(disk.read(&two, 7).unwrap().0, b"abcdefg", "the other name keeps it");
    disk.rename(&other, &two).unwrap();
    assert_eq!(disk.read(&two, 7).unwrap().0, b"x", "renamed over it");
    assert_eq!(disk.list(folder).unwrap(), ["two"]);

    let deep = folder.join("deep/deeper");
    disk.create_dir(&deep).unwrap();
    disk.create_dir(&deep).unwrap();
    assert_eq!(disk.stat(&deep).unwrap().mode, 0o700);
    assert_eq!(disk.stat(&folder.join("deep")).unwrap().mode, 0o700);
    disk.sync_dir(folder).unwrap();

    let lock = folder.join("lock");
    let held = disk.lock(&lock, Duration::ZERO).unwrap();
    let patience = Duration::from_millis(5);
    assert_eq!(kind(disk.lock(&lock, patience).err()), Some(ErrorKind::WouldBlock));
    drop(held);
    disk.lock(&lock, Duration::ZERO).unwrap();
}

#[test]
fn the_real_one_keeps_its_promises() {
    let folder = tempfile::tempdir().unwrap();
    keeps_its_promises(&RealDisk, folder.path());
}

#[test]
fn the_one_in_memory_keeps_the_same() {
    keeps_its_promises(&MemoryDisk::default(), Path::new("/v"));
}

#[test]
fn a_new_file_takes_the_place_of_nothing_not_even_of_a_dangling_symlink() {
    let folder = tempfile::tempdir().unwrap();
    let (link, elsewhere) = (folder.path().join("link"), folder.path().join("elsewhere"));
    symlink(&elsewhere, &link).unwrap();
    assert_eq!(RealDisk.create_new(&link).err().unwrap().kind(), ErrorKind::AlreadyExists);
    assert!(RealDisk.lock(&link, Duration::ZERO).is_err(), "no lock through a symlink");
    assert!(!elsewhere.exists());
    fs::write(&elsewhere, "kept").unwrap();
    assert_eq!(RealDisk.create_new(&elsewhere).err().unwrap().kind(), ErrorKind::AlreadyExists);
    assert_eq!(fs::read(&elsewhere).unwrap(), b"kept");
    assert!(RealDisk.create_dir(&elsewhere).is_err(), "a file is no folder");
}

/// The flags of the descriptor that leads to a file, as the kernel shows them.
#[cfg(target_os = "linux")]
fn flags_of(path: &Path) -> u32 {
    let descriptors = fs::read_dir("/proc/self/fd").unwrap().flatten();
    let number = descriptors
        .filter(|entry| fs::read_link(entry.path()).is_ok_and(|leads_to| leads_to == path))
        .map(|entry| entry.file_name().into_string().unwrap())
        .next()
        .unwrap();
    let info = fs::read_to_string(format!("/proc/self/fdinfo/{number}")).unwrap();
    let flags = info.lines().find_map(|line| line.strip_prefix("flags:")).unwrap();
    u32::from_str_radix(flags.trim(), 8).unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn no_child_inherits_a_file_that_is_written_or_the_lock() {
    let folder = tempfile::tempdir().unwrap().keep().canonicalize().unwrap();
    let (path, lock) = (folder.join("new"), folder.join("lock"));
    let (file, held) = (RealDisk.create_new(&path).unwrap(), RealDisk.lock(&lock, Duration::ZERO).unwrap());
    let close_on_exec = rustix::fs::OFlags::CLOEXEC.bits();
    for path in [&path, &lock] {
        assert_ne!(flags_of(path) & close_on_exec, 0, "{path:?}");
    }
    drop((file, held));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_lock_is_private_and_names_its_holder_alone() {
    let folder = tempfile::tempdir().unwrap();
    let lock = folder.path().join("lock");
    fs::write(&lock, "12345678901234567890").unwrap();
    let held = RealDisk.lock(&lock, Duration::ZERO).unwrap();
    assert_eq!(fs::read_to_string(&lock).unwrap(), std::process::id().to_string());
    drop(held);
    fs::remove_file(&lock).unwrap();
    let _held = RealDisk.lock(&lock, Duration::ZERO).unwrap();
    assert_eq!(fs::metadata(&lock).unwrap().permissions().mode() & 0o7777, 0o600);
    for nobody in ["", "x", "-1"] {
        fs::write(&lock, nobody).unwrap();
        assert_eq!(RealDisk.lock_holder(&lock), None, "{nobody:?}");
    }
}

#[test]
fn a_look_at_a_file_tells_all_of_its_mode_and_when_it_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, "x").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o1640)).unwrap();
    let stat = RealDisk.stat(&path).unwrap();
    assert_eq!(stat.mode, 0o1640);
    let real = fs::metadata(&path).unwrap();
    assert_eq!((stat.inode, stat.modified.0, stat.owner), (real.ino(), real.mtime(), real.uid()));
    assert_eq!(i64::try_from(stat.modified.1).unwrap(), real.mtime_nsec());
}
