//! The parameters after the `?`.

use super::error::{Part, UriError};
use super::percent::{Plus, decode};
use zeroize::Zeroizing;

/// How many parameters a URI may have.
pub const MAX_PARAMETERS: usize = 32;

/// The parameters that keyfob knows, without their escapes. Others are passed over unread.
pub(super) struct Parameters(Vec<(Part, Zeroizing<String>)>);

impl Parameters {
    /// Reads a query. `label_issuer` is what the label calls the issuer.
    pub(super) fn read(query: &str, label_issuer: &str) -> Result<Self, UriError> {
        look_for_strangers(query)?;
        let raw = || query.split('&').filter(|parameter| !parameter.is_empty());
        if raw().count() > MAX_PARAMETERS {
            return Err(UriError::TooManyParameters);
        }
        let mut parameters = Self(Vec::with_capacity(8));
        for parameter in raw() {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            if let Some(part) = part_of(name)? {
                parameters.take(part, decode(value, Plus::IsSpace, part)?)?;
            }
        }
        // Raw spaces inside of a URI are a careless issuer's; at its end they may be words that follow it,
        // unless it ends with an issuer that the label calls the same.
        let ends_with_words = raw().next_back().is_some_and(|last| last.contains(char::is_whitespace));
        let ends_with_issuer = raw().next_back().is_some_and(|last| is_issuer(last, label_issuer));
        if ends_with_words && !ends_with_issuer { Err(UriError::TrailingText) } else { Ok(parameters) }
    }

    fn take(&mut self, part: Part, value: Zeroizing<String>) -> Result<(), UriError> {
        if value.contains('\0') {
            return Err(UriError::Nul { part });
        }
        match self.get(part) {
            Some(other) if other == value.as_str() => {}
            Some(_) => return Err(UriError::Twice { part }),
            None => self.0.push((part, value)),
        }
        Ok(())
    }

    pub(super) fn get(&self, part: Part) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == part).map(|(_, value)| value.as_str())
    }

    /// A whole number in ASCII digits: no sign, no point, no spaces.
    pub(super) fn number(&self, part: Part) -> Result<Option<u64>, UriError> {
        let Some(text) = self.get(part) else { return Ok(None) };
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(UriError::Number { part });
        }
        text.parse().map(Some).map_err(|_| UriError::Number { part })
    }
}

/// Refuses what shows that this is not one URI as its writer meant it.
fn look_for_strangers(query: &str) -> Result<(), UriError> {
    if query.contains('#') {
        return Err(UriError::Fragment);
    }
    if query.to_ascii_lowercase().contains("otpauth://") {
        return Err(UriError::SecondUri);
    }
    Ok(())
}

fn part_of(name: &str) -> Result<Option<Part>, UriError> {
    let name = decode(name, Plus::IsSpace, Part::Name)?.to_ascii_lowercase();
    // `&amp;` for `&` comes from a page's source.
    Ok(match name.strip_prefix("amp;").unwrap_or(&name) {
        "secret" => Some(Part::Secret),
        "issuer" => Some(Part::Issuer),
        "algorithm" => Some(Part::Algorithm),
        "digits" => Some(Part::Digits),
        "period" => Some(Part::Period),
        "counter" => Some(Part::Counter),
        "encoder" => Some(Part::Encoder),
        _ => None,
    })
}

fn is_issuer(parameter: &str, label_issuer: &str) -> bool {
    parameter.split_once('=').is_some_and(|(name, value)| {
        name.eq_ignore_ascii_case("issuer") && value.replace('+', " ") == label_issuer
    })
}
