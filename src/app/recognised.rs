//! What people have of a new device: a secret, a URI, a picture's path.

use super::dropped::{QUOTES, is_picture};
use crate::device::{Candidate, otpauth};
use crate::exchange::{Entry, from_codes, is_migration_uri};
use crate::explain::{Reason as _, notices};
use crate::otp::Secret;
use zeroize::Zeroizing;

/// What a text was recognised as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Recognised {
    /// Nothing is in it.
    #[default]
    Nothing,
    /// A base32 secret.
    Secret(Box<Candidate>),
    /// A URI of this kind.
    Uri(Box<Candidate>),
    /// A URI that holds several devices.
    Batch,
    /// The path of a picture, which nobody has read yet.
    Picture,
    /// The path of a picture that is being read.
    Reading,
    /// Something that can't be used, and why.
    No(String),
}

/// What a text is: a URI, a secret, or what can't be read here.
pub(super) fn recognise(text: &str) -> Recognised {
    let starts = |with: &str| text.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    if text.is_empty() {
        Recognised::Nothing
    } else if is_migration_uri(text) {
        batch(text)
    } else if starts("otpauth:") || starts("steam:") {
        match otpauth::parse(text) {
            Ok(candidate) => Recognised::Uri(Box::new(candidate)),
            Err(error) => Recognised::No(notices::uri(&error)),
        }
    } else if is_path(text) {
        Recognised::Picture
    } else {
        match Secret::from_base32(text) {
            Ok(secret) => Recognised::Secret(Box::new(Candidate::bare(secret))),
            Err(error) => Recognised::No(notices::secret(error)),
        }
    }
}

/// Google Authenticator's export: of one device, or of more than one form takes.
fn batch(text: &str) -> Recognised {
    let contents = match from_codes(&[Zeroizing::new(text.to_owned())]) {
        Ok(contents) => contents,
        Err(error) => return Recognised::No(error.reason()),
    };
    // Where other parts are missing, the table names them.
    let whole = contents.parts.iter().all(|part| part.of <= 1);
    match contents.entries.as_slice() {
        [Entry { found: Ok(candidate), .. }] if whole => Recognised::Uri(Box::new(candidate.clone())),
        [Entry { found: Err((_, refusal)), .. }] => Recognised::No(refusal.reason()),
        _ => Recognised::Batch,
    }
}

fn is_path(text: &str) -> bool {
    text.trim_matches(QUOTES).starts_with(['/', '~', '.']) || is_picture(text)
}
