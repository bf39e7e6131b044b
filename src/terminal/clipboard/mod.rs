//! Putting a code on a clipboard, and taking it off again.
//!
//! Over SSH, and where there is no display, that is the terminal's own clipboard (OSC 52): whether it took the
//! code nobody can say. The bytes for it are given back, since only the loop writes to the terminal.

mod local;
pub mod osc52;
mod route;
mod tmux;

pub use route::{Multiplexer, Route};
pub use tmux::Settings;

use super::post::{Event, Post};
use crate::app::CopyOutcome;
use local::Local;
use osc52::Wrap;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long a display gets to take a text. After that the terminal gets it.
const LOCAL_PATIENCE: Duration = Duration::from_secs(2);
/// How long a display can keep us from ending.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// What is to be sent to the terminal, and what to tell the user.
#[derive(Default)]
pub(super) struct Answer {
    /// Bytes for the terminal.
    pub bytes: Zeroizing<Vec<u8>>,
    /// Where the code went, if that is known by now.
    pub outcome: Option<CopyOutcome>,
}

/// What holds a text of ours now.
enum Holder {
    Terminal { wrap: Wrap, text: Zeroizing<String> },
    Local,
}

/// The clipboard.
pub(super) struct Clipboard {
    route: Route,
    multiplexer: Multiplexer,
    /// What tmux said when it was asked.
    tmux: Option<Settings>,
    local: Option<Local>,
    /// A text on its way, and when (in uptime) we stop waiting for whoever it waits for.
    waiting: Option<(Zeroizing<String>, Duration)>,
    holder: Option<Holder>,
    post: Post,
}

impl Clipboard {
    /// As the environment says; `variable` looks one up.
    pub(super) fn new(variable: impl Fn(&str) -> Option<String>, post: Post) -> Self {
        let multiplexer = Multiplexer::of(&variable);
        let asks = (multiplexer == Multiplexer::Tmux).then(|| post.clone());
        if let Some(post) = asks {
            std::thread::spawn(move || post.send(Event::Tmux(Settings::ask())));
        }
        Self {
            route: Route::of(variable),
            multiplexer,
            tmux: None,
            local: None,
            waiting: None,
            holder: None,
            post,
        }
    }

    /// Puts a text there. `uptime` is now.
    pub(super) fn copy(&mut self, text: Zeroizing<String>, uptime: Duration) -> Answer {
        match self.route {
            Route::Local => {
                self.local.get_or_insert_with(|| Local::start(self.post.clone())).set(text.clone());
            }
            Route::Terminal(Multiplexer::Tmux) if self.tmux.is_none() => {}
            Route::Terminal(_) => return self.send(text),
        }
        self.waiting = Some((text, uptime.saturating_add(LOCAL_PATIENCE)));
        Answer::default()
    }

    /// tmux said what it does with clipboards.
    pub(super) fn on_tmux(&mut self, settings: Settings) -> Answer {
        self.tmux = Some(settings);
        match self.route {
            Route::Terminal(_) => self.send_waiting(),
            Route::Local => Answer::default(),
        }
    }

    /// The local clipboard took the text, or did not: then the terminal gets this one and all that follow.
    pub(super) fn on_local(&mut self, took: bool) -> Answer {
        if !took {
            return self.send_waiting();
        }
        self.holder = Some(Holder::Local);
        let waited_for = self.waiting.take().is_some();
        Answer { outcome: waited_for.then_some(CopyOutcome::Copied), ..Answer::default() }
    }

    /// Stops waiting where it is time to.
    pub(super) fn on_time(&mut self, uptime: Duration) -> Answer {
        match &self.waiting {
            Some((_, until)) if uptime >= *until => self.send_waiting(),
            _ => Answer::default(),
        }
    }

    fn send_waiting(&mut self) -> Answer {
        self.route = Route::Terminal(self.multiplexer);
        self.waiting.take().map_or_else(Answer::default, |(text, _)| self.send(text))
    }

    fn send(&mut self, text: Zeroizing<String>) -> Answer {
        let (wrap, warning) = self.multiplexer.wrap(self.tmux.unwrap_or_default());
        let bytes = osc52::set(&text, wrap);
        self.holder = Some(Holder::Terminal { wrap, text });
        Answer { bytes, outcome: Some(CopyOutcome::Sent { warning }) }
    }

    /// Takes our text off. The answer is what the terminal has to get for that.
    pub(super) fn clear(&mut self) -> Zeroizing<Vec<u8>> {
        self.waiting = None;
        match self.holder.take() {
            Some(Holder::Terminal { wrap, text }) => {
                if self.is_in_tmux_buffer(wrap) {
                    std::thread::spawn(move || tmux::forget(&text));
                }
                osc52::set("", wrap)
            }
            Some(Holder::Local) => {
                self.local.iter().for_each(|local| local.clear(Duration::ZERO));
                Zeroizing::default()
            }
            None => Zeroizing::default(),
        }
    }

    /// What [`Clipboard::clear`] would answer: for the case that the program ends some other way.
    pub(super) fn farewell(&self) -> Zeroizing<Vec<u8>> {
        match &self.holder {
            Some(Holder::Terminal { wrap, .. }) => osc52::set("", *wrap),
            _ => Zeroizing::default(),
        }
    }

    /// Takes our text off where that takes more than bytes for the terminal, and waits for it, but not long.
    pub(super) fn finish(&mut self) {
        match self.holder.take() {
            Some(Holder::Terminal { wrap, text }) if self.is_in_tmux_buffer(wrap) => tmux::forget(&text),
            Some(Holder::Local) => self.local.iter().for_each(|local| local.clear(LAST_WORDS)),
            _ => {}
        }
    }

    /// `set-clipboard on` keeps a copy.
    fn is_in_tmux_buffer(&self, wrap: Wrap) -> bool {
        wrap == Wrap::Plain
            && self.multiplexer == Multiplexer::Tmux
            && self.tmux.is_some_and(|tmux| tmux.clipboard)
    }
}
