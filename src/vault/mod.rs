//! The vault: devices and their history, how they are locked, and how they get to disk and stay there.
//!
//! [`Store`] is a path; [`Sealed`] is what stands there, not yet opened; [`Session`] is an open vault
//! that can be changed and saved; [`Vault`] is the decrypted contents.

mod backup;
mod change;
pub mod disk;
mod error;
mod header;
mod lock;
mod merge;
mod model;
mod passphrase;
mod schema;
mod session;
mod store;

pub use backup::{BackupError, BackupLock, backup_lock, open_backup, seal_backup};
pub use change::{Applied, Change, ChangeError, Edit};
pub use error::{BadVault, Step, VaultError};
pub use lock::{Identities, IdentityError, LockInfo, NewLock, Recipient, RecipientError, Unlock, WorkFactor};
pub use model::{LogEntry, Vault, VaultId, WriterId};
pub use passphrase::{Passphrase, Strength};
pub use session::{Reason, Saved, Sealed, Session};
pub use store::{FileStamp, Generation, Store, write_new_file};
