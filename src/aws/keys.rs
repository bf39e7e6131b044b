//! Keys that sign calls.

use std::fmt;
use zeroize::Zeroizing;

/// An access key: long-term, or a session's, which has a token too. Wiped when dropped; `Debug` shows the id alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    /// Which key: `AKIA…` for long-term ones, `ASIA…` for a session's.
    pub id: String,
    /// The secret access key.
    pub secret: Zeroizing<String>,
    /// The session token, where they are a session's.
    pub token: Option<Zeroizing<String>>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({:?}, ..)", self.id)
    }
}
