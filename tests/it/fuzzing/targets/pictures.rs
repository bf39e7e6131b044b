//! Pictures of QR codes, read and drawn.

use super::{lossy, secrecy};
use keyfob::picture::{MAX_CODES, decode};
use keyfob::qr::{Ink, Matrix, QUIET, Redundancy, cells, draw, to_png, to_svg};
use keyfob::text::width;

/// A picture, as the child process reads it.
pub fn decoded(bytes: &[u8]) {
    match decode(bytes) {
        Ok(texts) => {
            assert!(texts.len() <= MAX_CODES);
            if !texts.is_empty() {
                let _ = keyfob::exchange::from_codes(&texts);
            }
        }
        Err(error) => secrecy::keeps(&error, bytes),
    }
}

/// A text, drawn in every way there is, and read by another's decoder.
pub fn drawn(bytes: &[u8]) {
    let text = lossy(bytes);
    for redundancy in [Redundancy::Least, Redundancy::Paper] {
        let Some(code) = Matrix::new(&text, redundancy) else { continue };
        for (colour, unicode) in [(true, true), (true, false), (false, true), (false, false)] {
            let ink = Ink::new(colour, unicode);
            let (wide, high) = ink.cells(&code, QUIET);
            let rows = cells(&code, QUIET, ink);
            assert_eq!(rows.len(), high);
            assert!(rows.iter().all(|row| row.iter().map(|cell| width(cell.0)).sum::<usize>() == wide));
            assert!(draw(&code, QUIET, ink).lines().count() >= high);
        }
        assert!(to_svg(&code).starts_with("<svg"));
        assert!(!to_png(&code).unwrap().is_empty());
        assert_eq!(read_back(&code).as_deref(), Some(&*text));
    }
}

fn read_back(code: &Matrix) -> Option<String> {
    let rows: Vec<_> = code.rows(0).collect();
    let grid = rqrr::SimpleGrid::from_func(code.side(), |x, y| rows[y][x]);
    let mut out = Vec::new();
    rqrr::Grid::new(grid).decode_to(&mut out).ok()?;
    String::from_utf8(out).ok()
}
