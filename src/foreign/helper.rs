//! What a reader can't do itself.

use super::error::NotRead;
use crate::exchange::ReadError;
use crate::vault::{Identities, Passphrase};
use std::path::Path;
use zeroize::Zeroizing;

/// Who opens files for a reader, and asks a person for what they need.
pub trait Helper {
    /// Why there is no going on.
    type Failure: From<NotRead>;

    /// Whether gpg may ask for its key's passphrase on the terminal.
    const GPG_MAY_ASK: bool;

    /// A whole file of at most this many bytes.
    fn open(&mut self, path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, Self::Failure>;

    /// The password of a file, which `needed` asks for.
    fn password(&mut self, path: &Path, needed: &ReadError) -> Result<Passphrase, Self::Failure>;

    /// The password of a file that the one which is known does not open: it is another file's. None where nobody is asked
    /// once more.
    fn another_password(
        &mut self,
        _path: &Path,
        _refused: &ReadError,
    ) -> Result<Option<Passphrase>, Self::Failure> {
        Ok(None)
    }

    /// Another program may ask on the terminal from now on, or is through with it.
    fn lend_terminal(&mut self, _lent: bool) {}

    /// The age identities that there are; none where none were named.
    fn identities(&mut self) -> Result<Option<Identities>, Self::Failure>;

    /// Agrees to so much memory for a file.
    fn accept_memory(&mut self, mebibytes: u64) -> Result<(), Self::Failure>;
}
