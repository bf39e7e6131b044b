//! Draws the pictures of README from the program itself: `cargo run --example pictures`.
//!
//! The model is the real one, with the devices of `keyfob demo` and a clock that stands still, so that the
//! pictures change only when the screens do. A test compares them with what is committed.

use keyfob::app::keymap::Keymap;
use keyfob::app::{
    Appearance, Effect, Key, KeyPress, Looks, Message, Model, Moment, Options, Outcome, Start,
};
use keyfob::cli::samples;
use keyfob::clock::UnixTime;
use keyfob::state::Remembered;
use keyfob::vault::{Applied, Change, Vault, VaultId, WriterId};
use keyfob::view;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::fmt::Write;
use std::path::Path;
use std::time::Duration;
use zeroize::Zeroizing;

/// 17 seconds before the end of a step.
const NOW: UnixTime = UnixTime(1_795_502_593);
/// Pixels of a cell.
const CELL: (f32, f32) = (8.4, 18.0);

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    for (name, picture) in pictures() {
        std::fs::write(folder.join(name), picture)?;
    }
    Ok(())
}

/// Every picture, by its file's name.
pub fn pictures() -> [(&'static str, String); 3] {
    [
        ("list.svg", picture((100, 24), "")),
        ("enrolment.svg", picture((80, 24), "v")),
        ("list-40x10.svg", picture((40, 10), "")),
    ]
}

fn vault() -> Vault {
    let mut vault = Vault::empty(VaultId(uuid::Uuid::from_u128(1)), WriterId(1));
    for (day, change) in samples::changes().into_iter().enumerate() {
        let at = UnixTime(NOW.0 - 40 * 86_400 + day as u64 * 86_400);
        let _ = vault.apply(&change, at);
    }
    let _ = vault.apply(&Change::Exported { devices: 7 }, UnixTime(NOW.0 - 3 * 86_400));
    vault
}

fn picture(size: (u16, u16), keys: &str) -> String {
    let moment = Moment { now: NOW, uptime: Duration::from_secs(60) };
    let options = Options {
        vault_shown: "~/.local/share/keyfob/vault.age".into(),
        start: Start::Open(Box::new(vault())),
        demo: false,
        aws: true,
        read_only: false,
        appearance: Appearance { colour: true, unicode: true },
        looks: Looks::default(),
        keys: Keymap::default(),
        hide_codes: false,
        blank_unfocused: false,
        clear_clipboard: Duration::from_secs(30),
        idle_lock: Duration::from_secs(300),
        remembered: Remembered::default(),
        rollback: None,
        time_zone: jiff::tz::TimeZone::UTC,
        size,
        moment,
    };
    let (mut model, _) = Model::new(options);
    for key in keys.chars() {
        model.update(Message::Key(KeyPress::plain(Key::Char(key))));
    }
    if keys == "v" {
        for (text, at) in two_codes().iter().zip(0..) {
            model.update(Message::Paste(Zeroizing::new(text.clone())));
            let next = if at == 0 { Key::Tab } else { Key::Enter };
            for effect in model.update(Message::Key(KeyPress::plain(next))) {
                saved(&mut model, effect);
            }
        }
    }
    let area = Rect::new(0, 0, size.0, size.1);
    let mut buffer = Buffer::empty(area);
    view::draw(&model, area, &mut buffer);
    svg(&buffer)
}

/// Answers as the worker does once a change is on disk.
fn saved(model: &mut Model, effect: Effect) {
    if let Effect::Change { change, why } = effect {
        let result = Ok((Applied::default(), Box::new(vault())));
        model.update(Message::Done(Outcome::Changed { change, why, result }));
    }
}

/// The two codes that the first device of the list makes now and next.
fn two_codes() -> [String; 2] {
    let vault = vault();
    let device = vault.devices().find(|device| device.serial.is_some());
    device.map_or_else(Default::default, |device| {
        let next = UnixTime(NOW.0 + 30);
        [NOW, next].map(|at| device.method.code_at(&device.secret, at).to_string())
    })
}

/// A terminal's screen as a picture: dark ground, one text for each run of cells that look alike.
fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let (width, height) = (f32::from(columns) * CELL.0 + 16.0, f32::from(rows) * CELL.1 + 16.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" width=\"{width:.0}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"#16181d\"/>\n"
    );
    for y in 0..rows {
        let mut x = 0;
        while x < columns {
            let start = x;
            let look = |x: u16| look(&buffer[(x, y)]);
            while x < columns && look(x) == look(start) {
                x += 1;
            }
            let text: String = (start..x).map(|x| buffer[(x, y)].symbol()).collect();
            run(&mut out, (start, y), x - start, &text, look(start));
        }
    }
    out.push_str("</svg>\n");
    out
}

/// Foreground, background, bold, faint.
type Look = (&'static str, Option<&'static str>, bool, bool);

fn look(cell: &Cell) -> Look {
    let (text, ground) = (colour(cell.fg).unwrap_or("#d6d9e0"), colour(cell.bg));
    let bold = cell.modifier.contains(Modifier::BOLD);
    let faint = cell.modifier.contains(Modifier::DIM);
    if cell.modifier.contains(Modifier::REVERSED) {
        return (ground.unwrap_or("#16181d"), Some(text), bold, faint);
    }
    (text, ground, bold, faint)
}

fn colour(colour: Color) -> Option<&'static str> {
    match colour {
        Color::Cyan => Some("#6cc3d5"),
        Color::Green => Some("#8fc987"),
        Color::Yellow => Some("#e0b860"),
        Color::Red => Some("#e0717a"),
        Color::DarkGray => Some("#7a808c"),
        _ => None,
    }
}

fn run(out: &mut String, (x, y): (u16, u16), length: u16, text: &str, (fill, ground, bold, faint): Look) {
    let (left, top) = (f32::from(x) * CELL.0 + 8.0, f32::from(y) * CELL.1 + 8.0);
    let width = f32::from(length) * CELL.0;
    if let Some(ground) = ground {
        let _ = writeln!(
            out,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{ground}\"/>",
            CELL.1
        );
    }
    let weight = if bold { " font-weight=\"bold\"" } else { "" };
    let opacity = if faint { " opacity=\"0.6\"" } else { "" };
    // Each word stands at its own place: not every renderer keeps spaces, or a font's width.
    let mut column = 0;
    for word in text.split(' ') {
        let cells = u16::try_from(word.chars().count()).unwrap_or(0);
        if cells > 0 {
            let (left, width) = (left + f32::from(column) * CELL.0, f32::from(cells) * CELL.0);
            let escaped = word.replace('&', "&amp;").replace('<', "&lt;");
            let _ = writeln!(
                out,
                "<text x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{fill}\"{weight}{opacity}>{escaped}</text>",
                top + 13.5
            );
        }
        column += cells + 1;
    }
}
