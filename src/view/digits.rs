//! Codes in large characters, three rows high.

use super::canvas::{Canvas, cells_of};
use super::theme::Role;

/// A character's three rows, for terminals that know half blocks.
const BLOCKS: &[(char, [&str; 3])] = &[
    ('0', ["█▀▀█", "█  █", "▀▀▀▀"]),
    ('1', [" ▀█ ", "  █ ", " ▀▀▀"]),
    ('2', ["▀▀▀█", "█▀▀▀", "▀▀▀▀"]),
    ('3', ["▀▀▀█", " ▀▀█", "▀▀▀▀"]),
    ('4', ["█  █", "▀▀▀█", "   ▀"]),
    ('5', ["█▀▀▀", "▀▀▀█", "▀▀▀▀"]),
    ('6', ["█▀▀▀", "█▀▀█", "▀▀▀▀"]),
    ('7', ["▀▀▀█", "   █", "   ▀"]),
    ('8', ["█▀▀█", "█▀▀█", "▀▀▀▀"]),
    ('9', ["█▀▀█", "▀▀▀█", "▀▀▀▀"]),
    (' ', ["  ", "  ", "  "]),
    ('B', ["█▀▀▄", "█▀▀▄", "▀▀▀ "]),
    ('C', ["█▀▀▀", "█   ", "▀▀▀▀"]),
    ('D', ["█▀▀▄", "█  █", "▀▀▀ "]),
    ('F', ["█▀▀▀", "█▀▀ ", "▀   "]),
    ('G', ["█▀▀▀", "█ ▀█", "▀▀▀▀"]),
    ('H', ["█  █", "█▀▀█", "▀  ▀"]),
    ('J', ["   █", "▄  █", "▀▀▀▀"]),
    ('K', ["█ ▄▀", "█▀▄ ", "▀  ▀"]),
    ('M', ["█▄ ▄█", "█ ▀ █", "▀   ▀"]),
    ('N', ["█▄  █", "█ ▀▄█", "▀   ▀"]),
    ('P', ["█▀▀█", "█▀▀▀", "▀   "]),
    ('Q', ["█▀▀█", "█  █", "▀▀█▄"]),
    ('R', ["█▀▀█", "█▀█▀", "▀  ▀"]),
    ('T', ["▀▀█▀▀", "  █  ", "  ▀  "]),
    ('V', ["█   █", " █ █ ", "  ▀  "]),
    ('W', ["█   █", "█ █ █", " ▀ ▀ "]),
    ('X', ["▀▄ ▄▀", " ▄▀▄ ", "▀   ▀"]),
    ('Y', ["▀▄ ▄▀", "  █  ", "  ▀  "]),
];

/// The digits in ASCII, as on a pocket calculator. It has no such letters.
const SEGMENTS: &[(char, [&str; 3])] = &[
    ('0', [" _ ", "| |", "|_|"]),
    ('1', ["   ", "  |", "  |"]),
    ('2', [" _ ", " _|", "|_ "]),
    ('3', [" _ ", " _|", " _|"]),
    ('4', ["   ", "|_|", "  |"]),
    ('5', [" _ ", "|_ ", " _|"]),
    ('6', [" _ ", "|_ ", "|_|"]),
    ('7', [" _ ", "  |", "  |"]),
    ('8', [" _ ", "|_|", "|_|"]),
    ('9', [" _ ", "|_|", " _|"]),
    (' ', [" ", " ", " "]),
];

/// The three rows of a code, when all of its characters are there and it fits in so many cells.
pub(super) fn rows(grouped: &str, unicode: bool, cells: u16) -> Option<[String; 3]> {
    let table = if unicode { BLOCKS } else { SEGMENTS };
    let mut rows: [String; 3] = Default::default();
    for character in grouped.chars() {
        let (_, glyph) = table.iter().find(|(known, _)| *known == character)?;
        for (row, part) in rows.iter_mut().zip(glyph) {
            if !row.is_empty() {
                row.push(' ');
            }
            row.push_str(part);
        }
    }
    (rows.iter().map(|row| cells_of(row)).max()? <= cells).then_some(rows)
}

/// Draws the three rows.
pub(super) fn draw(canvas: &mut Canvas<'_>, x: u16, y: u16, rows: &[String; 3], role: Role) {
    for (row, at) in rows.iter().zip(y..) {
        canvas.sign(x, at, row, role);
    }
}
