//! The age header, looked at before the age crate sees it.
//!
//! Source: the age v1 specification (C2SP age.md), "Header". The age crate parses headers in time that
//! grows with the square of their length, before any passphrase is asked; this scan is linear, bounded,
//! and also finds keyfob's identity stanza and what scrypt would cost.

use super::bad::BadVault;
use super::work_factor::WorkFactor;
use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;

/// The longest header that is read, in bytes.
const MAX_HEADER: usize = 16 << 10;
/// The most stanzas that a header may have.
const MAX_STANZAS: usize = 64;
/// The name of the stanza that holds the vault's passphrase-encrypted identity.
pub(super) const IDENTITY_TAG: &str = "keyfob-identity";
const VERSION_LINE: &[u8] = b"age-encryption.org/v1";
/// A payload is a nonce of 16 bytes and at least one chunk, whose tag alone has 16.
const MIN_PAYLOAD: usize = 32;
const COLUMNS: usize = 64;

/// How a file is locked, as its header says before anything is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LockInfo {
    /// A vault with a passphrase; perhaps further recipients can open it too (how many is not visible).
    Passphrase {
        /// The cost of one try.
        work_factor: WorkFactor,
    },
    /// A vault or backup for age recipients only.
    Recipients {
        /// How many stanzas its header has (decoys may be among them).
        stanzas: usize,
    },
    /// A plain passphrase-encrypted age file: a backup.
    Backup {
        /// The cost of one try.
        work_factor: WorkFactor,
    },
}

/// One recipient stanza.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stanza<'a> {
    pub(super) tag: &'a str,
    pub(super) args: Vec<&'a str>,
    pub(super) body: Vec<u8>,
}

/// What the header says without any key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) lock: LockInfo,
    /// The body of the identity stanza: a small passphrase-encrypted age file.
    pub(super) identity: Option<Vec<u8>>,
}

/// Scans a whole age file's header.
pub(super) fn scan(file: &[u8]) -> Result<Header, BadVault> {
    let stanzas = stanzas(file)?;
    if let Some(factor) = passphrase_stanza(&stanzas)? {
        return Ok(Header { lock: LockInfo::Backup { work_factor: factor }, identity: None });
    }
    let mut identities = stanzas.iter().filter(|stanza| stanza.tag == IDENTITY_TAG);
    let Some(stanza) = identities.next() else {
        return Ok(Header { lock: LockInfo::Recipients { stanzas: stanzas.len() }, identity: None });
    };
    if identities.next().is_some() {
        return Err(BadVault::Header { line: 0, what: "two identity stanzas" });
    }
    let work_factor = identity_cost(stanza)?;
    Ok(Header { lock: LockInfo::Passphrase { work_factor }, identity: Some(stanza.body.clone()) })
}

/// What opening the identity stanza costs; its body must be an age file with one scrypt stanza.
fn identity_cost(stanza: &Stanza<'_>) -> Result<WorkFactor, BadVault> {
    let version = match stanza.args.as_slice() {
        [version] => version.strip_prefix('v').and_then(|number| number.parse().ok()),
        _ => None,
    };
    match version {
        Some(1) => {}
        Some(version @ 2..) => return Err(BadVault::Newer { version }),
        _ => return Err(BadVault::Header { line: 0, what: "identity stanza without a version" }),
    }
    let inner = stanzas(&stanza.body)?;
    passphrase_stanza(&inner)?
        .ok_or(BadVault::Header { line: 0, what: "identity stanza not passphrase-encrypted" })
}

