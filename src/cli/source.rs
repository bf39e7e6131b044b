//! Foreign files for `import`, and what they need, asked for on the terminal.

use super::context::{Context, is_stdin};
use super::failure::Failure;
use super::open::read_file;
use super::passphrase::first_line;
use super::progress::ProgressLine;
use crate::exchange::{Format, Gauge, MAX_BYTES, ReadError};
use crate::explain::{Reason as _, report};
use crate::foreign::{Helper, Read, Reader};
use crate::vault::{Identities, Passphrase};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Where the files' own keys are, where the command line says it.
#[derive(Clone, Copy, Default)]
pub(super) struct KeyPaths<'a> {
    pub(super) password_file: Option<&'a Path>,
    pub(super) key_file: Option<&'a Path>,
}

/// Reads files, and folders whole. Whatever was asked for one of them is tried on those after it.
pub(super) fn read_all(
    paths: &[PathBuf],
    format: Option<&'static Format>,
    KeyPaths { password_file, key_file }: KeyPaths<'_>,
    context: &mut Context,
) -> Result<Vec<Read>, Failure> {
    let gauge = Arc::<Gauge>::default();
    let mut asker = Asker { password_file, context, line: ProgressLine::start(&gauge) };
    let mut reader = Reader::new(&mut asker, format).watched(gauge);
    if let Some(path) = key_file {
        // The password with it, where it is known: each key that is tried costs a derivation.
        if let Some(password) = password_file.map(first_line).transpose()? {
            reader = reader.with_password(password, None);
        }
        reader = reader.with_key_file(read_file(path, MAX_BYTES)?);
    }
    let mut all = Vec::new();
    let mut passed_over = Vec::new();
    for path in paths {
        if is_stdin(path) || !path.is_dir() {
            all.push(reader.file(path)?);
        } else {
            let (read, unknown) = reader.folder(path)?;
            all.extend(read);
            passed_over.push((unknown, path));
        }
    }
    drop(asker.line);
    for (unknown, folder) in passed_over.into_iter().filter(|(unknown, _)| *unknown > 0) {
        context.out.note(report::note::passed_over(unknown, folder));
    }
    Ok(all)
}

/// Asks on the terminal.
struct Asker<'a> {
    /// Where the files' own password is, where the command line says it.
    password_file: Option<&'a Path>,
    context: &'a mut Context,
    line: ProgressLine,
}

impl Asker<'_> {
    /// Has somebody asked, with room for it.
    fn ask<T>(&mut self, ask: impl FnOnce(&mut Context) -> T) -> T {
        self.line.lend(true);
        let answer = ask(self.context);
        self.line.lend(false);
        answer
    }
}

impl Asker<'_> {
    fn ask_password(&mut self, path: &Path) -> Result<Passphrase, Failure> {
        let whose = report::password_of(path);
        self.ask(|context| context.asked(&whose, "--password-file"))
    }
}

impl Helper for Asker<'_> {
    type Failure = Failure;

    const GPG_MAY_ASK: bool = true;

    fn open(&mut self, path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, Failure> {
        read_file(path, limit)
    }

    fn password(&mut self, path: &Path, needed: &ReadError) -> Result<Passphrase, Failure> {
        match self.password_file {
            Some(file) => first_line(file),
            // 3 is for vaults: a file of others that stays closed is bad input.
            None => self.ask_password(path).map_err(|failure| {
                let mut told = needed.about(path.display());
                told.hint = failure.explanation().hint.clone().or(told.hint);
                Failure::from(told)
            }),
        }
    }

    fn another_password(&mut self, path: &Path, _: &ReadError) -> Result<Option<Passphrase>, Failure> {
        let asks = self.password_file.is_none();
        asks.then(|| self.ask_password(path)).transpose()
    }

    fn identities(&mut self) -> Result<Option<Identities>, Failure> {
        let named = !self.context.global.identity.is_empty();
        named.then(|| self.ask(Context::identities)).transpose()
    }

    fn accept_memory(&mut self, mebibytes: u64) -> Result<(), Failure> {
        self.ask(|context| context.accept_memory(mebibytes))
    }

    fn lend_terminal(&mut self, lent: bool) {
        self.line.lend(lent);
    }
}
