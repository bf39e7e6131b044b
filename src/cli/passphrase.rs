//! Where passphrases come from: a file's first line, or the terminal. Never an argument or a variable.

use super::context::{Context, is_stdin};
use super::failure::Failure;
use super::prompt::Quiet;
use crate::explain::{FileProblem, Trouble, report};
use crate::vault::{Passphrase, Strength};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use zeroize::Zeroizing;

/// The longest passphrase, in bytes.
const MAX_BYTES: usize = 1024;

impl Context {
    /// What `--passphrase-file` holds, if it was given.
    pub(super) fn passphrase_from_file(&mut self) -> Result<Option<Passphrase>, Failure> {
        if let (None, Some(path)) = (&self.from_file, &self.global.passphrase_file) {
            self.from_file = Some(first_line(path)?);
        }
        Ok(self.from_file.clone())
    }

    /// A passphrase that opens something: from `--passphrase-file`, else asked for once.
    pub(super) fn passphrase(&mut self, what: &'static str) -> Result<Passphrase, Failure> {
        if let Some(passphrase) = self.passphrase_from_file()? {
            return Ok(passphrase);
        }
        let typed = self.asked(what, "--passphrase-file")?;
        self.typed = Some(typed.clone());
        Ok(typed)
    }

    /// A passphrase that something new will be locked with: from this file, else asked for twice.
    pub(super) fn new_passphrase(
        &mut self,
        what: &'static str,
        option: &'static str,
        file: Option<&Path>,
    ) -> Result<Passphrase, Failure> {
        let passphrase = match file {
            Some(path) if Some(path) == self.global.passphrase_file.as_deref() => self.passphrase(what)?,
            Some(path) => first_line(path)?,
            None => {
                let first = self.asked(what, option)?;
                if self.asked("the same again", option)? != first {
                    return Err(Trouble::Differ.into());
                }
                first
            }
        };
        if passphrase.expose(Strength::of).score() == 0 {
            self.out.note(report::note::weak_passphrase());
        }
        Ok(passphrase)
    }

    /// Asks on the terminal; `option` is what a script uses instead.
    pub(super) fn asked(&mut self, what: &str, option: &'static str) -> Result<Passphrase, Failure> {
        let nothing = || Trouble::NothingTyped(what.to_owned());
        let answer = self.ask(what, option)?.ok_or_else(nothing)?;
        let text = into_text(&answer).ok_or_else(nothing)?;
        Passphrase::new(text).ok_or_else(|| nothing().into())
    }

    /// Asks a question that is answered with `y`; none when there is no terminal to ask on.
    pub(super) fn agreed(&mut self, question: &'static str) -> Option<bool> {
        let answer = self.ask(question, "").ok()?;
        Some(answer.is_some_and(|answer| matches!(answer.as_slice(), b"y" | b"Y" | b"yes")))
    }

    /// Whether there is a terminal to ask on.
    pub(super) fn can_ask(&mut self) -> bool {
        if self.terminal.is_none() {
            self.terminal = Quiet::open().ok();
        }
        self.terminal.is_some()
    }

    fn ask(&mut self, what: &str, option: &'static str) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
        let none = |_: io::Error| Trouble::NoTerminal { what: what.to_owned(), option };
        let terminal = match self.terminal.take() {
            Some(terminal) => terminal,
            None => Quiet::open().map_err(none)?,
        };
        let answer = terminal.ask(&report::question(what)).map_err(none)?;
        self.terminal = Some(terminal);
        Ok(answer)
    }
}

/// The passphrase that a file's first line is, without its line end.
pub(super) fn first_line(path: &Path) -> Result<Passphrase, Failure> {
    let trouble = |problem| Trouble::File(path.into(), problem);
    let line =
        if is_stdin(path) { read_line(io::stdin().lock()) } else { File::open(path).and_then(read_line) };
    let line = line.map_err(|error| trouble(FileProblem::System(error)))?;
    if line.is_empty() {
        return Err(trouble(FileProblem::EmptyLine).into());
    }
    if line.len() > MAX_BYTES {
        return Err(trouble(FileProblem::TooLong { limit: MAX_BYTES }).into());
    }
    let text = into_text(&line).ok_or_else(|| trouble(FileProblem::NotText))?;
    Passphrase::new(text).ok_or_else(|| trouble(FileProblem::EmptyLine).into())
}

fn read_line(from: impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    // Room for the longest line with its CR LF, and one byte more that tells a longer one.
    let limit = MAX_BYTES + 3;
    let mut bytes = Zeroizing::new(Vec::with_capacity(limit));
    from.take(limit as u64).read_to_end(&mut bytes)?;
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    bytes.truncate(end);
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    Ok(bytes)
}

fn into_text(bytes: &[u8]) -> Option<Zeroizing<String>> {
    std::str::from_utf8(bytes).ok().map(|text| Zeroizing::new(text.to_owned()))
}
