//! Members of zip archives, read into bounded memory. Their names say which one is meant, and lead nowhere:
//! nothing is ever written to the disk.

use super::super::error::{ReadError, Syntax};
use super::super::keys::Keys;
use flate2::read::GzDecoder;
use std::io::{Cursor, Read};
use zeroize::Zeroizing;
use zip::ZipArchive;
use zip::result::ZipError;

/// The most that a member may unpack to, in bytes.
pub const MAX_UNPACKED: u64 = 64 << 20;
/// The most members.
const MAX_MEMBERS: usize = 10_000;
/// How many bytes may come out of one, beyond what any file may.
const MAX_RATIO: u64 = 100;
/// What may come out of even the smallest file, in bytes.
const ALWAYS: u64 = 1 << 20;

/// An archive in memory.
pub struct Archive<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    size: u64,
}

/// Whether these bytes are an archive.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

impl<'a> Archive<'a> {
    /// Reads the list of members.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
        if archive.len() > MAX_MEMBERS {
            return Err(ReadError::TooLarge);
        }
        Ok(Self { archive, size: bytes.len() as u64 })
    }

    /// The names of its members.
    pub fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(|name| name.ok().map(Into::into)).collect()
    }

    /// The bytes of the first member whose name is wanted; none when there is none.
    pub fn member(
        &mut self,
        wanted: impl Fn(&str) -> bool,
        keys: Keys<'_>,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, ReadError> {
        let name = self.names().into_iter().find(|name| wanted(name));
        let Some(index) = name.and_then(|name| self.archive.index_for_name(&name)) else { return Ok(None) };
        let encrypted = self.archive.by_index_raw(index).map_err(|_| broken())?.encrypted();
        let member = if encrypted {
            keys.password()?.expose(|password| self.archive.by_index_decrypt(index, password.as_bytes()))
        } else {
            self.archive.by_index(index)
        };
        let limit = limit(self.size);
        let mut bytes = Zeroizing::new(Vec::new());
        // What the archive says of the size is not believed: what comes out is counted.
        let read = member.map_err(|error| problem(&error))?.take(limit + 1).read_to_end(&mut bytes);
        match read {
            // With the old cipher one wrong password in 256 shows only in the checksum.
            Err(_) if encrypted => Err(ReadError::WrongPassword),
            Err(_) => Err(ReadError::Damaged),
            Ok(_) if bytes.len() as u64 > limit => Err(ReadError::TooLarge),
            Ok(_) => Ok(Some(bytes)),
        }
    }
}

/// Unpacks one gzip stream (RFC 1952), within the same bounds.
pub fn gunzip(packed: &[u8]) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let limit = limit(packed.len() as u64);
    let mut bytes = Zeroizing::new(Vec::new());
    let read = GzDecoder::new(packed).take(limit + 1).read_to_end(&mut bytes);
    match read {
        Err(_) => Err(ReadError::Damaged),
        Ok(_) if bytes.len() as u64 > limit => Err(ReadError::TooLarge),
        Ok(_) => Ok(bytes),
    }
}

/// How much may come out of so many bytes.
fn limit(packed: u64) -> u64 {
    MAX_UNPACKED.min(packed.saturating_mul(MAX_RATIO).max(ALWAYS))
}

fn problem(error: &ZipError) -> ReadError {
    match error {
        ZipError::InvalidPassword => ReadError::WrongPassword,
        ZipError::UnsupportedArchive(_) => ReadError::Unsupported("this zip compression"),
        _ => broken(),
    }
}

fn broken() -> ReadError {
    ReadError::Broken { syntax: Syntax::Zip, line: 0, column: 0 }
}
