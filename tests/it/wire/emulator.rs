//! A terminal emulator as the judge of what we send.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::num::NonZero;
use unicode_width::UnicodeWidthStr;

/// What one cell looks like: its text, colours, and bold, dim, italic, underlined, reversed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Look(pub String, pub vt100::Color, pub vt100::Color, pub [bool; 5]);

pub(super) fn emulator(area: Rect) -> vt100::Parser {
    vt100::Parser::new(side(area.height), side(area.width), 0)
}

pub(super) fn side(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).unwrap()
}

/// The first cell, by column and row, that looks other than it was meant to.
pub(super) fn difference(emulator: &vt100::Parser, buffer: &Buffer) -> Option<String> {
    let (seen, meant) = (seen(emulator, buffer.area), meant(buffer));
    let places =
        (0..buffer.area.height.into()).flat_map(|y| (0..buffer.area.width.into()).map(move |x| (x, y)));
    let differing =
        places.map(|(x, y): (usize, usize)| (x, y, &seen[y][x], &meant[y][x])).find(|cell| cell.2 != cell.3);
    differing.map(|(x, y, seen, meant)| format!("at {x}, {y}: {seen:?} instead of {meant:?}"))
}

/// What the emulator shows, row by row; none for the second half of a wide character.
fn seen(emulator: &vt100::Parser, area: Rect) -> Vec<Vec<Option<Look>>> {
    let cell = |x, y| {
        let cell = emulator.screen().cell(y, x)?;
        let text = if cell.has_contents() { cell.contents().to_owned() } else { " ".into() };
        let attributes = [cell.bold(), cell.dim(), cell.italic(), cell.underline(), cell.inverse()];
        (!cell.is_wide_continuation())
            .then(|| reduced(Look(text, cell.fgcolor(), cell.bgcolor(), attributes)))
    };
    (0..area.height).map(|y| (0..area.width).map(|x| cell(x, y)).collect()).collect()
}

/// What the buffer means, in the same terms.
fn meant(buffer: &Buffer) -> Vec<Vec<Option<Look>>> {
    let width = usize::from(buffer.area.width);
    let row = |cells: &[Cell]| {
        let mut row = Vec::new();
        while row.len() < width {
            let cell = &cells[row.len()];
            let wide = cell.symbol().width() == 2;
            if wide && row.len() + 1 == width {
                // There is no room for it.
                row.push(Some(reduced(look(cell, " "))));
            } else {
                row.push(Some(reduced(look(cell, cell.symbol()))));
                row.extend(wide.then_some(None));
            }
        }
        row
    };
    buffer.content.chunks(width).map(row).collect()
}

fn look(cell: &Cell, text: &str) -> Look {
    let has = |modifier| cell.modifier.contains(modifier);
    let attributes =
        [Modifier::BOLD, Modifier::DIM, Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED];
    Look(text.into(), colour(cell.fg), colour(cell.bg), attributes.map(has))
}

/// On a blank that is neither underlined nor reversed only the background can be seen.
fn reduced(look: Look) -> Look {
    let Look(text, _, background, [_, _, _, underlined, reversed]) = &look;
    if text == " " && !underlined && !reversed {
        return Look(text.clone(), vt100::Color::Default, *background, [false; 5]);
    }
    look
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Reset => vt100::Color::Default,
        Color::Red => vt100::Color::Idx(1),
        Color::Yellow => vt100::Color::Idx(3),
        Color::Cyan => vt100::Color::Idx(6),
        Color::DarkGray => vt100::Color::Idx(8),
        Color::White => vt100::Color::Idx(15),
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        other => panic!("no test draws in {other}"),
    }
}
