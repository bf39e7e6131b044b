//! What is fuzzed: each target takes any bytes and panics where something does not hold that always has to.
//!
//! tests/fuzz runs them under libFuzzer; the tests run each over its corpus.
//!
//! `--cfg fuzzing` changes what is behind ciphers (`exchange/tools/fuzzed`), so that a seed may get further there.

mod agent;
mod commands;
mod pictures;
mod readers;
mod secrecy;
mod uris;
mod vaults;

#[cfg(test)]
pub use readers::{IDENTITY, PASSWORD};

use keyfob::exchange::{FORMATS, Format};

/// One target.
#[derive(Clone, Copy)]
pub struct Target {
    run: Run,
    name: &'static str,
    /// The longest input that is tried, in bytes.
    pub longest: usize,
}

#[derive(Clone, Copy)]
enum Run {
    Reader(&'static Format),
    Other(Try),
}

impl Target {
    /// What it is called, and the folder of its corpus: `read-FORMAT` for the reader of a format.
    pub fn name(self) -> String {
        match self.run {
            Run::Reader(format) => format!("read-{}", format.name),
            Run::Other(_) => self.name.to_owned(),
        }
    }

    /// Tries one input.
    pub fn run(self, bytes: &[u8]) {
        match self.run {
            Run::Reader(format) => readers::read(format, bytes),
            Run::Other(run) => run(bytes),
        }
    }
}

/// Takes any bytes.
type Try = fn(&[u8]);

const OTHERS: &[(&str, usize, Try)] = &[
    ("sniff", 2048, readers::sniffed),
    ("otpauth", 4096, uris::otpauth),
    ("migration-payload", 2048, uris::migration_payload),
    ("base32", 2048, uris::secret),
    ("picture", 4096, pictures::decoded),
    ("qr", 512, pictures::drawn),
    ("vault-header", 4096, vaults::header),
    ("vault-contents", 4096, vaults::contents),
    ("identities", 2048, vaults::identities),
    ("config", 2048, commands::config),
    ("keys", 1024, commands::keys),
    ("text", 512, commands::text),
    ("query", 512, commands::query),
    ("aws-config", 2048, commands::aws_config),
    ("aws-answer", 2048, commands::aws_answer),
    ("agent-questions", 2048, agent::questions),
    ("agent-answer", 1024, agent::answer),
];

/// All of them: a reader for each format of the table, and the rest.
pub fn all() -> impl Iterator<Item = Target> {
    let readers = FORMATS.iter().map(|format| Target { run: Run::Reader(format), name: "", longest: 8192 });
    let others =
        OTHERS.iter().map(|(name, longest, run)| Target { run: Run::Other(*run), name, longest: *longest });
    readers.chain(others)
}

/// Text, with U+FFFD for what is none.
fn lossy(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}
