//! The vault: devices and their history, how they are locked, and how they get to disk and stay there.
//!
//! [`Store`] is a path; [`Sealed`] is what stands there, not yet opened; [`Session`] is an open vault
//! that can be changed and saved; [`Vault`] is the decrypted contents.

mod apply;
mod armor;
mod backup;
mod bad;
mod bin;
mod cache_key;
mod change;
pub mod disk;
mod error;
mod generations;
mod header;
mod held;
mod identity;
mod key;
mod ledger;
mod lock;
mod merge;
mod model;
mod passphrase;
mod random;
mod recipient;
mod rows;
mod schema;
mod seal;
mod session;
mod stamp;
mod store;
mod values;
mod wiped;
mod work_factor;
mod write;
mod written;

pub use backup::{
    BackupError, BackupLock, SealedBackup, backup_lock, decrypt_backup, open_backup, open_copy, seal_backup,
};
pub use bad::BadVault;
pub use cache_key::CacheKey;
pub use change::{Applied, Change, ChangeError, Edit};
pub use disk::Stat as FileStamp;
pub use error::{Step, VaultError};
pub use generations::{Generation, Reason};
pub use header::LockInfo;
pub use held::{HeldIdentity, Opener, UnwrappedKey, WrappedKey};
pub use identity::{Identities, IdentityError};
pub use ledger::{Ledger, Rollback, Seen};
pub use lock::{NewLock, Unlock};
pub use merge::Merged;
pub use model::{LogEntry, Vault, VaultId};
pub use passphrase::{Passphrase, Strength};
pub use recipient::{Recipient, RecipientChange, RecipientError};
#[doc(hidden)]
pub use schema::survives;
pub use session::{Saved, Sealed, Session};
pub use stamp::WriterId;
pub use store::Store;
pub use wiped::Wiped;
pub use work_factor::WorkFactor;
pub use write::{MAX_FILE, write_new_file, write_proven_file};
