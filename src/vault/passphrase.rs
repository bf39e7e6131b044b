//! What opens a vault or a backup, and how hard it is to guess.

use std::fmt;
use zeroize::Zeroizing;

/// The longest passphrase, in bytes.
pub const MAX_BYTES: usize = 1024;

/// A passphrase of 1 to 1,024 bytes, wiped when dropped, never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes 1 to 1,024 bytes as they are; none for anything else.
    pub fn new(text: Zeroizing<String>) -> Option<Self> {
        (1..=MAX_BYTES).contains(&text.len()).then_some(Self(text))
    }

    /// Lends the text.
    pub fn expose<T>(&self, use_text: impl FnOnce(&str) -> T) -> T {
        use_text(&self.0)
    }

    pub(super) fn to_age(&self) -> age::secrecy::SecretString {
        age::secrecy::SecretString::from(self.0.as_str().to_owned())
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(..)")
    }
}

/// How hard a passphrase is to guess.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strength {
    /// log10 of the guesses that a good attacker needs (zxcvbn).
    pub guesses_log10: f64,
}

impl Strength {
    /// Estimates a passphrase as it stands; the first 100 characters count.
    pub fn of(text: &str) -> Self {
        if text.is_empty() {
            return Self { guesses_log10: 0.0 };
        }
        // zxcvbn's own time grows with the square of the length.
        let head: Zeroizing<String> = Zeroizing::new(text.chars().take(100).collect());
        Self { guesses_log10: zxcvbn::zxcvbn(&head, &["keyfob", "vault", "backup"]).guesses_log10() }
    }

    /// Seconds that guessing takes on average where one guess costs one scrypt run of 2^17 and the
    /// attacker has a thousand cores: about 3,000 guesses a second.
    pub fn seconds_to_guess(self) -> f64 {
        10f64.powf(self.guesses_log10) / 2.0 / 3000.0
    }

    /// 0 (a day at most) to 4 (longer than anybody lives).
    pub fn score(self) -> u8 {
        match self.seconds_to_guess() {
            s if s < 86_400.0 => 0,
            s if s < 30.0 * 86_400.0 => 1,
            s if s < 3.0 * 31_557_600.0 => 2,
            s if s < 100.0 * 31_557_600.0 => 3,
            _ => 4,
        }
    }
}
