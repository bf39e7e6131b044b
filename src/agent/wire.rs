//! What goes over the socket: one question, one answer, and the connection is over.
//!
//! A message is its length (4 bytes, the highest first), the version, its kind, and fields of fixed sizes; a text has its
//! length before it. Whoever reads knows at once how much there is, and believes nothing above the limits.

use crate::vault::{HeldIdentity, UnwrappedKey, VaultId, WrappedKey};
use std::time::Duration;
use uuid::Uuid;
use zeroize::Zeroizing;

/// The longest question, in bytes, without its length.
pub const MAX_REQUEST: usize = 8 << 10;
/// The longest answer.
pub(super) const MAX_ANSWER: usize = 32 << 10;
/// The longest name of a vault; longer ones are cut.
const MAX_NAME: usize = 1024;
/// The most identities that are held, and listed.
pub(super) const PLACES: usize = 16;
/// As many stanzas as a vault's header may have.
const MAX_SHARES: usize = 64;
const VERSION: u8 = 1;

/// What is asked.
#[derive(Debug)]
pub enum Request {
    /// The key of a file.
    Open(WrappedKey),
    /// To hold this identity until nobody used it for so long.
    Add {
        /// The identity.
        held: HeldIdentity,
        /// In whole seconds, one at least; none for as long as the agent holds any.
        lifetime: Option<Duration>,
        /// What the vault is called when it is listed: its path.
        name: String,
    },
    /// To forget every identity.
    Lock,
    /// What is held.
    List,
    /// To forget everything, and to end.
    Stop,
}

/// What is answered.
#[derive(Debug)]
pub enum Answer {
    /// The key of the file.
    Key(UnwrappedKey),
    /// Done.
    Done,
    /// No identity of that file is held.
    NotHeld,
    /// There is no room for another identity.
    Full,
    /// The question is malformed, too long, or of another version.
    Refused,
    /// What is held.
    Held {
        /// Whether it is kept from being swapped out.
        memory_locked: bool,
        /// Each identity.
        entries: Vec<Entry>,
    },
}

/// An identity that is held, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What its vault is called.
    pub name: String,
    /// How long it is held unused, in seconds.
    pub lifetime: u32,
    /// How many seconds of that are left.
    pub left: u32,
}

/// The message that stands at the start of these bytes, without its length; none while it is not all there.
/// An error when it is longer than may be.
pub(super) fn message(bytes: &[u8], limit: usize) -> Result<Option<&[u8]>, TooLong> {
    let Some((length, rest)) = bytes.split_first_chunk::<4>() else { return Ok(None) };
    let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
    if length > limit { Err(TooLong) } else { Ok(rest.get(..length)) }
}

/// A message is longer than may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLong;

impl Request {
    /// The whole message, its length included.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut out = Writer::new(MAX_REQUEST);
        match self {
            Self::Open(wrapped) => {
                out.head(1);
                out.put(&wrapped.stanza);
                let shares = wrapped.shares.get(..MAX_SHARES).unwrap_or(&wrapped.shares);
                for share in shares {
                    out.put(share);
                }
            }
            Self::Add { held, lifetime, name } => {
                out.head(2);
                out.put(&held.to_bytes());
                out.number(
                    lifetime.map_or(0, |time| u32::try_from(time.as_secs().max(1)).unwrap_or(u32::MAX)),
                );
                out.text(name);
            }
            Self::Lock => out.head(3),
            Self::List => out.head(4),
            Self::Stop => out.head(5),
        }
        out.finish()
    }

    /// Reads a message without its length; none for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader(bytes);
        let request = match from.head()? {
            1 => {
                let stanza = *from.take()?;
                let (shares, rest) = from.0.as_chunks::<64>();
                from.0 = rest;
                let shares = shares.to_vec();
                (shares.len() <= MAX_SHARES).then_some(Self::Open(WrappedKey { stanza, shares }))?
            }
            2 => {
                let held = HeldIdentity::from_bytes(from.bytes(HeldIdentity::SIZE)?)?;
                let seconds = u64::from(from.number()?);
                let lifetime = (seconds > 0).then_some(Duration::from_secs(seconds));
                Self::Add { held, lifetime, name: from.text()? }
            }
            3 => Self::Lock,
            4 => Self::List,
            5 => Self::Stop,
            _ => return None,
        };
        from.0.is_empty().then_some(request)
    }
}

impl Answer {
    /// The whole message, its length included.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut out = Writer::new(MAX_ANSWER);
        match self {
            Self::Done => out.head(1),
            Self::Key(key) => {
                out.head(2);
                out.put(key.file_key.as_slice());
                out.put(key.vault.0.as_bytes());
                out.put(&key.mac_key_hash);
            }
            Self::NotHeld => out.head(3),
            Self::Full => out.head(4),
            Self::Refused => out.head(5),
            Self::Held { memory_locked, entries } => {
                out.head(6);
                out.put(&[u8::from(*memory_locked)]);
                for entry in entries.iter().take(PLACES) {
                    out.number(entry.lifetime);
                    out.number(entry.left);
                    out.text(&entry.name);
                }
            }
        }
        out.finish()
    }

    /// Reads a message without its length; none for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader(bytes);
        let answer = match from.head()? {
            1 => Self::Done,
            2 => Self::Key(UnwrappedKey {
                file_key: Zeroizing::new(*from.take()?),
                vault: VaultId(Uuid::from_bytes(*from.take()?)),
                mac_key_hash: *from.take()?,
            }),
            3 => Self::NotHeld,
            4 => Self::Full,
            5 => Self::Refused,
            6 => {
                let [memory_locked @ (0 | 1)] = *from.take()? else { return None };
                let mut entries = Vec::new();
                while !from.0.is_empty() {
                    let (lifetime, left, name) = (from.number()?, from.number()?, from.text()?);
                    entries.push(Entry { name, lifetime, left });
                }
                let memory_locked = memory_locked == 1;
                (entries.len() <= PLACES).then_some(Self::Held { memory_locked, entries })?
            }
            _ => return None,
        };
        from.0.is_empty().then_some(answer)
    }
}

/// Writes into room that never grows, so that it leaves no copies behind.
struct Writer(Zeroizing<Vec<u8>>);

impl Writer {
    fn new(limit: usize) -> Self {
        let mut bytes = Zeroizing::new(Vec::with_capacity(limit + 4));
        bytes.extend_from_slice(&[0; 4]);
        Self(bytes)
    }

    fn head(&mut self, kind: u8) {
        self.put(&[VERSION, kind]);
    }

    fn put(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn number(&mut self, number: u32) {
        self.put(&number.to_be_bytes());
    }

    fn text(&mut self, text: &str) {
        let mut end = text.len().min(MAX_NAME);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = text.get(..end).unwrap_or_default();
        self.number(u32::try_from(text.len()).unwrap_or_default());
        self.put(text.as_bytes());
    }

    fn finish(mut self) -> Zeroizing<Vec<u8>> {
        let length = u32::try_from(self.0.len() - 4).unwrap_or_default();
        if let Some(place) = self.0.first_chunk_mut::<4>() {
            *place = length.to_be_bytes();
        }
        self.0
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// The kind, where the version is ours.
    fn head(&mut self) -> Option<u8> {
        let [version, kind] = *self.take()?;
        (version == VERSION).then_some(kind)
    }

    fn take<const N: usize>(&mut self) -> Option<&'a [u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(taken)
    }

    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        self.take().map(|bytes| u32::from_be_bytes(*bytes))
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.number()?).ok().filter(|length| *length <= MAX_NAME)?;
        std::str::from_utf8(self.bytes(length)?).ok().map(str::to_owned)
    }
}
