//! How far reading is, in one line on standard error where that is a terminal; nothing is left of it.

use super::output;
use crate::exchange::{Gauge, Progress};
use crate::explain::report;
use crate::terminal::{Telling, is_dumb};
use crate::text;
use rustix::termios::{isatty, tcgetwinsize};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// The line, as the thread that tells and the one that asks see it.
#[derive(Debug, Default)]
struct Line {
    /// Whether somebody else is writing on the terminal.
    lent: bool,
    shown: bool,
}

/// The line. Dropped, it is gone.
pub(super) struct ProgressLine {
    line: Arc<Mutex<Line>>,
    telling: Option<Telling>,
}

impl ProgressLine {
    /// Shows how far it is, once that takes long, and where somebody can see it.
    pub(super) fn start(gauge: &Arc<Gauge>) -> Self {
        let line = Arc::<Mutex<Line>>::default();
        let telling = (isatty(io::stderr()) && !is_dumb(|name| std::env::var(name).ok())).then(|| {
            let line = Arc::clone(&line);
            Telling::start(Arc::clone(gauge), move |far| show(&line, far))
        });
        Self { line, telling }
    }

    /// Makes room while somebody is asked, and takes the line back.
    pub(super) fn lend(&self, lent: bool) {
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        line.lent = lent;
        erase(&mut line);
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.telling = None;
        self.lend(true);
    }
}

fn show(line: &Mutex<Line>, far: Progress) {
    let mut line = line.lock().unwrap_or_else(PoisonError::into_inner);
    if line.lent {
        return;
    }
    let columns = tcgetwinsize(io::stderr()).map_or(80, |size| size.ws_col).max(1);
    output::redraw(&text::cut_end(&report::progress(far), usize::from(columns) - 1));
    line.shown = true;
}

fn erase(line: &mut Line) {
    if std::mem::take(&mut line.shown) {
        output::redraw("");
    }
}
