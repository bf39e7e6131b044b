//! The one thread for what takes time: scrypt, and saving. It owns the open vault, and does one thing after
//! the other, so that no two of our own saves ever meet.

use super::perform::Keeper;
use super::planted::fault_if_planted;
use super::post::{Event, Post};
use super::wipe::wipe_stack;
use crate::app::Effect;
use std::sync::mpsc::{Sender, channel};

/// The thread, as the loop sees it.
pub(super) struct Worker {
    effects: Sender<Effect>,
    /// How many effects it was given and did not finish, as far as the loop has heard.
    under_way: usize,
    /// How many of them are saves.
    unsaved: usize,
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
        std::thread::spawn(move || {
            let watch = Watch(post);
            while let Ok(effect) = orders.recv() {
                let save = is_save(&effect);
                fault_if_planted("worker");
                keeper.perform(effect, &mut |outcome, stamp| watch.0.send(Event::Done(outcome, stamp)));
                wipe_stack();
                watch.0.send(Event::Finished { save });
            }
        });
        Self { effects, under_way: 0, unsaved: 0 }
    }

    /// Has an effect done, after those before it.
    pub(super) fn submit(&mut self, effect: Effect) {
        self.under_way += 1;
        self.unsaved += usize::from(is_save(&effect));
        // When the thread is gone the loop ends anyway.
        let _ = self.effects.send(effect);
    }

    /// It said that it finished one.
    pub(super) fn on_finished(&mut self, save: bool) {
        self.under_way = self.under_way.saturating_sub(1);
        self.unsaved = self.unsaved.saturating_sub(save.into());
    }

    /// Whether there is nothing that it does or has to do.
    pub(super) fn is_idle(&self) -> bool {
        self.under_way == 0
    }

    /// Whether something is on its way to disk.
    pub(super) fn is_saving(&self) -> bool {
        self.unsaved > 0
    }
}

fn is_save(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Change { .. } | Effect::Create { .. } | Effect::Spend { .. } | Effect::Remember(_)
    )
}
