//! Text from outside, made safe to show.
//!
//! Issuers, accounts, notes, file names and error texts of others may hold escape sequences,
//! bidi overrides or invisible characters. [`Text`] keeps what was given (so that nothing is lost
//! in the vault or an export) and can be displayed only in its harmless form.

mod ascii;
mod fuzzy;
mod json;
mod kept;
mod safe;
mod width;
mod wrap;

pub use ascii::ascii;
pub use fuzzy::Fuzzy;
pub use json::escape_json;
pub use kept::Kept;
pub use safe::{safe, safe_lines};
pub use width::{cut_end, cut_middle, width};
pub use wrap::wrap;

use std::fmt;
use std::sync::Arc;

/// The longest a one-line text may be, in bytes: 300 double-width characters, and some more.
pub const MAX_LINE: usize = 1024;
/// The longest a note may be, in bytes.
pub const MAX_NOTE: usize = 4096;

/// Text from outside. Its `Display` is safe for any terminal; the raw form has to be asked for. Copies share their letters:
/// what was read, what became of it and what is told of it are the same name.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Arc<str>);

/// Why a text was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{bytes} bytes where {limit} are the most")]
pub struct TooLong {
    /// How many bytes it has.
    pub bytes: usize,
    /// How many it may have.
    pub limit: usize,
}

impl Text {
    /// Takes a one-line text of at most [`MAX_LINE`] bytes, white space around it dropped.
    pub fn line(raw: &str) -> Result<Self, TooLong> {
        Self::limited(raw.trim(), MAX_LINE)
    }

    /// Takes a note of at most [`MAX_NOTE`] bytes, which may have several lines.
    pub fn note(raw: &str) -> Result<Self, TooLong> {
        Self::limited(raw.trim_end(), MAX_NOTE)
    }

    /// Takes a text as a vault holds it, of at most [`MAX_NOTE`] bytes, without changing anything.
    pub fn stored(raw: &str) -> Result<Self, TooLong> {
        Self::limited(raw, MAX_NOTE)
    }

    fn limited(raw: &str, limit: usize) -> Result<Self, TooLong> {
        if raw.len() > limit {
            return Err(TooLong { bytes: raw.len(), limit });
        }
        Ok(if raw.is_empty() { Self::default() } else { Self(raw.into()) })
    }

    /// The text as it was given. Only for the vault, exports, JSON (see [`escape_json`]) and comparing.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&safe(&self.0))
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", safe(&self.0))
    }
}
