//! Entries in the making: what every reader does with names, secrets and URIs once it has found them.

use super::super::entry::{Encoding, Entry, Names, Place, Refusal};
use super::bytes;
use super::facts::Facts;
use super::json::Json;
use crate::device::Candidate;
use crate::device::otpauth::{self, Part};
use crate::otp::{Method, Secret, SecretError};
use crate::text::{MAX_NOTE, Text};

/// What stands where a note was cut.
const CUT: &str = "…";

/// What people call a device, as another app writes it.
#[derive(Clone, Debug, Default)]
pub struct Draft<'a> {
    /// Who asks for its codes.
    pub issuer: &'a str,
    /// Whom they are for.
    pub account: &'a str,
    /// What the issuer calls it; empty for nothing.
    pub serial: &'a str,
    /// Words to find it by.
    pub tags: Vec<&'a str>,
    /// Free text.
    pub note: &'a str,
    /// Whether it is listed first.
    pub favourite: bool,
}

impl Draft<'_> {
    /// The entry that it becomes with a secret and a method.
    pub fn entry(self, place: Place, what: Result<(Secret, Method), Refusal>) -> Entry {
        self.finish(place, what.map(|(secret, method)| Candidate { method, ..Candidate::bare(secret) }))
    }

    /// The entry of an otpauth URI: what the URI says stands, and the draft fills in what it leaves open.
    pub fn entry_of_uri(self, place: Place, uri: &str) -> Entry {
        self.finish(place, otpauth::parse_foreign(uri).map_err(Refusal::from))
    }

    /// The entry of a password manager's field: an otpauth URI, or a bare secret that these facts go with.
    pub fn entry_of_field(self, place: Place, field: &str, facts: Facts<'_>) -> Entry {
        let field = field.trim();
        if let Some(secret) = steam_secret(field) {
            // Such a URI names nobody: that it is of Steam says its kind.
            let found = base32(secret).map(|secret| (secret, Method::Steam));
            return self.entry(place, found);
        }
        if field.contains("://") {
            return self.entry_of_uri(place, field);
        }
        let what = facts.method().and_then(|method| Ok((base32(field)?, method)));
        self.entry(place, what)
    }

    /// Its names, cut where they are too long to be taken.
    pub fn names(&self) -> Names {
        let name = |raw: &str| Text::line(raw).unwrap_or_default();
        Names { issuer: name(self.issuer), account: name(self.account) }
    }

    fn finish(self, place: Place, found: Result<Candidate, Refusal>) -> Entry {
        let names = self.names();
        let found = found.and_then(|candidate| self.complete(candidate)).map_err(|refusal| (names, refusal));
        Entry { place, found }
    }

    fn complete(self, mut candidate: Candidate) -> Result<Candidate, Refusal> {
        if candidate.issuer.is_empty() {
            candidate.issuer = line(self.issuer, Part::Issuer)?;
        }
        if candidate.account.is_empty() {
            candidate.account = line(self.account, Part::Label)?;
        }
        if !self.serial.trim().is_empty() {
            candidate.serial = Some(line(self.serial, Part::Label)?);
        }
        for tag in self.tags.iter().filter(|tag| !tag.trim().is_empty()) {
            candidate.tags.push(line(tag, Part::Name)?);
        }
        candidate.note = note(self.note);
        candidate.favourite |= self.favourite;
        Ok(candidate)
    }
}

fn line(raw: &str, part: Part) -> Result<Text, Refusal> {
    Text::line(raw).map_err(|too_long| Refusal::Text { part, too_long })
}

/// A note too long for a vault is cut: a device must not be lost for what is written about it.
fn note(raw: &str) -> Text {
    Text::note(raw).unwrap_or_else(|_| {
        let room = MAX_NOTE - CUT.len();
        let end = (0..=room).rev().find(|end| raw.is_char_boundary(*end)).unwrap_or(0);
        Text::note(&format!("{}{CUT}", raw.get(..end).unwrap_or_default())).unwrap_or_default()
    })
}

fn steam_secret(field: &str) -> Option<&str> {
    let rest = field.get(..8).filter(|head| head.eq_ignore_ascii_case("steam://")).and(field.get(8..))?;
    Some(rest.strip_suffix('/').unwrap_or(rest))
}

/// A secret in base32, as lenient as other apps are.
pub fn base32(text: &str) -> Result<Secret, Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::NoSecret);
    }
    match Secret::from_base32_lenient(text) {
        Err(SecretError::Empty) => Err(Refusal::NoSecret),
        secret => Ok(secret?),
    }
}

/// A secret in base64.
pub fn base64(text: &str) -> Result<Secret, Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::NoSecret);
    }
    let bytes = bytes::base64(text).ok_or(Refusal::Encoding(Encoding::Base64))?;
    Ok(Secret::from_bytes(&bytes)?)
}

/// A secret in hexadecimal digits.
pub fn hex(text: &str) -> Result<Secret, Refusal> {
    let digits: zeroize::Zeroizing<String> = zeroize::Zeroizing::new(text.split_whitespace().collect());
    if digits.is_empty() {
        return Err(Refusal::NoSecret);
    }
    let bytes = bytes::hex(&digits).ok_or(Refusal::Encoding(Encoding::Hex))?;
    Ok(Secret::from_bytes(&bytes)?)
}

/// A secret as a list of bytes.
pub fn byte_list(json: &Json) -> Result<Secret, Refusal> {
    let bytes = json.bytes().ok_or(Refusal::Encoding(Encoding::Bytes))?;
    Ok(Secret::from_bytes(&bytes)?)
}

/// An account without the issuer that many apps write before it.
pub fn without_issuer<'a>(label: &'a str, issuer: &str) -> &'a str {
    let rest = label.trim_start().strip_prefix(issuer.trim()).filter(|_| !issuer.trim().is_empty());
    rest.and_then(|rest| rest.trim_start().strip_prefix(':')).map_or(label, str::trim)
}

/// Issuer and account of a label that may hold both.
pub fn split_label(label: &str) -> (&str, &str) {
    label.split_once(':').map_or(("", label.trim()), |(issuer, account)| (issuer.trim(), account.trim()))
}

/// Entries of a list, numbered from 1.
pub fn entries<T>(list: impl IntoIterator<Item = T>, entry: impl Fn(Place, T) -> Entry) -> Vec<Entry> {
    list.into_iter().enumerate().map(|(index, item)| entry(Place::Entry(index + 1), item)).collect()
}
