//! age identities: those of files that a person names, and the one that belongs to a vault.

use super::bad::BadVault;
use super::header;
use super::header::LockInfo;
use super::model::VaultId;
use super::passphrase::Passphrase;
use super::random::{MacKey, random_key};
use super::seal::{self, OpenError};
use super::wiped::Wiped;
use super::work_factor::WorkFactor;
use age::secrecy::ExposeSecret;
use std::fmt;
use zeroize::Zeroizing;

/// age identities that were read from files and are ready to use. Debug shows nothing.
#[derive(Clone, Default)]
pub struct Identities {
    x25519: Vec<age::x25519::Identity>,
    ssh: Vec<age::ssh::Identity>,
}

/// Why an identity file is no use. `name` is the file's name, for the message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// It is encrypted: a passphrase is needed.
    #[error("{name}: passphrase needed")]
    PassphraseNeeded {
        /// Which file.
        name: String,
    },
    /// The passphrase does not open it.
    #[error("{name}: wrong passphrase")]
    WrongPassphrase {
        /// Which file.
        name: String,
    },
    /// There is no identity in it that can be used.
    #[error("{name}: no identity")]
    NoIdentity {
        /// Which file.
        name: String,
        /// The line at fault, from 1, if one is.
        line: Option<usize>,
    },
    /// It is an encrypted file that is malformed or costs too much to open.
    #[error("{name}: {bad}")]
    Bad {
        /// Which file.
        name: String,
        /// What is wrong.
        bad: BadVault,
    },
}

impl Identities {
    /// The largest identity file that is read, in bytes.
    pub const MAX_FILE: u64 = 1 << 20;

    /// Reads an identity file: age X25519 lines with comments, an OpenSSH or PEM private key, or either of
    /// them passphrase-encrypted. `name` is for the error.
    pub fn read(bytes: &[u8], name: &str, passphrase: Option<&Passphrase>) -> Result<Self, IdentityError> {
        let bad = |bad| IdentityError::Bad { name: name.to_owned(), bad };
        let file = super::armor::unarmored(bytes).map_err(bad)?;
        if !file.starts_with(b"age-encryption.org/") {
            return Self::read_plain(&file, name, passphrase);
        }
        let LockInfo::Backup { .. } = header::scan(&file).map_err(bad)?.lock else {
            return Err(bad(BadVault::NotAge));
        };
        let needed = IdentityError::PassphraseNeeded { name: name.to_owned() };
        let plain = open_with_passphrase(&file, passphrase.ok_or(needed)?).map_err(|error| match error {
            OpenError::NoKeyFits => IdentityError::WrongPassphrase { name: name.to_owned() },
            OpenError::Bad(wrong) => bad(wrong),
        })?;
        Self::read_plain(&plain, name, None)
    }

    fn read_plain(bytes: &[u8], name: &str, passphrase: Option<&Passphrase>) -> Result<Self, IdentityError> {
        let none = |line| IdentityError::NoIdentity { name: name.to_owned(), line };
        let text = std::str::from_utf8(bytes).map_err(|_| none(None))?;
        if text.contains("PRIVATE KEY-----") {
            return Self::read_ssh(bytes, name, passphrase);
        }
        let mut x25519 = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            x25519.push(line.parse().map_err(|_| none(Some(index + 1)))?);
        }
        if x25519.is_empty() { Err(none(None)) } else { Ok(Self { x25519, ssh: Vec::new() }) }
    }

    fn read_ssh(bytes: &[u8], name: &str, passphrase: Option<&Passphrase>) -> Result<Self, IdentityError> {
        let none = || IdentityError::NoIdentity { name: name.to_owned(), line: None };
        let identity = match age::ssh::Identity::from_buffer(bytes, None).map_err(|_| none())? {
            age::ssh::Identity::Encrypted(key) => {
                let needed = IdentityError::PassphraseNeeded { name: name.to_owned() };
                let opened = key.decrypt(passphrase.ok_or(needed)?.to_age());
                let wrong = IdentityError::WrongPassphrase { name: name.to_owned() };
                age::ssh::Identity::Unencrypted(opened.map_err(|_| wrong)?)
            }
            age::ssh::Identity::Unsupported(_) => return Err(none()),
            plain @ age::ssh::Identity::Unencrypted(_) => plain,
        };
        Ok(Self { x25519: Vec::new(), ssh: vec![identity] })
    }

    /// Adds those of another file.
    pub fn extend(&mut self, more: Self) {
        self.x25519.extend(more.x25519);
        self.ssh.extend(more.ssh);
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.x25519.is_empty() && self.ssh.is_empty()
    }

    pub(super) fn as_age(&self) -> impl Iterator<Item = &dyn age::Identity> {
        let x25519 = self.x25519.iter().map(|identity| identity as &dyn age::Identity);
        x25519.chain(self.ssh.iter().map(|identity| identity as &dyn age::Identity))
    }
}

