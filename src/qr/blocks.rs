//! A QR code in the cells of a terminal.

use super::matrix::Matrix;
use zeroize::Zeroizing;

/// What a terminal has to draw a code with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Half blocks, black on white whatever the terminal's own colours are.
    Blocks,
    /// Half blocks in the terminal's own colours: white on black where those are dark.
    PlainBlocks,
    /// ASCII, black on white: `##` and two spaces for a module.
    Ascii,
    /// ASCII in the terminal's own colours.
    PlainAscii,
}

/// Black on white: of the first eight colours, then of the 256, where themes change nothing.
const BLACK_ON_WHITE: &str = "\x1b[30;47m\x1b[38;5;16;48;5;231m";
/// Black on black: a `#` as solid as a block.
const BLACK_ON_BLACK: &str = "\x1b[30;40m\x1b[38;5;16;48;5;16m";
const RESET: &str = "\x1b[0m";

impl Ink {
    /// What fits a terminal with colours or without, in UTF-8 or not.
    pub fn new(colour: bool, unicode: bool) -> Self {
        match (unicode, colour) {
            (true, true) => Self::Blocks,
            (true, false) => Self::PlainBlocks,
            (false, true) => Self::Ascii,
            (false, false) => Self::PlainAscii,
        }
    }

    /// The widest quiet zone with which a code fits; see [`Matrix::quiet_zone_within`].
    pub fn quiet_zone_within(self, code: &Matrix, columns: usize, lines: usize) -> Option<usize> {
        match self {
            Self::Blocks | Self::PlainBlocks => code.quiet_zone_within(columns, lines),
            Self::Ascii | Self::PlainAscii => code.quiet_zone_within(columns / 2, lines.div_ceil(2)),
        }
    }

    /// The largest side of a code that fits with a quiet zone of one module.
    pub fn side_within(self, columns: usize, lines: usize) -> usize {
        match self {
            Self::Blocks | Self::PlainBlocks => Matrix::side_within(columns, lines),
            Self::Ascii | Self::PlainAscii => Matrix::side_within(columns / 2, lines.div_ceil(2)),
        }
    }

    /// The cells that a code takes across and down, with a quiet zone of so many modules.
    pub fn cells(self, code: &Matrix, quiet: usize) -> (usize, usize) {
        let (wide, high) = code.cells(quiet);
        match self {
            Self::Blocks | Self::PlainBlocks => (wide, high),
            Self::Ascii | Self::PlainAscii => (2 * wide, wide),
        }
    }
}

/// With what a cell is drawn, where there are colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// Black on white.
    OnWhite,
    /// Black on black: a letter as solid as a block.
    Solid,
    /// In the terminal's own colours.
    Plain,
}

/// The lines of a code, cell by cell: the characters of a cell, or of the two of a module, and their shade.
pub fn cells(code: &Matrix, quiet: usize, ink: Ink) -> Vec<Vec<(&'static str, Shade)>> {
    let rows: Vec<Zeroizing<Vec<bool>>> = code.rows(quiet).collect();
    let ground = if matches!(ink, Ink::Blocks | Ink::Ascii) { Shade::OnWhite } else { Shade::Plain };
    match ink {
        Ink::Blocks | Ink::PlainBlocks => {
            rows.chunks(2).map(|pair| half_blocks(pair).map(|block| (block, ground)).collect()).collect()
        }
        Ink::Ascii | Ink::PlainAscii => {
            let solid = if ink == Ink::Ascii { Shade::Solid } else { Shade::Plain };
            let module = |dark: &bool| if *dark { ("##", solid) } else { ("  ", ground) };
            rows.iter().map(|row| row.iter().map(module).collect()).collect()
        }
    }
}

/// The characters of two rows of modules, the upper and perhaps the lower.
fn half_blocks(rows: &[Zeroizing<Vec<bool>>]) -> impl Iterator<Item = &'static str> {
    let (upper, lower) = (rows.first(), rows.get(1));
    let lower = lower.into_iter().flat_map(|row| row.iter()).chain(std::iter::repeat(&false));
    upper.into_iter().flat_map(|row| row.iter()).zip(lower).map(|dark| match dark {
        (true, true) => "█",
        (true, false) => "▀",
        (false, true) => "▄",
        (false, false) => " ",
    })
}

/// The lines of a code, each with its line end; a terminal shows them as they are.
pub fn draw(code: &Matrix, quiet: usize, ink: Ink) -> Zeroizing<String> {
    let lines = cells(code, quiet, ink);
    // Room for all at once: a buffer that grows leaves copies behind.
    let mut out = Zeroizing::new(String::with_capacity(lines.len() * (lines.len() * 80 + 80)));
    for line in &lines {
        write_line(&mut out, line);
    }
    out
}

/// A line of cells, each colour named once until it changes.
fn write_line(out: &mut String, line: &[(&'static str, Shade)]) {
    let mut current = Shade::Plain;
    for (symbols, shade) in line {
        if *shade != current {
            out.push_str(match shade {
                Shade::OnWhite => BLACK_ON_WHITE,
                Shade::Solid => BLACK_ON_BLACK,
                Shade::Plain => RESET,
            });
            current = *shade;
        }
        out.push_str(symbols);
    }
    if current != Shade::Plain {
        out.push_str(RESET);
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::super::matrix::Redundancy;
    use super::*;

    fn code() -> Matrix {
        Matrix::new("HELLO WORLD", Redundancy::Least).unwrap()
    }

    #[test]
    fn two_modules_are_one_cell_high() {
        let drawn = draw(&code(), 1, Ink::PlainBlocks);
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!((lines.len(), lines[0].chars().count()), (12, 23));
        assert!(lines[0].starts_with(" ▄▄▄▄▄▄▄ "), "{}", lines[0]);
        assert!(lines[1].starts_with(" █ ▄▄▄ █ "), "{}", lines[1]);
        assert_eq!(Ink::Blocks.cells(&code(), 1), (23, 12));
    }

    #[test]
    fn every_line_sets_its_colours_and_gives_them_back() {
        for ink in [Ink::Blocks, Ink::Ascii] {
            let drawn = draw(&code(), 4, ink);
            for line in drawn.lines() {
                assert!(line.starts_with(BLACK_ON_WHITE) && line.ends_with(RESET), "{ink:?}");
            }
        }
        for ink in [Ink::PlainBlocks, Ink::PlainAscii] {
            assert!(!draw(&code(), 4, ink).contains('\x1b'), "{ink:?}");
        }
    }

    #[test]
    fn ascii_takes_two_columns_and_a_line_for_a_module() {
        let drawn = draw(&code(), 1, Ink::PlainAscii);
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!((lines.len(), lines[0].len()), (23, 46));
        assert!(drawn.is_ascii());
        assert!(lines[1].starts_with("  ##############  "), "{}", lines[1]);
        assert_eq!(Ink::Ascii.cells(&code(), 1), (46, 23));
        assert_eq!(Ink::Ascii.quiet_zone_within(&code(), 80, 23), Some(1));
        assert_eq!(Ink::Ascii.quiet_zone_within(&code(), 80, 22), None);
    }
}
