//! Which cells differ, and how to get over those that do not.

use super::glyph::Glyph;
use super::writer::Writer;
use ratatui::buffer::{Buffer, Cell};

/// A row as glyphs: none where a column belongs to the wide glyph before it.
type Row<'a> = Vec<Option<Glyph<'a>>>;

/// What erasing to the end of the row costs.
const ERASE: usize = 3;

/// From so many cells on, erasing within a row (ECH) is shorter than blanks where nothing more of the row has to be
/// written, and where the cursor, which erasing leaves behind, has to follow.
const ERASED: [u16; 2] = [6, 11];

/// Writes what makes `shown` look like `next`. Both have the same size.
pub(super) fn rows(shown: &Buffer, next: &Buffer, writer: &mut Writer) {
    let width = usize::from(next.area.width).max(1);
    let rows = shown.content.chunks(width).zip(next.content.chunks(width));
    for (y, (old, new)) in (0u16..).zip(rows) {
        if old != new {
            row(&glyphs(old), &glyphs(new), y, writer);
        }
    }
}

fn glyphs(cells: &[Cell]) -> Row<'_> {
    let mut row = Row::with_capacity(cells.len());
    for (index, cell) in cells.iter().enumerate() {
        if row.len() > index {
            continue; // covered by a wide one
        }
        let glyph = Glyph::of(cell, u16::try_from(cells.len() - index).unwrap_or(u16::MAX));
        row.push(Some(glyph));
        row.resize(index + usize::from(glyph.width), None);
    }
    row
}

/// A glyph has to be written where another one, or a part of one, was. With wide glyphs that is enough: who
/// covers a half of another's cells also changes that one's first cell or its last.
fn row(old: &Row<'_>, new: &Row<'_>, y: u16, writer: &mut Writer) {
    let changed =
        |&(_, (was, is)): &(u16, (&Option<Glyph<'_>>, &Option<Glyph<'_>>))| is.is_some() && was != is;
    let differing = || (0u16..).zip(old.iter().zip(new)).filter(changed);
    let Some((last, _)) = differing().last() else { return };
    let used =
        new.iter().rposition(|glyph| glyph.is_none_or(|glyph| !glyph.is_erased())).map_or(0, |at| at + 1);
    let mut done = 0;
    for (x, (_, glyph)) in differing() {
        let Some(glyph) = glyph.as_ref().filter(|_| x >= done) else { continue };
        let blanks = usize::from(last - x) + 1;
        if usize::from(x) >= used && blanks > ERASE {
            writer.go(x, y);
            writer.erase_to_end();
            return;
        }
        reach(new, x, y, writer);
        let run = erased_from(old, new, x);
        let [last_of_row, more] = ERASED;
        if run >= if x + run > last { last_of_row } else { more } {
            writer.erase(run);
            done = x + run;
        } else {
            writer.glyph(glyph);
        }
    }
}

/// How many cells in a row look erased from column `x` on, up to the last of them that differs.
fn erased_from(old: &Row<'_>, new: &Row<'_>, x: u16) -> u16 {
    let cells = old.iter().zip(new).skip(usize::from(x));
    let run = cells.take_while(|(_, is)| is.is_some_and(|glyph| glyph.is_erased()));
    (1u16..).zip(run).filter(|(_, (was, is))| was != is).last().map_or(0, |(count, _)| count)
}

/// Puts the cursor at column `x`: over cells that stay as they are by writing them again, where that is shorter.
fn reach(new: &Row<'_>, x: u16, y: u16, writer: &mut Writer) {
    if let Some(from) = writer.column_in(y).filter(|&from| from < x)
        && let Some(between) = new.get(usize::from(from)..usize::from(x))
        && between.len() <= 3
        && between.iter().flatten().all(|glyph| glyph.width == 1 && glyph.is_plain() && writer.fits(glyph))
        && between.iter().flatten().map(|glyph| glyph.text.len()).sum::<usize>() < writer.step_to(x, y).len()
    {
        between.iter().flatten().for_each(|glyph| writer.glyph(glyph));
        return;
    }
    if writer.column_in(y) != Some(x) {
        writer.go(x, y);
    }
}
