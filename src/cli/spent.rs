//! Which codes were handed out: the last step of each device, in `$XDG_STATE_HOME/keyfob/spent`.
//!
//! A line a device, `ID STEP`; nothing else is known of the vault from it. Two processes that take a step
//! of one device do not both get it: the file is read and written under a lock beside it.

use super::failure::Failure;
use super::places;
use crate::device::DeviceId;
use crate::explain::{FileProblem, Trouble};
use rustix::fs::{FlockOperation, flock};
use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The memory of the steps whose codes were handed out.
pub(super) struct Spent {
    file: PathBuf,
}

type Steps = BTreeMap<Uuid, u64>;

impl Spent {
    /// Where it usually is.
    pub(super) fn usual() -> Result<Self, Failure> {
        Ok(Self { file: places::state_folder()?.join("spent") })
    }

    /// Takes a step, unless this or a later one was taken before: then which.
    pub(super) fn take(&self, device: DeviceId, step: u64) -> Result<Option<u64>, Failure> {
        self.locked(|steps| match steps.get(&device.0) {
            Some(last) if *last >= step => Some(*last),
            _ => {
                steps.insert(device.0, step);
                None
            }
        })
    }

    /// Takes a step, whatever was taken before.
    pub(super) fn set(&self, device: DeviceId, step: u64) -> Result<(), Failure> {
        self.locked(|steps| {
            steps.insert(device.0, step);
        })
    }

    fn locked<T>(&self, change: impl FnOnce(&mut Steps) -> T) -> Result<T, Failure> {
        self.try_locked(change)
            .map_err(|error| Trouble::File(self.file.clone(), FileProblem::System(error)).into())
    }

    fn try_locked<T>(&self, change: impl FnOnce(&mut Steps) -> T) -> io::Result<T> {
        if let Some(folder) = self.file.parent() {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        let lock = ours().create(true).truncate(false).open(self.file.with_extension("lock"))?;
        flock(&lock, FlockOperation::LockExclusive)?;
        let mut steps = read(&self.file)?;
        let before = steps.clone();
        let answer = change(&mut steps);
        if steps != before {
            replace(&self.file, &steps)?;
        }
        Ok(answer)
    }
}

/// What stands there; a line that is not ours says nothing.
fn read(file: &Path) -> io::Result<Steps> {
    let text = match fs::read_to_string(file) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidData) => String::new(),
        text => text?,
    };
    let line = |line: &str| {
        let (id, step) = line.split_once(' ')?;
        Some((id.parse().ok()?, step.parse().ok()?))
    };
    Ok(text.lines().filter_map(line).collect())
}

fn replace(file: &Path, steps: &Steps) -> io::Result<()> {
    let mut text = Vec::new();
    for (id, step) in steps {
        writeln!(text, "{id} {step}")?;
    }
    let temporary = file.with_extension("new");
    let mut new = ours().create(true).truncate(true).open(&temporary)?;
    new.write_all(&text)?;
    drop::<File>(new);
    fs::rename(temporary, file)
}

fn ours() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}
