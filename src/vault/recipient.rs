//! Who can open a vault or a backup with a key instead of a passphrase.

use super::error::VaultError;
use std::fmt;

/// Somebody who can open a vault or backup: an age X25519 recipient, or an ssh-ed25519 or ssh-rsa public key.
#[derive(Clone)]
pub struct Recipient {
    text: String,
    key: Key,
}

#[derive(Clone)]
enum Key {
    X25519(age::x25519::Recipient),
    Ssh(age::ssh::Recipient),
}

/// Why a text is no recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecipientError {
    /// Neither `age1…` nor an ssh public key.
    #[error("not a recipient")]
    Unknown,
    /// A secret key (identity): nobody must paste that here.
    #[error("an identity, not a recipient")]
    IsIdentity,
    /// A kind that this age library can't encrypt to (plugins, post-quantum).
    #[error("an unsupported kind of recipient")]
    Unsupported,
    /// An ssh key of a kind, or a size, that age does not do.
    #[error("an unsupported kind of ssh key")]
    UnsupportedSsh,
}

impl Recipient {
    /// Reads one recipient.
    pub fn parse(text: &str) -> Result<Self, RecipientError> {
        let text = text.trim();
        let upper = text.to_ascii_uppercase();
        if upper.starts_with("AGE-SECRET-KEY-")
            || upper.starts_with("AGE-PLUGIN-")
            || text.contains("PRIVATE KEY")
        {
            return Err(RecipientError::IsIdentity);
        }
        let key = if text.starts_with("age1") { Self::age(text)? } else { Self::ssh(text)? };
        Ok(Self { text: text.to_owned(), key })
    }

    fn age(text: &str) -> Result<Key, RecipientError> {
        match text.parse() {
            Ok(key) => Ok(Key::X25519(key)),
            // age1NAME1… is a plugin's, age1pq1… post-quantum; one `1` alone is a damaged X25519 recipient.
            Err(_) if text.matches('1').count() > 1 && text.len() > 70 => Err(RecipientError::Unsupported),
            Err(_) => Err(RecipientError::Unknown),
        }
    }

    fn ssh(text: &str) -> Result<Key, RecipientError> {
        let kind = text.split_whitespace().next().unwrap_or_default();
        match kind {
            "ssh-ed25519" | "ssh-rsa" => {
                text.parse().map(Key::Ssh).map_err(|_| RecipientError::UnsupportedSsh)
            }
            _ if kind.starts_with("ecdsa-") || kind.starts_with("sk-") || kind.starts_with("ssh-") => {
                Err(RecipientError::UnsupportedSsh)
            }
            _ => Err(RecipientError::Unknown),
        }
    }

    /// Reads a recipients file as age does: one a line, `#` comments, blank lines. Errors name the line, from 1.
    pub fn parse_file(text: &str) -> Result<Vec<Self>, (usize, RecipientError)> {
        text.lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
            .map(|(index, line)| Self::parse(line).map_err(|error| (index + 1, error)))
            .collect()
    }

    /// The recipient as it was given; an ssh key with its comment.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn as_age(&self) -> &dyn age::Recipient {
        match &self.key {
            Key::X25519(key) => key,
            Key::Ssh(key) => key,
        }
    }
}

/// A change of who can open a vault with a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecipientChange {
    /// Who shall be able to.
    pub add: Vec<Recipient>,
    /// Who shall not any more.
    pub remove: Vec<Recipient>,
}

impl RecipientChange {
    /// The recipients after it, and how many were added and taken out. Who is there already is not added again.
    pub(super) fn apply_to(&self, texts: &[String]) -> Result<(Vec<String>, (usize, usize)), VaultError> {
        let same = |text: &String, other: &Recipient| key_of(text).eq(key_of(other.as_str()));
        let mut after = texts.to_vec();
        for gone in &self.remove {
            let at = after.iter().position(|text| same(text, gone));
            let at = at.ok_or_else(|| VaultError::NoSuchRecipient { recipient: gone.as_str().to_owned() })?;
            after.remove(at);
        }
        let left = after.len();
        for new in &self.add {
            if !after.iter().any(|text| same(text, new)) {
                after.push(new.as_str().to_owned());
            }
        }
        let added = after.len() - left;
        Ok((after, (added, texts.len() - left)))
    }
}

/// A recipient without an ssh key's comment: with the same key it is the same reader.
fn key_of(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().take(2)
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({:?})", self.text)
    }
}

impl PartialEq for Recipient {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Recipient {}
