//! The clipboard of the machine we run on, in a thread of its own: a display that does not answer would
//! hold up the loop, and on X11 and Wayland the text lives in our process for as long as it is there.

use super::news::{News, Tell};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;
use zeroize::Zeroizing;

/// What the thread shall do.
enum Order {
    Set(Zeroizing<String>),
    /// Takes our text off, where it is still there; then says so.
    Clear(Sender<()>),
}

/// The thread.
pub(super) struct Local(Sender<Order>);

impl Local {
    pub(super) fn start(tell: Tell) -> Self {
        let (orders, mailbox) = channel();
        std::thread::spawn(move || {
            let mut board = Board::default();
            while let Ok(order) = mailbox.recv() {
                match order {
                    Order::Set(text) => tell(News::Local { took: board.set(text).is_some() }),
                    Order::Clear(done) => {
                        board.clear();
                        let _ = done.send(());
                    }
                }
            }
        });
        Self(orders)
    }

    /// Sets the clipboard; [`News::Local`] says what came of it.
    pub(super) fn set(&self, text: Zeroizing<String>) {
        let _ = self.0.send(Order::Set(text));
    }

    /// Takes our text off, and waits at most this long for it.
    pub(super) fn clear(&self, patience: Duration) {
        let (done, when_done) = channel();
        if self.0.send(Order::Clear(done)).is_ok() && !patience.is_zero() {
            let _ = when_done.recv_timeout(patience);
        }
    }
}

#[cfg(feature = "system-clipboard")]
#[derive(Default)]
struct Board {
    /// Made when it is first needed, and kept: with its last owner the text goes.
    board: Option<arboard::Clipboard>,
    ours: Option<Zeroizing<String>>,
}

#[cfg(feature = "system-clipboard")]
impl Board {
    /// None where there is no display, or it does not take the text: why makes no difference to us.
    fn set(&mut self, text: Zeroizing<String>) -> Option<()> {
        let board = match &mut self.board {
            Some(board) => board,
            none => none.insert(arboard::Clipboard::new().ok()?),
        };
        without_history(board.set()).text(text.as_str()).ok()?;
        self.ours = Some(text);
        Some(())
    }

    fn clear(&mut self) {
        if let (Some(board), Some(ours)) = (&mut self.board, self.ours.take())
            && board.get_text().map(Zeroizing::new).is_ok_and(|there| *there == *ours)
        {
            let _ = board.clear();
        }
    }
}

/// Asks clipboard managers not to keep it.
#[cfg(all(feature = "system-clipboard", target_os = "macos"))]
fn without_history(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtApple::exclude_from_history(set)
}

/// Asks clipboard managers not to keep it.
#[cfg(all(feature = "system-clipboard", not(target_os = "macos")))]
fn without_history(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtLinux::exclude_from_history(set)
}

#[cfg(not(feature = "system-clipboard"))]
#[derive(Default)]
struct Board {}

#[cfg(not(feature = "system-clipboard"))]
#[allow(clippy::unused_self)] // as the one above
impl Board {
    fn set(&mut self, _: Zeroizing<String>) -> Option<()> {
        None
    }

    fn clear(&mut self) {}
}
