//! The one thread for what takes time: scrypt, and saving. It owns the open vault, and does one thing after
//! the other, so that no two of our own saves ever meet.

use super::perform::Keeper;
use super::post::{Event, Mailbox, Post};
use crate::app::{Effect, Outcome};
use crate::clock::Clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

/// The thread, as the loop sees it.
pub(super) struct Worker {
    effects: Sender<Effect>,
    under_way: Arc<AtomicUsize>,
    unsaved: Arc<AtomicUsize>,
}

/// Tells the loop when the thread panics.
struct Watch(Post);

impl Drop for Watch {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.send(Event::WorkerGone);
        }
    }
}

impl Worker {
    pub(super) fn start(mut keeper: Keeper, post: Post) -> Self {
        let (effects, orders) = channel();
        let (under_way, unsaved) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let worker = Self { effects, under_way: Arc::clone(&under_way), unsaved: Arc::clone(&unsaved) };
        std::thread::spawn(move || {
            let watch = Watch(post);
            while let Ok(effect) = orders.recv() {
                let saves = is_save(&effect);
                keeper.perform(effect, &mut |outcome, stamp| watch.0.send(Event::Done(outcome, stamp)));
                under_way.fetch_sub(1, Ordering::Release);
                unsaved.fetch_sub(saves.into(), Ordering::Release);
            }
        });
        worker
    }

    /// Has an effect done, after those before it.
    pub(super) fn submit(&self, effect: Effect) {
        self.under_way.fetch_add(1, Ordering::Release);
        self.unsaved.fetch_add(is_save(&effect).into(), Ordering::Release);
        // When the thread is gone the loop ends anyway.
        let _ = self.effects.send(effect);
    }

    /// Whether there is nothing that it does or has to do.
    pub(super) fn is_idle(&self) -> bool {
        self.under_way.load(Ordering::Acquire) == 0
    }

    /// Waits until everything is saved that was to be, at most this long. Unlocking and exports are not waited for.
    pub(super) fn finish_saving(&self, mailbox: &Mailbox, clock: &dyn Clock, patience: Duration) {
        const LOOK_AT_LEAST_EVERY: Duration = Duration::from_millis(20);
        let end = clock.uptime().saturating_add(patience);
        while self.unsaved.load(Ordering::Acquire) > 0 && clock.uptime() < end {
            if let Some(Event::WorkerGone) = mailbox.wait(LOOK_AT_LEAST_EVERY) {
                return;
            }
        }
    }
}

fn is_save(effect: &Effect) -> bool {
    matches!(effect, Effect::Change(_) | Effect::Create { .. })
}

/// What the worker says, and the stamp of the vault's file as it was read or saved last.
pub(super) type Answers<'a> = dyn FnMut(Outcome, Option<crate::vault::FileStamp>) + 'a;
