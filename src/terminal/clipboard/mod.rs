//! Putting a code on a clipboard, and taking it off again.
//!
//! Over SSH, and where there is no display, that is the terminal's own clipboard (OSC 52): whether it took the
//! code nobody can say. The bytes for it are given back, since only the loop writes to the terminal.

mod local;
mod news;
mod once;
pub mod osc52;
mod route;
mod tmux;

pub(super) use news::News;
pub use once::{NotSent, Once};
pub use route::{Choice, Multiplexer, Obstacle, Route};
pub use tmux::Settings;

use crate::app::CopyOutcome;
use crate::explain::terminal as words;
use local::Local;
use news::Tell;
use osc52::Wrap;
use std::sync::Arc;
use std::thread::JoinHandle;
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
    /// How many texts the local clipboard was given and did not answer for.
    asked: u32,
    holder: Option<Holder>,
    /// Whether what was copied stays there until something else is.
    stays: bool,
    /// Who deletes a tmux buffer.
    forgetting: Option<JoinHandle<()>>,
    tell: Tell,
}

impl Clipboard {
    /// As the setting and the environment say; `variable` looks one up. With `stays` nothing is ever taken off.
    pub(super) fn new(
        choice: Choice,
        stays: bool,
        variable: &impl Fn(&str) -> Option<String>,
        tell: Tell,
    ) -> Self {
        let (route, multiplexer) = (Route::of(choice, variable), Multiplexer::of(variable));
        if multiplexer == Multiplexer::Tmux && matches!(route, Route::Local | Route::Terminal(_)) {
            let tell = Arc::clone(&tell);
            std::thread::spawn(move || tell(News::Tmux(Settings::ask())));
        }
        Self { stays, ..Self::on(route, multiplexer, tell) }
    }

    fn on(route: Route, multiplexer: Multiplexer, tell: Tell) -> Self {
        Self {
            route,
            multiplexer,
            tmux: None,
            local: None,
            waiting: None,
            asked: 0,
            holder: None,
            stays: false,
            forgetting: None,
            tell,
        }
    }

    /// Puts a text there. `uptime` is now.
    pub(super) fn copy(&mut self, text: Zeroizing<String>, uptime: Duration) -> Answer {
        match self.route {
            Route::Nowhere(obstacle) => return failed(obstacle.why()),
            Route::Local | Route::OnlyLocal => {
                self.asked += 1;
                self.local.get_or_insert_with(|| Local::start(Arc::clone(&self.tell))).set(text.clone());
            }
            Route::Terminal(Multiplexer::Tmux) if self.tmux.is_none() => {}
            Route::Terminal(_) => return self.send(text),
        }
        self.waiting = Some((text, uptime.saturating_add(LOCAL_PATIENCE)));
        Answer::default()
    }

    /// Takes in what somebody had to say.
    pub(super) fn on_news(&mut self, news: News) -> Answer {
        match news {
            News::Tmux(settings) => self.on_tmux(settings),
            News::Local { took } => self.on_local(took),
        }
    }

    /// tmux said what it does with clipboards.
    fn on_tmux(&mut self, settings: Settings) -> Answer {
        self.tmux = Some(settings);
        match self.route {
            Route::Terminal(_) => self.send_waiting(),
            Route::Local | Route::OnlyLocal | Route::Nowhere(_) => Answer::default(),
        }
    }

    /// The local clipboard took the text, or did not: then the terminal gets this one and all that follow.
    fn on_local(&mut self, took: bool) -> Answer {
        self.asked = self.asked.saturating_sub(1);
        match (took, &self.waiting) {
            // A newer text is on its way there: that one counts.
            _ if self.asked > 0 => Answer::default(),
            (false, _) => self.send_waiting(),
            (true, Some(_)) => {
                self.waiting = None;
                self.hold(Holder::Local);
                Answer { outcome: Some(CopyOutcome::Copied), ..Answer::default() }
            }
            // Too late: meanwhile it went to the terminal, or was taken back.
            (true, None) => {
                self.local.iter().for_each(|local| local.clear(Duration::ZERO));
                Answer::default()
            }
        }
    }

    /// Stops waiting where it is time to.
    pub(super) fn on_time(&mut self, uptime: Duration) -> Answer {
        match &self.waiting {
            Some((_, until)) if uptime >= *until => self.send_waiting(),
            _ => Answer::default(),
        }
    }

