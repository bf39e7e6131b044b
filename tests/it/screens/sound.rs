//! What is true of every picture, whatever is on it.

use crate::app::leaks::Secrets;
use crate::app::stage::{Stage, lines};
use keyfob::app::{Row, layout};
use keyfob::clock::UnixTime;
use keyfob::device::Device;
use ratatui::buffer::Buffer;

/// What is wrong with a picture, if anything: a character that the terminal can't draw, a frame that is not
/// closed, a code that is cut, a secret.
pub fn fault(stage: &Stage, secrets: &Secrets, ascii: bool) -> Option<String> {
    let (buffer, cursor) = stage.buffer();
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    if ascii && buffer.content().iter().any(|cell| !cell.symbol().is_ascii()) {
        return Some("it is not all ASCII".to_owned());
    }
    let last = |y: &u16| keyfob::text::width(buffer[(columns - 1, *y)].symbol()) > 1;
    if columns > 0 && (0..rows).any(|y| last(&y)) {
        return Some("a row is too wide".to_owned());
    }
    if cursor.is_some_and(|at| at.x >= columns || at.y >= rows) {
        return Some(format!("the cursor is at {cursor:?}"));
    }
    if let Some(leaked) = secrets.drawn(&buffer) {
        return Some(format!("{leaked} of a secret is drawn"));
    }
    if layout::is_too_small((columns, rows)) {
        let says = rows == 0 || columns < 9 || lines(&buffer).contains("too small");
        return (!says).then(|| "it does not say too small".to_owned());
    }
    open_frame(&buffer).or_else(|| cut_code(stage, &buffer))
}

/// What begins with a frame at the left edge ends with one at the right.
fn open_frame(buffer: &Buffer) -> Option<String> {
    let side = |symbol: &str| matches!(symbol, "│" | "|" | "╭" | "╰" | "╮" | "╯" | "+");
    let right = buffer.area.width - 1;
    let open = |y: &u16| side(buffer[(0, *y)].symbol()) && !side(buffer[(right, *y)].symbol());
    // The signs of notices stand in the second column, not in the first.
    (0..buffer.area.height).find(open).map(|y| format!("row {y} has a frame at one side only"))
}

/// On the list, each device's row ends with all of its code.
fn cut_code(stage: &Stage, buffer: &Buffer) -> Option<String> {
    let open = stage.model.open().filter(|open| open.dialog.is_none() && !stage.model.is_helping())?;
    let layout = stage.model.layout();
    let pane = layout.list.filter(|_| stage.model.question().is_none())?.inside(layout.framed);
    let shown = pane.height.min(u16::try_from(open.list.rows().len()).unwrap_or(u16::MAX));
    let hidden = |code: &str| code.chars().map(|c| if c == ' ' { ' ' } else { '•' }).collect::<String>();
    let endings = |device: &Device| {
        let code = device.code_at(UnixTime(stage.now)).grouped();
        let taken = open.taken_code(device).map_or_else(|| "enter".to_owned(), |code| code.grouped());
        let mut all = vec![hidden(&code), hidden(&code).replace('•', "*"), code];
        if device.method.counter().is_some() {
            all = vec![taken];
        }
        if !device.has_secret() {
            all = vec!["token".to_owned()];
        }
        all
    };
    let whole: Vec<String> = open.vault.devices().flat_map(endings).collect();
    let row = |y: u16| (pane.x..pane.x + pane.width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    let ends = |row: &str, code: &str| row.strip_suffix(code).is_some_and(|before| before.ends_with(' '));
    let is_heading = |y: &u16| {
        let at = open.list.top() + usize::from(y - pane.y);
        matches!(open.list.rows().get(at), Some(Row::Heading(_)))
    };
    let cut = |row: &String| !whole.iter().any(|code| ends(row.trim_end(), code));
    let devices = (pane.y..pane.y + shown).filter(|y| !is_heading(y));
    devices.map(row).find(cut).map(|row| format!("a row ends with no whole code: {row:?}"))
}
