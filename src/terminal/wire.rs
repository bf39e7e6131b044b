//! What is on its way to the terminal.

use super::guard;
use super::screen::Screen;
use super::tty::Tty;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::io;
use zeroize::{Zeroize as _, Zeroizing};

/// What is on its way to the terminal. A frame is one write. While a slow terminal has not taken the last one,
/// none is drawn: then comes the newest, not all those in between.
#[derive(Default)]
pub(super) struct Wire {
    /// To be sent with the next frame, in the same write.
    extra: Zeroizing<Vec<u8>>,
    /// What the terminal did not take yet.
    unsent: Zeroizing<Vec<u8>>,
    /// Whether anything happened since the last frame.
    stale: bool,
}

impl Wire {
    /// The next frame may differ from the last.
    pub(super) fn invalidate(&mut self) {
        self.stale = true;
    }

    /// Sends this, what the clipboard shall hold, with the next frame. Where the terminal has not taken what it
    /// was to hold before, that is not sent any more: as with frames, only the newest counts.
    pub(super) fn send_along(&mut self, bytes: &[u8]) {
        if !bytes.is_empty() {
            self.extra = Zeroizing::new(bytes.to_vec());
        }
    }

    /// Whether the terminal has to take something before the next frame.
    pub(super) fn is_blocked(&self) -> bool {
        !self.unsent.is_empty()
    }

    /// Gives up what the terminal did not take.
    pub(super) fn give_up(&mut self) {
        self.unsent.zeroize();
    }

    /// Sends the rest of the last frame, or else the next one.
    pub(super) fn send(
        &mut self,
        tty: &Tty,
        screen: &mut Screen,
        paint: impl FnOnce(Rect, &mut Buffer) -> Option<Position>,
    ) -> io::Result<()> {
        if self.unsent.is_empty() {
            std::mem::swap(&mut self.unsent, &mut self.extra);
            if std::mem::take(&mut self.stale) {
                self.unsent.extend_from_slice(&screen.frame(paint));
            }
        }
        if self.unsent.is_empty() {
            return Ok(());
        }
        let written = guard::write(tty, &self.unsent)?;
        if written >= self.unsent.len() {
            self.unsent.zeroize();
        } else {
            self.unsent.drain(..written);
        }
        Ok(())
    }
}
