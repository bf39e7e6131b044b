//! Whether a picture shows what it must not, however it is grouped.

use keyfob::device::Device;
use ratatui::buffer::Buffer;
use std::collections::HashSet;

/// This much of a secret in a row is no accident.
const PART: usize = 12;

/// What must not be drawn of these devices: every part of their secrets, in base32 and hexadecimal.
pub struct Secrets(HashSet<Vec<u8>>);

impl Secrets {
    pub fn of<'a>(devices: impl Iterator<Item = &'a Device>) -> Self {
        let mut parts = HashSet::new();
        for device in devices {
            let bytes = device.secret.expose(<[u8]>::to_vec);
            let hexadecimal = bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().concat();
            for whole in [device.secret.to_base32().to_uppercase(), hexadecimal] {
                parts.extend(whole.as_bytes().windows(PART).map(<[u8]>::to_vec));
            }
        }
        Self(parts)
    }

    /// A part that is drawn, whatever stands between its letters.
    pub fn drawn(&self, buffer: &Buffer) -> Option<String> {
        let drawn = letters(buffer);
        let found = drawn.as_bytes().windows(PART).find(|window| self.0.contains(*window))?;
        Some(String::from_utf8_lossy(found).into_owned())
    }
}

/// Whether a text that was typed where nothing may be seen is drawn.
pub fn shows(buffer: &Buffer, typed: &str) -> bool {
    letters(buffer).contains(&capitals(typed.chars()))
}

fn letters(buffer: &Buffer) -> String {
    capitals(buffer.content().iter().flat_map(|cell| cell.symbol().chars()))
}

fn capitals(letters: impl Iterator<Item = char>) -> String {
    letters.filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

#[test]
fn a_secret_is_found_however_it_is_written() {
    let stage = super::stage::Stage::open();
    let secrets = Secrets::of(stage.vault.devices());
    let drawn = |text: &str| secrets.drawn(&Buffer::with_lines(text.lines())).is_some();
    assert!(drawn("a gezd gnbv-gy3t qojq b"));
    assert!(drawn("GEZDGNB\nVGY3TQ"));
    assert!(drawn("31:32:33:34:35:36:37"));
    assert!(!drawn("GEZD 444 041 GNBV 800 089"));
    assert!(shows(&Buffer::with_lines(["c0rrect hor", "se"]), "C0rrect-horse"));
}