/// The work factor, if this is a passphrase-encrypted file: scrypt must then stand alone.
fn passphrase_stanza(stanzas: &[Stanza<'_>]) -> Result<Option<WorkFactor>, BadVault> {
    let Some(stanza) = stanzas.iter().find(|stanza| stanza.tag == "scrypt") else {
        return Ok(None);
    };
    if stanzas.len() != 1 {
        return Err(BadVault::Header { line: 2, what: "scrypt beside other stanzas" });
    }
    let malformed = BadVault::Header { line: 2, what: "malformed scrypt stanza" };
    let [_salt, factor] = stanza.args.as_slice() else {
        return Err(malformed);
    };
    let canonical =
        !factor.starts_with('0') && factor.bytes().all(|b| b.is_ascii_digit()) && factor.len() <= 3;
    let Some(factor) = canonical.then(|| factor.parse::<u8>().unwrap_or(u8::MAX)) else {
        return Err(malformed);
    };
    WorkFactor::new(factor.into()).map(Some).ok_or(BadVault::WorkFactor { factor })
}

/// Takes a header apart, strictly by the specification's grammar.
pub(super) fn stanzas(file: &[u8]) -> Result<Vec<Stanza<'_>>, BadVault> {
    if file.is_empty() {
        return Err(BadVault::Empty);
    }
    let mut lines = Lines { rest: file, read: 0, line: 0 };
    if lines.next()? != VERSION_LINE {
        return Err(unknown_start(file));
    }
    let mut stanzas = Vec::new();
    loop {
        let line = lines.next()?;
        if let Some(mac) = line.strip_prefix(b"--- ") {
            check_mac(mac, lines.line)?;
            break;
        }
        if stanzas.len() == MAX_STANZAS {
            return Err(BadVault::HeaderTooLarge);
        }
        stanzas.push(stanza(line, &mut lines)?);
    }
    if stanzas.is_empty() {
        return Err(lines.bad("no recipient stanza"));
    }
    if lines.rest.len() < MIN_PAYLOAD {
        return Err(BadVault::Damaged);
    }
    Ok(stanzas)
}

fn stanza<'a>(first: &'a [u8], lines: &mut Lines<'a>) -> Result<Stanza<'a>, BadVault> {
    let malformed = |lines: &Lines<'_>| lines.bad("malformed stanza");
    let text = first.strip_prefix(b"-> ").and_then(|words| std::str::from_utf8(words).ok());
    let Some(text) = text.filter(|t| t.bytes().all(|b| (0x20..0x7f).contains(&b))) else {
        return Err(malformed(lines));
    };
    let mut words = text.split(' ');
    let tag = words.next().unwrap_or_default();
    let args: Vec<&str> = words.collect();
    if tag.is_empty() || args.iter().any(|arg| arg.is_empty()) {
        return Err(malformed(lines));
    }
    let mut encoded = Vec::new();
    loop {
        let line = lines.next()?;
        encoded.extend_from_slice(line);
        match line.len() {
            COLUMNS => {}
            0..COLUMNS => break,
            _ => return Err(lines.bad("stanza line too long")),
        }
    }
    let body = BASE64_STANDARD_NO_PAD.decode(&encoded).map_err(|_| lines.bad("not canonical base64"))?;
    Ok(Stanza { tag, args, body })
}

fn check_mac(mac: &[u8], line: usize) -> Result<(), BadVault> {
    match BASE64_STANDARD_NO_PAD.decode(mac) {
        Ok(bytes) if bytes.len() == 32 => Ok(()),
        _ => Err(BadVault::Header { line, what: "malformed MAC" }),
    }
}

fn unknown_start(file: &[u8]) -> BadVault {
    match file.strip_prefix(b"age-encryption.org/v") {
        Some(rest) if !rest.starts_with(b"1\n") => BadVault::Header { line: 1, what: "unknown age version" },
        _ => BadVault::NotAge,
    }
}

/// The header's lines, until it is longer than any vault's.
struct Lines<'a> {
    rest: &'a [u8],
    read: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Result<&'a [u8], BadVault> {
        let room = MAX_HEADER.saturating_sub(self.read);
        let window = self.rest.get(..room).unwrap_or(self.rest);
        let Some(end) = window.iter().position(|&b| b == b'\n') else {
            return Err(self.unfinished());
        };
        let (line, rest) = self.rest.split_at(end);
        self.rest = rest.get(1..).unwrap_or_default();
        self.read += end + 1;
        self.line += 1;
        Ok(line)
    }

    /// No line end in sight: too long, cut off, or never an age file.
    fn unfinished(&self) -> BadVault {
        match self.line {
            0 => BadVault::NotAge,
            _ if self.read + self.rest.len() > MAX_HEADER => BadVault::HeaderTooLarge,
            _ => BadVault::Damaged,
        }
    }

    fn bad(&self, what: &'static str) -> BadVault {
        BadVault::Header { line: self.line, what }
    }
}
