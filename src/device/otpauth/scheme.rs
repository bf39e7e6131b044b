//! The head of a URI: its scheme and type.

use super::error::{ForeignScheme, ForeignType, UriError};

/// What a URI speaks of, its parts still escaped.
pub(super) enum Target<'a> {
    /// `otpauth://TYPE/LABEL?QUERY`
    Otpauth { kind: Type, label: &'a str, query: &'a str },
    /// `steam://SECRET`, as Bitwarden writes it.
    Steam { secret: &'a str },
}

/// The type of an otpauth URI.
#[derive(Clone, Copy)]
pub(super) enum Type {
    Totp,
    Hotp,
    Steam,
}

impl<'a> Target<'a> {
    pub(super) fn of(uri: &'a str) -> Result<Self, UriError> {
        let (scheme, rest) = uri.split_once(':').ok_or(UriError::NotAUri)?;
        let is_steam = scheme.eq_ignore_ascii_case("steam");
        if !is_steam && !scheme.eq_ignore_ascii_case("otpauth") {
            return Err(foreign(scheme));
        }
        let rest = rest.strip_prefix("//").ok_or(UriError::Slashes)?;
        if is_steam {
            return Ok(Self::Steam { secret: rest.strip_suffix('/').unwrap_or(rest) });
        }
        // A `#` before the `?` is no fragment: Mongo Atlas writes labels with one.
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (kind, label) = path.split_once('/').unwrap_or((path, ""));
        Ok(Self::Otpauth { kind: Type::of(kind)?, label, query })
    }
}

impl Type {
    fn of(name: &str) -> Result<Self, UriError> {
        match name.to_ascii_lowercase().as_str() {
            "totp" => Ok(Self::Totp),
            "hotp" => Ok(Self::Hotp),
            "steam" => Ok(Self::Steam),
            "yaotp" => Err(UriError::Type(ForeignType::Yandex)),
            "motp" => Err(UriError::Type(ForeignType::Motp)),
            "" => Err(UriError::Type(ForeignType::Missing)),
            _ => Err(UriError::Type(ForeignType::Other)),
        }
    }
}

fn foreign(scheme: &str) -> UriError {
    let starts_right = scheme.starts_with(char::is_alphabetic);
    if !starts_right || scheme.contains(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '-' | '.')) {
        return UriError::NotAUri;
    }
    UriError::Scheme(match scheme.to_ascii_lowercase().as_str() {
        "otpauth-migration" => ForeignScheme::Migration,
        "phonefactor" => ForeignScheme::Push,
        "http" | "https" => ForeignScheme::Web,
        "qr-code" => ForeignScheme::QrPrefix,
        scheme if !scheme.is_ascii() => ForeignScheme::Lookalike,
        _ => ForeignScheme::Other,
    })
}
