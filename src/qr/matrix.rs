//! The modules of a QR code (ISO/IEC 18004), before they are drawn.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt;
use zeroize::Zeroizing;

/// The quiet zone that the standard asks for around a code, in modules.
pub const QUIET: usize = 4;

/// How much of a code may be unreadable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redundancy {
    /// 7 %: the smallest code, for screens.
    Least,
    /// 15 %: for paper, which gets folded.
    Paper,
}

impl Redundancy {
    fn level(self) -> EcLevel {
        match self {
            Self::Least => EcLevel::L,
            Self::Paper => EcLevel::M,
        }
    }
}

/// A QR code: a square of dark and light modules.
#[derive(Clone, PartialEq, Eq)]
pub struct Matrix {
    side: usize,
    dark: Zeroizing<Vec<bool>>,
}

impl Matrix {
    /// The code of a text; none when it is too long for any.
    pub fn new(text: &str, redundancy: Redundancy) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, redundancy.level()).ok()?;
        let colours = code.to_colors().into_iter();
        Some(Self {
            side: code.width(),
            dark: Zeroizing::new(colours.map(|colour| colour == Color::Dark).collect()),
        })
    }

    /// How many modules the code of a text is wide and high, without making it; none when it is too long for any.
    pub fn side_of(text: &str, redundancy: Redundancy) -> Option<usize> {
        let bits = qrcode::bits::encode_auto(text.as_bytes(), redundancy.level()).ok()?;
        usize::try_from(bits.version().width()).ok()
    }

    /// The smallest code of texts that mean the same.
    pub fn smallest<'a>(texts: impl IntoIterator<Item = &'a str>, redundancy: Redundancy) -> Option<Self> {
        texts.into_iter().filter_map(|text| Self::new(text, redundancy)).min_by_key(Self::side)
    }

    /// How many modules it is wide and high, without a quiet zone.
    pub fn side(&self) -> usize {
        self.side
    }

    /// The rows of modules from the top, in a quiet zone of so many modules; `true` is dark.
    pub fn rows(&self, quiet: usize) -> impl Iterator<Item = Zeroizing<Vec<bool>>> {
        let all = self.side + 2 * quiet;
        (0..all).map(move |y| {
            let row = y.checked_sub(quiet).map_or(&[][..], |y| self.row(y));
            let mut padded = Zeroizing::new(vec![false; all]);
            for (to, from) in padded.iter_mut().skip(quiet).zip(row) {
                *to = *from;
            }
            padded
        })
    }

    fn row(&self, y: usize) -> &[bool] {
        self.dark.chunks_exact(self.side).nth(y).unwrap_or_default()
    }

    /// The largest side of a code that fits, with a quiet zone of one module, where [`Matrix::quiet_zone_within`] is asked.
    pub fn side_within(columns: usize, lines: usize) -> usize {
        columns.min(2 * lines).saturating_sub(2)
    }

    /// The widest quiet zone with which it fits where two modules are one cell high and one is one cell wide:
    /// [`QUIET`] modules or fewer, as most readers take less. None when it does not fit with any.
    pub fn quiet_zone_within(&self, columns: usize, lines: usize) -> Option<usize> {
        (1..=QUIET).rev().find(|quiet| {
            let (wide, high) = self.cells(*quiet);
            wide <= columns && high <= lines
        })
    }

    /// How many cells it takes, across and down, with a quiet zone of so many modules.
    pub fn cells(&self, quiet: usize) -> (usize, usize) {
        let all = self.side + 2 * quiet;
        (all, all.div_ceil(2))
    }
}

impl fmt::Debug for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Matrix({0}x{0})", self.side)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_finders_and_a_quiet_zone() {
        let code = Matrix::new("HELLO WORLD", Redundancy::Least).unwrap();
        assert_eq!(code.side(), 21);
        let rows: Vec<_> = code.rows(2).collect();
        assert_eq!(rows.len(), 25);
        assert!(rows[..2].iter().chain(&rows[23..]).all(|row| row.iter().all(|dark| !dark)));
        // The finder: seven dark modules from the corner, then a light one.
        assert_eq!(rows[2][..11], [&[false; 2][..], &[true; 7], &[false; 2]].concat());
    }

    #[test]
    fn a_text_is_too_long_at_some_point_and_redundancy_costs_room() {
        for length in [1, 100, 2953, 2954] {
            let text = "x".repeat(length);
            let side = Matrix::new(&text, Redundancy::Least).map(|code| code.side());
            assert_eq!(Matrix::side_of(&text, Redundancy::Least), side, "{length}");
        }
        assert!(Matrix::new(&"x".repeat(2953), Redundancy::Least).is_some());
        assert!(Matrix::new(&"x".repeat(2954), Redundancy::Least).is_none());
        let [least, paper] = [Redundancy::Least, Redundancy::Paper].map(|r| Matrix::new(&"x".repeat(100), r));
        assert!(least.unwrap().side() < paper.unwrap().side());
    }

    #[test]
    fn the_quiet_zone_shrinks_before_the_code_is_refused() {
        let code = Matrix::new(&"x".repeat(130), Redundancy::Least).unwrap();
        assert_eq!(code.side(), 41);
        let cases = [((80, 25), Some(4)), ((80, 24), Some(3)), ((80, 23), Some(2)), ((43, 22), Some(1))];
        for ((columns, lines), quiet) in cases {
            assert_eq!(code.quiet_zone_within(columns, lines), quiet, "{columns}x{lines}");
        }
        for (columns, lines) in [(80, 22), (80, 21), (43, 80), (42, 80)] {
            let fits = code.quiet_zone_within(columns, lines).is_some();
            assert_eq!(code.side() <= Matrix::side_within(columns, lines), fits, "{columns}x{lines}");
        }
        assert_eq!(code.quiet_zone_within(80, 21), None);
        assert_eq!(code.quiet_zone_within(42, 80), None);
    }

    #[test]
    fn debug_shows_nothing() {
        let code = Matrix::new("secret", Redundancy::Least).unwrap();
        assert_eq!(format!("{code:?}"), "Matrix(21x21)");
    }
}