    /// Who was waited for does not take it.
    fn send_waiting(&mut self) -> Answer {
        if self.route == Route::OnlyLocal {
            return self.waiting.take().map_or_else(Answer::default, |_| failed(words::DISPLAY_REFUSES));
        }
        self.route = Route::Terminal(self.multiplexer);
        self.waiting.take().map_or_else(Answer::default, |(text, _)| self.send(text))
    }

    fn send(&mut self, text: Zeroizing<String>) -> Answer {
        let (wrap, warning) = self.multiplexer.wrap(self.tmux.unwrap_or_default());
        let bytes = osc52::set(&text, wrap);
        self.hold(Holder::Terminal { wrap, text });
        Answer { bytes, outcome: Some(CopyOutcome::Sent { warning }) }
    }

    /// Remembers who has to be told when the text is to go.
    fn hold(&mut self, holder: Holder) {
        self.holder = Some(holder).filter(|_| !self.stays);
    }

    /// Takes our text off. The answer is what the terminal has to get for that.
    pub(super) fn clear(&mut self) -> Zeroizing<Vec<u8>> {
        self.waiting = None;
        match self.holder.take() {
            Some(Holder::Terminal { wrap, text }) => {
                if self.is_in_tmux_buffer(wrap) {
                    self.forgetting = Some(std::thread::spawn(move || tmux::forget(&text)));
                    return Zeroizing::default();
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

    /// The bytes that take our text off without anybody's help: for the case that the program ends some other way.
    pub(super) fn farewell(&self) -> Zeroizing<Vec<u8>> {
        match &self.holder {
            // tmux passes no empty text on: a blank has to take the code's place.
            Some(Holder::Terminal { wrap, .. }) if self.is_in_tmux_buffer(*wrap) => {
                osc52::set(tmux::BLANK, *wrap)
            }
            Some(Holder::Terminal { wrap, .. }) => osc52::set("", *wrap),
            _ => Zeroizing::default(),
        }
    }

    /// Takes our text off where that takes more than bytes for the terminal. Waits for it, and for what
    /// [`Clipboard::clear`] has begun, but not long.
    pub(super) fn finish(&mut self) {
        self.clear();
        self.local.iter().for_each(|local| local.clear(LAST_WORDS));
        // tmux gets its own time limits.
        self.forgetting.take().map(JoinHandle::join);
    }

    /// `set-clipboard on` keeps a copy.
    fn is_in_tmux_buffer(&self, wrap: Wrap) -> bool {
        wrap == Wrap::Plain
            && self.multiplexer == Multiplexer::Tmux
            && self.tmux.is_some_and(|tmux| tmux.clipboard)
    }
}

fn failed(why: &str) -> Answer {
    Answer { outcome: Some(CopyOutcome::Failed(why.to_owned())), ..Answer::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clipboard(route: Route, multiplexer: Multiplexer) -> Clipboard {
        Clipboard::on(route, multiplexer, Arc::new(|_| {}))
    }

    fn terminal(multiplexer: Multiplexer) -> Clipboard {
        clipboard(Route::Terminal(multiplexer), multiplexer)
    }

    fn copy(clipboard: &mut Clipboard) -> Answer {
        clipboard.copy(Zeroizing::new("130774".into()), Duration::ZERO)
    }

    #[test]
    fn the_terminal_gets_it_at_once_and_is_cleared_once() {
        let mut clipboard = terminal(Multiplexer::None);
        assert!(
            clipboard.farewell().is_empty() && clipboard.clear().is_empty(),
            "nothing of ours is there yet"
        );
        let answer = copy(&mut clipboard);
        assert_eq!(answer.bytes.as_slice(), b"\x1b]52;c;MTMwNzc0\x07");
        assert_eq!(answer.outcome, Some(CopyOutcome::Sent { warning: None }));
        assert_eq!(clipboard.farewell().as_slice(), b"\x1b]52;c;\x07");
        assert_eq!(clipboard.clear().as_slice(), b"\x1b]52;c;\x07");
        assert!(clipboard.farewell().is_empty() && clipboard.clear().is_empty());
    }

    #[test]
    fn tmux_is_waited_for_but_not_for_ever() {
        let mut clipboard = terminal(Multiplexer::Tmux);
        assert!(copy(&mut clipboard).outcome.is_none());
        assert!(clipboard.on_time(Duration::from_secs(1)).outcome.is_none());
        let answer = clipboard.on_time(Duration::from_secs(2));
        assert!(matches!(answer.outcome, Some(CopyOutcome::Sent { warning: Some(_) })));

        let settings = Settings { passthrough: true, clipboard: false };
        let mut clipboard = terminal(Multiplexer::Tmux);
        copy(&mut clipboard);
        let answer = clipboard.on_news(News::Tmux(settings));
        assert!(answer.bytes.starts_with(b"\x1bPtmux;"));
        assert_eq!(answer.outcome, Some(CopyOutcome::Sent { warning: None }));
        assert!(copy(&mut clipboard).outcome.is_some(), "it is asked only once");
    }

    #[test]
    fn tmux_that_passes_no_empty_text_on_gets_a_blank() {
        let mut clipboard = terminal(Multiplexer::Tmux);
        clipboard.tmux = Some(Settings { passthrough: false, clipboard: true });
        assert_eq!(copy(&mut clipboard).bytes.as_slice(), b"\x1b]52;c;MTMwNzc0\x07");
        assert_eq!(clipboard.farewell().as_slice(), b"\x1b]52;c;IA==\x07");
    }

    #[test]
    fn what_is_cleared_while_it_waits_is_never_sent() {
        let mut clipboard = terminal(Multiplexer::Tmux);
        copy(&mut clipboard);
        assert!(clipboard.clear().is_empty());
        let answer = clipboard.on_news(News::Tmux(Settings { passthrough: true, clipboard: true }));
        assert!(answer.bytes.is_empty() && answer.outcome.is_none());
    }

    #[test]
    fn a_display_that_does_not_take_it_leaves_it_to_the_terminal() {
        for silent in [false, true] {
            let mut clipboard = clipboard(Route::Local, Multiplexer::None);
            clipboard.waiting = Some((Zeroizing::new("130774".into()), LOCAL_PATIENCE));
            let answer = if silent {
                clipboard.on_time(LOCAL_PATIENCE)
            } else {
                clipboard.on_news(News::Local { took: false })
            };
            assert_eq!(answer.outcome, Some(CopyOutcome::Sent { warning: None }));
            assert!(copy(&mut clipboard).outcome.is_some(), "the next goes there at once");
        }
    }

    #[test]
    fn a_display_alone_is_not_stood_in_for() {
        for silent in [false, true] {
            let mut clipboard = clipboard(Route::OnlyLocal, Multiplexer::Tmux);
            clipboard.waiting = Some((Zeroizing::new("130774".into()), LOCAL_PATIENCE));
            let answer = if silent {
                clipboard.on_time(LOCAL_PATIENCE)
            } else {
                clipboard.on_news(News::Local { took: false })
            };
            assert!(matches!(answer.outcome, Some(CopyOutcome::Failed(_))) && answer.bytes.is_empty());
            assert_eq!(clipboard.route, Route::OnlyLocal);
        }
    }

    #[test]
    fn what_is_off_sends_nothing_and_says_why() {
        let mut clipboard = clipboard(Route::Nowhere(Obstacle::Off), Multiplexer::None);
        let answer = copy(&mut clipboard);
        assert_eq!(answer.outcome, Some(CopyOutcome::Failed(Obstacle::Off.why().to_owned())));
        assert!(answer.bytes.is_empty() && clipboard.farewell().is_empty());
    }

    #[test]
    fn what_stays_is_not_taken_off() {
        let mut clipboard = Clipboard { stays: true, ..terminal(Multiplexer::None) };
        assert!(!copy(&mut clipboard).bytes.is_empty());
        assert!(clipboard.farewell().is_empty() && clipboard.clear().is_empty());
    }

    #[test]
    fn a_display_that_takes_it_too_late_changes_nothing() {
        let mut clipboard = clipboard(Route::Local, Multiplexer::None);
        clipboard.waiting = Some((Zeroizing::new("130774".into()), LOCAL_PATIENCE));
        clipboard.on_time(LOCAL_PATIENCE);
        assert!(clipboard.on_news(News::Local { took: true }).outcome.is_none());
        assert!(!clipboard.farewell().is_empty(), "the terminal still has it");
    }

    #[test]
    fn a_display_that_takes_it_is_told_of() {
        let mut clipboard = clipboard(Route::Local, Multiplexer::None);
        clipboard.waiting = Some((Zeroizing::new("130774".into()), LOCAL_PATIENCE));
        clipboard.asked = 2;
        assert!(clipboard.on_news(News::Local { took: true }).outcome.is_none(), "that was the one before");
        let answer = clipboard.on_news(News::Local { took: true });
        assert_eq!(answer.outcome, Some(CopyOutcome::Copied));
        assert!(answer.bytes.is_empty() && clipboard.farewell().is_empty());
    }
}
