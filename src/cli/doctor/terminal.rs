//! The terminal: what it shows, and where copied codes go.

use crate::cli::config;
use crate::explain::doctor::{Finding, terminal as words};
use crate::terminal::clipboard::{Choice, Multiplexer, Obstacle, Route, Settings};
use crate::terminal::{appearance, locale_variable};
use rustix::termios::{isatty, tcgetwinsize};

/// The smallest terminal for which there are screens.
const SMALLEST: (u16, u16) = (40, 10);

/// What is known of the terminal.
#[derive(Debug)]
pub(super) struct Facts {
    /// Columns and rows; none where standard output leads elsewhere.
    pub(super) size: Option<(u16, u16)>,
    pub(super) term: String,
    pub(super) colour: bool,
    pub(super) unicode: bool,
    /// The variable that says which characters there are.
    pub(super) locale: Option<&'static str>,
    /// Which clipboard codes go to.
    pub(super) route: Route,
    /// What tmux lets through, where it is tmux that we run in.
    pub(super) tmux: Option<Settings>,
}

pub(super) fn gather() -> Facts {
    let variable = |name: &str| std::env::var(name).ok();
    let output = rustix::stdio::stdout();
    let size = isatty(output).then(|| tcgetwinsize(output).ok()).flatten();
    let shown = appearance(variable);
    // What is wrong with the configuration is told with the machine's checks.
    let choice = config::read().map_or(Choice::Auto, |settings| settings.clipboard.value);
    let is_tmux = Multiplexer::of(variable) == Multiplexer::Tmux;
    Facts {
        size: size.map(|size| (size.ws_col, size.ws_row)),
        term: variable("TERM").unwrap_or_default(),
        colour: shown.colour,
        unicode: shown.unicode,
        locale: locale_variable(variable),
        route: Route::of(choice, variable),
        tmux: is_tmux.then(Settings::ask),
    }
}

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let Some(size) = facts.size else { return vec![words::none()] };
    vec![
        screen(&facts.term, size),
        words::colours(facts.colour),
        words::characters(facts.unicode, facts.locale),
        clipboard(facts.route, facts.tmux),
    ]
}

fn screen(term: &str, size: (u16, u16)) -> Finding {
    match size {
        _ if term.is_empty() || term == "dumb" => words::unusable(term),
        // A terminal that does not know its size says 0.
        (columns, rows) if columns > 0 && (columns < SMALLEST.0 || rows < SMALLEST.1) => {
            words::too_small(size)
        }
        _ => words::usable(term, size),
    }
}

fn clipboard(route: Route, tmux: Option<Settings>) -> Finding {
    match route {
        Route::Local | Route::OnlyLocal => words::system_clipboard(),
        Route::Terminal(multiplexer) => {
            let (_, warning) = multiplexer.wrap(tmux.unwrap_or_default());
            warning
                .map_or_else(|| words::terminal_clipboard(name(multiplexer)), |why| words::tmux_keeps(&why))
        }
        Route::Nowhere(obstacle) => words::no_clipboard(Obstacle::why(obstacle)),
    }
}

fn name(multiplexer: Multiplexer) -> Option<&'static str> {
    match multiplexer {
        Multiplexer::None => None,
        Multiplexer::Tmux => Some("tmux"),
        Multiplexer::Screen => Some("screen"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::doctor::State;

    #[test]
    fn a_terminal_has_to_move_its_cursor_and_be_large_enough() {
        assert_eq!(screen("xterm", (80, 24)).state, State::Fine);
        assert_eq!(screen("xterm", (0, 0)).state, State::Fine);
        assert_eq!(screen("xterm", (39, 24)).state, State::ToDo);
        assert_eq!(screen("xterm", (80, 9)).state, State::ToDo);
        assert_eq!(screen("dumb", (80, 24)).state, State::ToDo);
        assert_eq!(screen("", (80, 24)).state, State::ToDo);
    }

    #[test]
    fn tmux_needs_doing_where_it_keeps_clipboards() {
        let route = Route::Terminal(Multiplexer::Tmux);
        let settings = |clipboard, passthrough| Some(Settings { clipboard, passthrough });
        assert_eq!(clipboard(route, settings(false, false)).state, State::ToDo);
        assert_eq!(clipboard(route, settings(true, false)).state, State::Fine);
        assert_eq!(clipboard(route, settings(false, true)).state, State::Fine);
        assert_eq!(clipboard(Route::Nowhere(Obstacle::Off), None).state, State::Note);
    }
}
