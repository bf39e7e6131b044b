//! Foreign formats: one file each behind one table; bytes in, candidates out.
//!
//! Nothing here opens a file, asks a person or changes a vault on disk. A new format is one file in `formats`
//! with a `FORMAT` constant, and one row in [`FORMATS`]; what formats share stands in `tools`.

mod codes;
mod entry;
mod error;
mod format;
mod formats;
mod gauge;
mod intake;
mod keys;
mod parts;
mod table;
mod tools;

pub use codes::from_codes;
pub use entry::{Encoding, Entry, ForeignKind, MigrationError, Names, Part, Place, Refusal};
pub use error::{ReadError, Syntax};
pub use format::{Contents, Format, SealDevices, SealError, WriteDevices, Writer};
pub use formats::keyfob::NAME as KEYFOB;
pub use formats::pass::not_decrypted;
pub use gauge::{Gauge, Progress};
pub use intake::{Intake, Item, Outcome, take_in};
pub use keys::Keys;
pub use parts::missing as missing_parts;
pub use table::{FORMATS, MAX_BYTES, MAX_ENTRIES, by_name, read, sniff};
pub use tools::google::{
    Misfit as MigrationMisfit, is_migration as is_migration_uri, misfit as migration_misfit,
    to_uris as to_migration_uris,
};
pub use tools::{File, MAX_UNPACKED};
