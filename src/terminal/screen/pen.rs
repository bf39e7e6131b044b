//! Colours and attributes, and the shortest SGR from one to another (ECMA-48 §8.3.117).

use ratatui::style::{Color, Modifier};

/// With what the terminal draws.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pen {
    pub fg: Color,
    pub bg: Color,
    pub modifier: Modifier,
}

/// What can be seen of an attribute on a blank.
const SEEN_ON_BLANK: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// Each attribute, what switches it on, and what switches it off.
const ATTRIBUTES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

impl Pen {
    /// What of it can be seen on a blank.
    pub(super) fn of_blank(self) -> Self {
        if self.modifier.intersects(SEEN_ON_BLANK) {
            return self;
        }
        Self { fg: Color::Reset, bg: self.bg, modifier: Modifier::empty() }
    }

    /// Whether a blank that shall look like `blank` does so when drawn with this pen.
    pub(super) fn blanks_like(self, blank: Self) -> bool {
        self == blank || self.of_blank() == blank
    }

    /// Appends the shorter of two ways to `to`: what differs, or everything from the start.
    pub(super) fn change(self, to: Self, out: &mut Vec<u8>) {
        if self == to {
            return;
        }
        let [mut step, mut anew] = [Sgr::default(), Sgr::default()];
        step.attributes(self.modifier, to.modifier);
        step.colours(self, to);
        if to != Self::default() {
            anew.code(0);
        }
        anew.attributes(Modifier::empty(), to.modifier);
        anew.colours(Self::default(), to);
        let shortest = if step.0.len() < anew.0.len() { step } else { anew };
        out.extend_from_slice(b"\x1b[");
        out.extend_from_slice(&shortest.0);
        out.push(b'm');
    }
}

/// The parameters of one SGR.
#[derive(Default)]
struct Sgr(Vec<u8>);

impl Sgr {
    fn code(&mut self, code: u8) {
        if !self.0.is_empty() {
            self.0.push(b';');
        }
        self.0.extend_from_slice(code.to_string().as_bytes());
    }

    fn attributes(&mut self, mut from: Modifier, to: Modifier) {
        for (attribute, _, off) in ATTRIBUTES {
            if from.contains(attribute) && !to.contains(attribute) {
                self.code(off);
                // One code switches off bold and dim, and one both ways of blinking.
                for (other, _, _) in ATTRIBUTES.iter().filter(|row| row.2 == off) {
                    from.remove(*other);
                }
            }
        }
        for (attribute, on, _) in ATTRIBUTES {
            if to.contains(attribute) && !from.contains(attribute) {
                self.code(on);
            }
        }
    }

    fn colours(&mut self, from: Pen, to: Pen) {
        if from.fg != to.fg {
            self.colour(to.fg, 30);
        }
        if from.bg != to.bg {
            self.colour(to.bg, 40);
        }
    }

    fn colour(&mut self, colour: Color, base: u8) {
        match colour {
            Color::Reset => self.code(base + 9),
            Color::Black => self.code(base),
            Color::Red => self.code(base + 1),
            Color::Green => self.code(base + 2),
            Color::Yellow => self.code(base + 3),
            Color::Blue => self.code(base + 4),
            Color::Magenta => self.code(base + 5),
            Color::Cyan => self.code(base + 6),
            Color::Gray => self.code(base + 7),
            Color::DarkGray => self.code(base + 60),
            Color::LightRed => self.code(base + 61),
            Color::LightGreen => self.code(base + 62),
            Color::LightYellow => self.code(base + 63),
            Color::LightBlue => self.code(base + 64),
            Color::LightMagenta => self.code(base + 65),
            Color::LightCyan => self.code(base + 66),
            Color::White => self.code(base + 67),
            Color::Indexed(index) => [base + 8, 5, index].into_iter().for_each(|code| self.code(code)),
            Color::Rgb(r, g, b) => [base + 8, 2, r, g, b].into_iter().for_each(|code| self.code(code)),
        }
    }
}