impl fmt::Debug for Identities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identities(..)")
    }
}

/// Decrypts a passphrase-encrypted age file whose header was scanned.
pub(super) fn open_with_passphrase(file: &[u8], passphrase: &Passphrase) -> Result<Wiped, OpenError> {
    let mut identity = age::scrypt::Identity::new(passphrase.to_age());
    identity.set_max_work_factor(WorkFactor::MAX.get());
    seal::decrypt(file, std::iter::once(&identity as &dyn age::Identity))
}

/// Encrypts with a passphrase, at a cost that is never measured by stopwatch.
pub(super) fn seal_with_passphrase(
    plain: &[u8],
    passphrase: &Passphrase,
    cost: WorkFactor,
) -> Option<Vec<u8>> {
    let mut recipient = age::scrypt::Recipient::new(passphrase.to_age());
    recipient.set_work_factor(cost.get());
    seal::encrypt(plain, std::iter::once(&recipient as &dyn age::Recipient))
}

/// What a vault's identity stanza holds: the X25519 identity, the MAC key, and which vault they are of.
#[derive(Clone)]
pub(super) struct VaultIdentity {
    pub(super) identity: age::x25519::Identity,
    pub(super) mac_key: MacKey,
    pub(super) vault: VaultId,
}

impl VaultIdentity {
    pub(super) fn generate(vault: VaultId) -> Self {
        Self { identity: age::x25519::Identity::generate(), mac_key: random_key(), vault }
    }

    /// An identity file as age reads it, with the rest in comments.
    fn to_text(&self) -> Zeroizing<String> {
        let secret = self.identity.to_string();
        let mut text = Zeroizing::new(String::with_capacity(512));
        text.push_str("# keyfob vault identity\n# vault: ");
        text.push_str(&self.vault.0.hyphenated().to_string());
        text.push_str("\n# mac-key: ");
        for byte in self.mac_key.iter() {
            text.extend([byte >> 4, byte & 15].iter().filter_map(|&n| char::from_digit(n.into(), 16)));
        }
        text.push('\n');
        text.push_str(secret.expose_secret());
        text.push('\n');
        text
    }

    fn from_text(text: &str) -> Option<Self> {
        let comment = |name: &str| text.lines().find_map(|line| line.strip_prefix(name));
        let hex = comment("# mac-key: ")?;
        let mut mac_key = Zeroizing::new([0; 32]);
        if hex.len() != 64 {
            return None;
        }
        for (byte, pair) in mac_key.iter_mut().zip(hex.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        let vault = VaultId(comment("# vault: ")?.parse().ok()?);
        let line = text.lines().find(|line| line.starts_with("AGE-SECRET-KEY-1"))?;
        Some(Self { identity: line.parse().ok()?, mac_key, vault })
    }

    /// The stanza's body: a small passphrase-encrypted age file.
    pub(super) fn seal(&self, passphrase: &Passphrase, cost: WorkFactor) -> Option<Vec<u8>> {
        seal_with_passphrase(self.to_text().as_bytes(), passphrase, cost)
    }

    /// Opens a stanza's body: one scrypt run.
    pub(super) fn open(stanza: &[u8], passphrase: &Passphrase) -> Result<Self, OpenError> {
        let plain = open_with_passphrase(stanza, passphrase)?;
        let text = std::str::from_utf8(&plain).ok();
        text.and_then(Self::from_text).ok_or(OpenError::Bad(BadVault::Damaged))
    }
}
