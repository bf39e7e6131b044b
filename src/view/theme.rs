//! Roles and signs: the only place that knows colours and which characters there are.

use crate::app::{Appearance, Colour, Looks, Tone};
use crate::qr::Shade;
use crate::text;
use ratatui::style::{Color, Modifier, Style};
use std::borrow::Cow;

pub(super) use crate::app::Role;

/// How roles and signs look on this terminal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Theme {
    appearance: Appearance,
    looks: Looks,
}

/// The signs that are not letters.
#[derive(Debug)]
pub(super) struct Signs {
    pub(super) corners: [&'static str; 4],
    pub(super) horizontal: &'static str,
    pub(super) vertical: &'static str,
    pub(super) selected: &'static str,
    pub(super) dot: &'static str,
    pub(super) bar: [&'static str; 5],
    pub(super) shown: &'static str,
    pub(super) folded: &'static str,
}

const UNICODE: Signs = Signs {
    corners: ["╭", "╮", "╰", "╯"],
    horizontal: "─",
    vertical: "│",
    selected: "▌",
    dot: "•",
    bar: ["▕", "█", "▌", "░", "▏"],
    shown: "▾",
    folded: "▸",
};

const ASCII: Signs = Signs {
    corners: ["+", "+", "+", "+"],
    horizontal: "-",
    vertical: "|",
    selected: ">",
    dot: "*",
    bar: ["[", "#", "-", ".", "]"],
    shown: "-",
    folded: "+",
};

fn without_colour(role: Role) -> Style {
    let plain = Style::new();
    match role {
        Role::Text | Role::Good => plain,
        Role::Dim => plain.add_modifier(Modifier::DIM),
        Role::Strong | Role::Accent | Role::Warning | Role::Selection => plain.add_modifier(Modifier::BOLD),
        Role::Error => plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
    }
}

/// The terminal's own 16 have sequences of their own, shorter and older than those of the 256.
fn of_terminal(colour: Colour) -> Color {
    const OWN: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match colour {
        Colour::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
        Colour::Numbered(number) => OWN.get(usize::from(number)).copied().unwrap_or(Color::Indexed(number)),
    }
}

impl Theme {
    pub(super) fn new(appearance: Appearance, looks: Looks) -> Self {
        Self { appearance, looks }
    }

    pub(super) fn colour(self) -> bool {
        self.appearance.colour
    }

    /// How a QR code is drawn: in colours that no theme changes.
    pub(super) fn shade(shade: Shade) -> Style {
        let (black, white) = (Color::Indexed(16), Color::Indexed(231));
        match shade {
            Shade::OnWhite => Style::new().fg(black).bg(white),
            Shade::Solid => Style::new().fg(black).bg(black),
            Shade::Plain => Style::new(),
        }
    }

    pub(super) fn unicode(self) -> bool {
        self.appearance.unicode
    }

    pub(super) fn signs(self) -> &'static Signs {
        if self.appearance.unicode { &UNICODE } else { &ASCII }
    }

    pub(super) fn style(self, role: Role) -> Style {
        if !self.appearance.colour {
            return without_colour(role);
        }
        let look = self.looks.look(role);
        let attributes = [
            (look.bold, Modifier::BOLD),
            (look.dim, Modifier::DIM),
            (look.underline, Modifier::UNDERLINED),
            (look.reverse, Modifier::REVERSED),
        ];
        let attributes =
            attributes.into_iter().filter(|(on, _)| *on).map(|(_, attribute)| attribute).collect();
        let style = Style::new().add_modifier(attributes);
        look.colour.map_or(style, |colour| style.fg(of_terminal(colour)))
    }

    /// The same for a character that was found.
    pub(super) fn found(self, role: Role) -> Style {
        self.style(role).patch(self.style(Role::Accent)).add_modifier(Modifier::UNDERLINED)
    }

    /// A text as it can be drawn in so many cells: harmless, cut, and in ASCII where nothing else is known.
    pub(super) fn fit(self, raw: &str, cells: usize) -> String {
        self.encode(text::cut_end(&text::safe(raw), cells))
    }

    /// The same, cut in its middle.
    pub(super) fn fit_middle(self, raw: &str, cells: usize) -> String {
        self.encode(text::cut_middle(&text::safe(raw), cells))
    }

    pub(super) fn encode(self, shown: Cow<'_, str>) -> String {
        if self.appearance.unicode || shown.is_ascii() { shown.into_owned() } else { text::ascii(&shown) }
    }

    /// The mark before a notice.
    pub(super) fn mark(self, tone: Tone) -> (&'static str, Role) {
        match (tone, self.appearance.unicode) {
            (Tone::Good, true) => ("✓", Role::Good),
            (Tone::Good, false) => ("+", Role::Good),
            (Tone::Plain, true) => ("·", Role::Dim),
            (Tone::Plain, false) => ("-", Role::Dim),
            (Tone::Warning, _) => ("!", Role::Warning),
            (Tone::Error, true) => ("✗", Role::Error),
            (Tone::Error, false) => ("x", Role::Error),
        }
    }
}
