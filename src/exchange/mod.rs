//! Foreign formats: one file each behind one table; bytes in, candidates out.
//!
//! Nothing here opens a file, asks a person or changes a vault on disk. A new format is one file with a
//! `FORMAT` constant, and one row in [`FORMATS`].

mod codes;
mod entry;
mod format;
mod intake;
mod keyfob;

mod sheet;
mod table;
mod uris;

pub use codes::from_codes;
pub use entry::{Entry, Names, Place, Refusal};
pub use format::{Format, Keys, ReadError, WriteDevices};
pub use intake::{Intake, Item, Outcome, take_in};
pub use keyfob::NAME as KEYFOB;
pub use table::{FORMATS, MAX_BYTES, MAX_ENTRIES, by_name, read, sniff};
