//! The only door to standard output and standard error.
#![allow(clippy::print_stderr)] // here, and nowhere else

use super::failure::Failure;
use crate::explain::{Explain, Explanation, Trouble};
use serde::Serialize;
use std::io::{self, Write};
use zeroize::Zeroizing;

/// Collects what a command has to say, and writes it in one piece at its end.
#[derive(Debug, Default)]
pub(super) struct Output {
    stdout: Zeroizing<Vec<u8>>,
    notes: Vec<String>,
}

impl Output {
    /// Says this on standard output.
    pub(super) fn print(&mut self, text: &str) {
        self.stdout.extend_from_slice(text.as_bytes());
    }

    /// Writes JSON on standard output: one document and a line end.
    pub(super) fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let text = super::json::to_text(value).map_err(|error| Trouble::Output(error.into()))?;
        self.print(&text);
        self.print("\n");
        Ok(())
    }

    /// Bytes of somebody else's making (manual pages, completions).
    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.stdout.extend_from_slice(bytes);
    }

    /// Says something beside the point on standard error, if all goes well: an error is told alone.
    pub(super) fn note(&mut self, text: String) {
        self.notes.push(text);
    }

    /// Says the notes.
    pub(super) fn flush_notes(&mut self) {
        for text in self.notes.drain(..) {
            note(&text);
        }
    }

    /// Writes what was said. A reader that went away (`| head`) is a success that is over.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        let mut stdout = io::stdout().lock();
        let written = stdout.write_all(&self.stdout).and_then(|()| stdout.flush());
        self.stdout = Zeroizing::default();
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(Trouble::Output(error).into()),
            Ok(()) => Ok(()),
        }
    }
}

/// Says something on standard error at once: what is being waited for, say.
pub(super) fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "keyfob: note: {text}");
}

/// Draws a line of standard error anew, which has to be a terminal.
pub(super) fn redraw(line: &str) {
    // To the start of the line, and all of it away.
    let _ = write!(io::stderr().lock(), "\r\x1b[2K{line}");
}

/// What a process in the background says once it is ready.
pub(super) const READY: &[u8] = b"ready\n";

/// Says that this process is ready, and lets go of its streams: whoever started it does not wait for their end.
pub(super) fn go_to_background() -> io::Result<()> {
    io::stdout().write_all(READY)?;
    io::stdout().flush()?;
    let null = std::fs::OpenOptions::new().read(true).write(true).open("/dev/null")?;
    rustix::stdio::dup2_stdout(&null)?;
    rustix::stdio::dup2_stderr(&null)?;
    Ok(())
}

/// Tells an error: one line, and perhaps one more that says what to do.
pub(super) fn complain(error: &impl Explain) {
    let Explanation { message, hint, .. } = error.explain();
    let hint = hint.map(|hint| format!("  try: {hint}\n")).unwrap_or_default();
    let _ = write!(io::stderr().lock(), "keyfob: {message}\n{hint}");
}
