//! The vault: devices and their history, how they are locked, and how they get to disk and stay there.
//!
//! [`Store`] is a path; [`Sealed`] is what stands there, not yet opened; [`Session`] is an open vault
//! that can be changed and saved; [`Vault`] is the decrypted contents.

mod apply;
mod armor;
mod backup;
mod change;
pub mod disk;
mod error;
mod generations;
mod header;
mod identity;
mod key;
mod lock;
mod merge;
mod model;
mod passphrase;
mod recipient;
mod rows;
mod schema;
mod seal;
mod session;
mod stamp;
mod store;

pub use backup::{BackupError, BackupLock, SealedBackup, backup_lock, open_backup, seal_backup};
pub use change::{Applied, Change, ChangeError, Edit};
pub use error::{BadVault, Step, VaultError};
pub use identity::{Identities, IdentityError};
pub use lock::{LockInfo, NewLock, Unlock, WorkFactor};
pub use model::{LogEntry, Vault, VaultId, WriterId};
pub use passphrase::{Passphrase, Strength};
pub use recipient::{Recipient, RecipientError};
pub use session::{Reason, Saved, Sealed, Session};
pub use store::{FileStamp, Generation, MAX_FILE, Store, write_new_file};
