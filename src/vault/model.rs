//! The decrypted contents.

use super::change::{Applied, Change, ChangeError};
use crate::clock::UnixTime;
use crate::device::{Candidate, Device, DeviceId};
use crate::text::Text;
use uuid::Uuid;

/// A vault's identity for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VaultId(pub Uuid);

/// Who wrote: a number drawn at random by each process that opens a vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WriterId(pub u64);

/// The decrypted contents of a vault. Cheap to clone: devices are shared.
#[derive(Clone, Debug)]
pub struct Vault {}

/// What happened once, without secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// When.
    pub at: UnixTime,
    /// `add`, `edit`, `remove`, `restore`, `check`, `export`, `import`, `passphrase`, `merge`.
    pub what: String,
    /// The device it was about.
    pub device: Option<DeviceId>,
    /// How many devices, where that counts.
    pub count: Option<u64>,
}

impl Vault {
    /// The devices, in the order in which they were added.
    pub fn devices(&self) -> impl ExactSizeIterator<Item = &Device> + Clone {
        let none: [&Device; 0] = [];
        none.into_iter()
    }

    /// One device.
    pub fn get(&self, id: DeviceId) -> Option<&Device> {
        let _ = id;
        todo!()
    }

    /// The device that has this secret, if one does.
    pub fn owner_of(&self, candidate: &Candidate) -> Option<&Device> {
        let _ = candidate;
        todo!()
    }

    /// Which vault it is.
    pub fn id(&self) -> VaultId {
        todo!()
    }

    /// How often it was saved.
    pub fn generation(&self) -> u64 {
        todo!()
    }

    /// What happened, oldest first.
    pub fn log(&self) -> &[LogEntry] {
        todo!()
    }

    /// When a backup was last written and read back, and how many changes there were since.
    pub fn last_backup(&self) -> Option<(UnixTime, usize)> {
        todo!()
    }

    /// Makes a change in memory.
    pub fn apply(&mut self, change: &Change, now: UnixTime) -> Result<Applied, ChangeError> {
        let _ = (change, now, Text::default());
        todo!()
    }
}
