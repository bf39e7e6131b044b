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
/// Where a list of tokens stands in JSON: as Authy's servers answer, and as tools write it that decrypted the seeds.
const LISTS: [&str; 2] = ["authenticator_tokens", "decrypted_authenticator_tokens"];
/// How often the key is gone over, where nothing says it.
const ROUNDS: u64 = 1000;

fn sniff(file: &File<'_>) -> bool {
    if let Some(root) = file.xml() {
        return *root.name == *"map"
            && root.all("string").any(|string| string.attribute("name").starts_with("com.authy."));
    }
    let json = file.json();
    LISTS.iter().any(|list| json.has(list))
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
        let list = LISTS.iter().find_map(|list| json.get(list).as_list()).or_else(|| json.as_list());
        return entries(list.ok_or(ReadError::Lacks("authenticator_tokens"))?, None, keys);
    };
    let mut all = Contents::default();
    for (name, period) in [(TOKENS, None), (OWN_TOKENS, Some(OWN_PERIOD))] {
        let Some(string) = root.all("string").find(|string| string.attribute("name") == name) else {
            continue;
        };
        let json = Json::parse(&string.text)?;
        let tokens = json.as_list().ok_or(ReadError::Lacks("tokens"))?;
        all.entries.extend(entries(tokens, period, keys)?.entries);
    }
    Ok(all)
}

/// The password changes, and a token that was sealed with an older one does not stop the others: only when it opens
/// none of them it is wrong.
fn entries(list: &[Json], period: Option<u64>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    let (mut opened, mut failed) = (false, None);
    let mut all = Vec::with_capacity(list.len());
    for (index, token) in list.iter().enumerate() {
        let place = Place::Entry(index + 1);
        let secret = match open(token, keys) {
            None => clear(token),
            Some(Ok(secret)) => {
                opened = true;
                Ok(secret)
            }
            Some(Err(error @ ReadError::WrongPassword)) => {
                failed = Some(error);
                Err(Refusal::SecretEncrypted)
            }
            Some(Err(ReadError::Damaged)) => Err(Refusal::Malformed),
            Some(Err(error)) => return Err(error),
        };
        all.push(entry(place, token, secret, period));
    }
    match failed {
        Some(error) if !opened => Err(error),
        _ => Ok(all.into()),
    }
}

fn entry(place: Place, token: &Json, secret: Result<Secret, Refusal>, period: Option<u64>) -> Entry {
    if is_listed(token) {
        return Draft { account: token.text("name"), ..Draft::default() }
            .entry_of_uri(place, token.text("uri"));
    }
    let (issuer, account) = names(token);
    // The app's own tokens have their seed in hexadecimal digits, and a time step of their own.
    let own = Some(OWN_PERIOD).filter(|_| token.has("secretSeed"));
    let period = token.number("period").map(|said| said.or(period).or(own));
    let facts = Facts { digits: token.number("digits"), period, ..Facts::default() };
    let what = facts.method().and_then(|method| Ok((secret?, method)));
    Draft { issuer, account, ..Draft::default() }.entry(place, what)
}

/// A secret that nothing is sealed of any more.
fn clear(token: &Json) -> Result<Secret, Refusal> {
    match token.first_text(&["decryptedSecret", "decrypted_seed", "secret", "seed"]) {
        "" if !token.text("secretSeed").is_empty() => draft::hex(token.text("secretSeed")),
        "" if sealed(token).is_empty() => Err(Refusal::NoSecret),
        "" => Err(Refusal::SecretEncrypted),
        secret => base32(secret),
    }
}

fn sealed(token: &Json) -> &str {
    token.first_text(&["encryptedSecret", "encrypted_seed"])
}

/// The secret of a token that is sealed; none where it stands in clear text, or nothing says how it is sealed.
fn open(token: &Json, keys: Keys<'_>) -> Option<Result<Secret, ReadError>> {
    let is_clear = !token.first_text(&["decryptedSecret", "decrypted_seed", "secretSeed"]).is_empty();
    let salt = token.text("salt");
    if is_clear || is_listed(token) || sealed(token).is_empty() || salt.is_empty() {
        return None;
    }
    Some(unseal(token, salt, keys))
}

fn unseal(token: &Json, salt: &str, keys: Keys<'_>) -> Result<Secret, ReadError> {
    let sealed = base64(sealed(token)).ok_or(ReadError::Damaged)?;
    let rounds = token.number("key_derivation_iterations").map_err(|_| ReadError::Damaged)?;
    let mut key = Zeroizing::new([0; 32]);
    kdf::pbkdf2(keys, Hash::Sha1, salt.as_bytes(), rounds.unwrap_or(ROUNDS), key.as_mut_slice())?;
    let iv = hex(token.text("unique_iv"))
        .filter(|iv| iv.len() == 16)
        .unwrap_or_else(|| Zeroizing::new(vec![0; 16]));
    let plain = aes_cbc(key.as_slice(), &iv, &sealed)?;
    // Only that it is base32 shows that the password was right.
    let secret = std::str::from_utf8(&plain).ok().and_then(|text| base32(text).ok());
    secret.ok_or(ReadError::WrongPassword)
}

/// `originalName` is the label of the URI that was enrolled, `name` what the person or the app made of it.
fn names(token: &Json) -> (&str, &str) {
    let (name, original) = (token.text("name"), token.first_text(&["originalName", "original_name"]));
    let label = if original.is_empty() { name } else { original };
    match token.first_text(&["originalIssuer", "issuer"]) {
        "" if label.contains(':') => split_label(label),
        "" if token.has("secretSeed") => (label, ""),
        "" => {
            name.split_once(" - ").map_or_else(|| split_label(label), |(issuer, account)| (issuer, account))
        }
        issuer => (issuer, without_issuer(label, issuer)),
    }
}
