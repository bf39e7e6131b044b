//! How threads tell the loop what came of their work.

use super::clipboard::News;
use crate::app::Outcome;
use crate::vault::FileStamp;
use std::io::{self, Read as _, Write as _};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// What a thread has to say.
pub(super) enum Event {
    /// The worker: an effect came to this; and the vault's file as it was read or saved last.
    Done(Outcome, Option<FileStamp>),
    /// The worker is through with an effect, after all that it had to say about it; whether that was a save.
    Finished { save: bool },
    /// Those beside the worker: what something came to that has nothing to do with the vault.
    Aside(Outcome),
    /// Whoever the clipboard waits for.
    Clipboard(News),
    /// The worker panicked.
    WorkerGone,
}

/// Where threads put what they have to say.
#[derive(Clone)]
pub(super) struct Post {
    events: Sender<Event>,
    wake: Arc<UnixStream>,
}

/// Where the loop finds it. Its descriptor can be read when something is there.
pub(super) struct Mailbox {
    events: Receiver<Event>,
    wake: UnixStream,
}

/// A post and its mailbox.
pub(super) fn post() -> io::Result<(Post, Mailbox)> {
    let (wake_write, wake) = UnixStream::pair()?;
    wake_write.set_nonblocking(true)?;
    wake.set_nonblocking(true)?;
    let (sender, events) = channel();
    Ok((Post { events: sender, wake: Arc::new(wake_write) }, Mailbox { events, wake }))
}

impl Post {
    /// What brings the clipboard's news.
    pub(super) fn for_clipboard(&self) -> Arc<dyn Fn(News) + Send + Sync> {
        let post = self.clone();
        Arc::new(move |news| post.send(Event::Clipboard(news)))
    }

    /// Puts something there and wakes the loop.
    pub(super) fn send(&self, event: Event) {
        if self.events.send(event).is_ok() {
            // A full pipe wakes as well.
            let _ = (&*self.wake).write(&[0]);
        }
    }
}

impl Mailbox {
    /// What is there. To be called until there is nothing.
    pub(super) fn take(&self) -> Option<Event> {
        let mut bytes = [0; 64];
        while (&self.wake).read(&mut bytes).is_ok_and(|read| read > 0) {}
        self.events.try_recv().ok()
    }
}

impl AsFd for Mailbox {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.wake.as_fd()
    }
}
