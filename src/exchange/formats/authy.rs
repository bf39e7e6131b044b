//! `authy`: Authy's tokens, as its Android app keeps them (XML), or as tools have taken them out of it (JSON).
//!
//! A seed that is still encrypted: AES-256-CBC under a key that PBKDF2-SHA1 makes of the backup password; what it holds
//! is the secret in base32.

use super::super::entry::{Entry, Place, Refusal};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::bytes::{base64, hex};
use super::super::tools::cipher::aes_cbc;
use super::super::tools::draft::{self, Draft, base32, split_label, without_issuer};
use super::super::tools::facts::Facts;
use super::super::tools::json::Json;
use super::super::tools::kdf::{self, Hash};
use crate::otp::Secret;
use zeroize::Zeroizing;

pub const FORMAT: Format = Format { name: "authy", extensions: &["xml", "json"], sniff, read, write: None };

/// Where the app keeps the tokens of other services, and where its own ones.
const TOKENS: &str = "com.authy.storage.tokens.authenticator.key";
const OWN_TOKENS: &str = "com.authy.storage.tokens.authy.key";
/// Authy's own tokens have a period of their own.
const OWN_PERIOD: u64 = 10;

fn sniff(file: &File<'_>) -> bool {
    if let Some(root) = file.xml() {
        return *root.name == *"map"
            && root.all("string").any(|string| string.attribute("name").starts_with("com.authy."));
    }
    let json = file.json();
    json.has("authenticator_tokens")
        || json
            .as_list()
            .is_some_and(|list| list.iter().any(|token| is_listed(token) || token.has("decrypted_seed")))
}

/// One of a list `[{"name", "secret", "uri"}]`.
fn is_listed(token: &Json) -> bool {
    token.has("name") && token.has("uri") && token.has("secret")
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    let Some(root) = file.xml() else {
        let json = file.json();
        let list = json.get("authenticator_tokens").as_list().or_else(|| json.as_list());
        let list = list.ok_or(ReadError::Lacks("authenticator_tokens"))?;
        return entries(list, keys);
    };
    let mut all = Vec::new();
    for (name, period) in [(TOKENS, None), (OWN_TOKENS, Some(OWN_PERIOD))] {
        let Some(string) = root.all("string").find(|string| string.attribute("name") == name) else {
            continue;
        };
        let json = Json::parse(&string.text)?;
        let tokens = json.as_list().ok_or(ReadError::Lacks("tokens"))?;
        all.extend(
            tokens.iter().enumerate().map(|(index, token)| app_entry(Place::Entry(index + 1), token, period)),
        );
    }
    Ok(all.into())
}

fn app_entry(place: Place, token: &Json, period: Option<u64>) -> Entry {
    let (issuer, account) = names(token);
    let facts = Facts { digits: token.number("digits"), period: Ok(period), ..Facts::default() };
    // The app's own tokens have their seed in hexadecimal digits.
    let secret = match token.text("decryptedSecret") {
        "" if token.text("secretSeed").is_empty() => Err(Refusal::SecretEncrypted),
        "" => draft::hex(token.text("secretSeed")),
        secret => base32(secret),
    };
    let what = facts.method().and_then(|method| Ok((secret?, method)));
    Draft { issuer, account, ..Draft::default() }.entry(place, what)
}

/// `originalName` is the label of the URI that was enrolled, `name` what the person made of it.
fn names(token: &Json) -> (&str, &str) {
    let label = token.first_text(&["originalName", "original_name", "name"]);
    match token.first_text(&["originalIssuer", "issuer"]) {
        "" => split_label(label),
        issuer => (issuer, without_issuer(label, issuer)),
    }
}

fn entries(list: &[Json], keys: Keys<'_>) -> Result<Contents, ReadError> {
    let entry = |(index, token)| listed_entry(Place::Entry(index + 1), token, keys);
    Ok(list.iter().enumerate().map(entry).collect::<Result<Vec<_>, _>>()?.into())
}

fn listed_entry(place: Place, token: &Json, keys: Keys<'_>) -> Result<Entry, ReadError> {
    if is_listed(token) {
        return Ok(
            Draft { account: token.text("name"), ..Draft::default() }.entry_of_uri(place, token.text("uri"))
        );
    }
    let (issuer, account) = names(token);
    let facts = Facts { digits: token.number("digits"), period: token.number("period"), ..Facts::default() };
    let secret = match token.first_text(&["decrypted_seed", "secret", "seed"]) {
        "" if token.has("encrypted_seed") => open(token, keys)?,
        secret => base32(secret),
    };
    let what = facts.method().and_then(|method| Ok((secret?, method)));
    Ok(Draft { issuer, account, ..Draft::default() }.entry(place, what))
}

fn open(token: &Json, keys: Keys<'_>) -> Result<Result<Secret, Refusal>, ReadError> {
    let Some(sealed) = base64(token.text("encrypted_seed")) else { return Ok(Err(Refusal::Malformed)) };
    let Ok(rounds) = token.number("key_derivation_iterations") else { return Ok(Err(Refusal::Malformed)) };
    let mut key = Zeroizing::new([0; 32]);
    kdf::pbkdf2(keys, Hash::Sha1, token.text("salt").as_bytes(), rounds.unwrap_or(1000), key.as_mut_slice())?;
    let iv = hex(token.text("unique_iv"))
        .filter(|iv| iv.len() == 16)
        .unwrap_or_else(|| Zeroizing::new(vec![0; 16]));
    let plain = aes_cbc(key.as_slice(), &iv, &sealed)?;
    // Only that it is base32 shows that the password was right.
    std::str::from_utf8(&plain)
        .ok()
        .and_then(|text| base32(text).ok())
        .map(Ok)
        .ok_or(ReadError::WrongPassword)
}
