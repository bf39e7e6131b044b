//! What can happen to a vault, as data: applied under the lock of the file to what stands there then.

use crate::device::{Candidate, Device, DeviceId};
use crate::otp::{Drift, Method};
use crate::text::Text;

/// One change. The full-screen interface sends these to the worker; the command line applies them itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Adds a device under a new id.
    Add(Box<Candidate>),
    /// Adds many devices; those whose secret is taken by then are left out.
    Import(Vec<Candidate>),
    /// Takes devices out, as far as they are there: the undo of [`Change::Import`].
    RemoveAll(Vec<DeviceId>),
    /// Brings removed devices back, as far as nothing stands in their way: the undo of [`Change::RemoveAll`].
    RestoreAll(Vec<Device>),
    /// Changes what people call a device.
    Edit {
        /// Which device.
        id: DeviceId,
        /// The new values.
        edit: Box<Edit>,
    },
    /// Takes a device out; a tombstone stays, and the generation before.
    Remove(DeviceId),
    /// Brings a removed device back under its old id: the undo of [`Change::Remove`].
    Restore(Box<Device>),
    /// Takes HOTP's next code: the counter goes up by one, and the code of the one before may be shown
    /// once this is saved.
    Advance(DeviceId),
    /// Takes HOTP's counter back by one, because the code that was made last was not used. Merging with a
    /// copy that does not know of it brings the counter forward again, which is the safe direction: the
    /// issuer looks ahead for a code that was skipped (RFC 4226 section 7.4), and takes none twice (7.2).
    StepBack {
        /// Which device.
        id: DeviceId,
        /// What its counter must be now.
        from: u64,
    },
    /// Takes HOTP's counter on by one without making a code: the undo of [`Change::StepBack`].
    StepOn {
        /// Which device.
        id: DeviceId,
        /// What its counter must be now.
        from: u64,
    },
    /// Remembers that typed codes proved the device.
    Checked(DeviceId),
    /// Remembers that a backup of this many devices was written and read back.
    Exported {
        /// How many devices are in it.
        devices: usize,
    },
}

impl Change {
    /// The device that it is about, if that exists before it is made.
    pub fn device(&self) -> Option<DeviceId> {
        match self {
            Self::Edit { id, .. }
            | Self::Remove(id)
            | Self::Advance(id)
            | Self::StepBack { id, .. }
            | Self::StepOn { id, .. }
            | Self::Checked(id) => Some(*id),
            Self::Restore(device) => Some(device.id),
            Self::Add(_)
            | Self::Import(_)
            | Self::RemoveAll(_)
            | Self::RestoreAll(_)
            | Self::Exported { .. } => None,
        }
    }
}

/// New values for some of a device's fields; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// Who asks for its codes.
    pub issuer: Option<Text>,
    /// Whom they are for.
    pub account: Option<Text>,
    /// What the issuer calls it; `Some(None)` takes it away.
    pub serial: Option<Option<Text>>,
    /// All its tags.
    pub tags: Option<Vec<Text>>,
    /// Free text.
    pub note: Option<Text>,
    /// Whether it is listed first.
    pub favourite: Option<bool>,
    /// How codes come from the secret; a counter in it is not looked at. Steps of another length take a drift
    /// away that is not given too.
    pub method: Option<Method>,
    /// How far the clock is off that its codes go by.
    pub drift: Option<Drift>,
    /// What the fields that are to change have to be before; where one is something else, the edit is
    /// refused ([`ChangeError::ChangedElsewhere`]). None: whatever they are.
    pub instead_of: Option<Box<Self>>,
}

/// What a change did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// The device it was about, if one.
    pub id: Option<DeviceId>,
    /// What takes it back, where it can be taken back.
    pub inverse: Option<Change>,
    /// For [`Change::Advance`]: the counter whose code may be shown once this is saved.
    pub factor: Option<u64>,
}

/// Why a change can't be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// Another device has this secret: a secret belongs to one device.
    #[error("the secret belongs to {label}")]
    SecretTaken {
        /// Which device.
        id: DeviceId,
        /// Its label, safe to show.
        label: String,
        /// Whether it makes the same codes too (algorithm, digits and period are the same).
        same_codes: bool,
    },
    /// There is no such device (any more).
    #[error("no such device")]
    NoSuchDevice,
    /// The device is not counter-based.
    #[error("not a hotp device")]
    NotHotp,
    /// HOTP's counter is at its end.
    #[error("the counter is used up")]
    CounterExhausted,
    /// HOTP's counter is 0, and there is nothing before that.
    #[error("the counter is at its start")]
    CounterAtStart,
    /// HOTP's counter is not what the change is made for.
    #[error("the counter is {counter} now")]
    CounterMoved {
        /// What it is.
        counter: u64,
    },
    /// A field was changed meanwhile, to something else than the edit was made for.
    #[error("{field} was changed elsewhere")]
    ChangedElsewhere {
        /// Which, as the vault's format names it.
        field: &'static str,
    },
    /// A token is its serial number: with another one it would be another token.
    #[error("a token's serial number")]
    TokenSerial,
    /// The device that is to be brought back is there.
    #[error("the device is there")]
    IsThere,
}
