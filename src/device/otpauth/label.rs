//! The label: `issuer:account`, or an account alone.

use super::error::{Part, UriError};
use super::percent::{Plus, decode};
use zeroize::Zeroizing;

/// A label without its escapes.
pub(super) struct Label(Zeroizing<String>);

impl Label {
    pub(super) fn read(raw: &str) -> Result<Self, UriError> {
        let text = decode(raw, Plus::IsPlus, Part::Label)?;
        if text.contains('\0') {
            return Err(UriError::Nul { part: Part::Label });
        }
        Ok(Self(text))
    }

    /// What stands before the first colon, whether that was escaped or not.
    pub(super) fn issuer(&self) -> &str {
        self.0.split_once(':').map_or("", |(issuer, _)| issuer.trim())
    }

    /// What stands after it.
    pub(super) fn account(&self) -> &str {
        self.0.split_once(':').map_or(self.0.as_str(), |(_, account)| account).trim()
    }
}
