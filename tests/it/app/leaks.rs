//! Whether a picture shows what it must not, however it is grouped.

use keyfob::device::Device;
use ratatui::buffer::Buffer;
use std::collections::BTreeSet;

/// This much of a secret in a row is no accident. Half of it further on begins the next part that is looked for.
const PART: usize = 12;

/// What must not be drawn of these devices: their secrets in base32 and hexadecimal, in parts.
pub struct Secrets(BTreeSet<String>);

impl Secrets {
    pub fn of<'a>(devices: impl Iterator<Item = &'a Device>) -> Self {
        let mut parts = BTreeSet::new();
        for device in devices {
            let bytes = device.secret.expose(<[u8]>::to_vec);
            let hexadecimal = bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().concat();
            for whole in [device.secret.to_base32().to_uppercase(), hexadecimal] {
                let starts = (0..=whole.len().saturating_sub(PART)).step_by(PART / 2);
                parts.extend(starts.map(|start| whole[start..whole.len().min(start + PART)].to_owned()));
            }
        }
        Self(parts)
    }

    /// A part that is drawn, whatever stands between its letters.
    pub fn drawn(&self, buffer: &Buffer) -> Option<&str> {
        let drawn = letters(buffer);
        self.0.iter().map(String::as_str).find(|part| drawn.contains(part))
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
    assert!(drawn("a gezd gnbv-gy3t qojq gezd b"));
    assert!(drawn("GEZDGNB\nVGY3TQOJQGEZD"));
    assert!(drawn("31:32:33:34:35:36:37:38"));
    assert!(!drawn("GEZD 444 041 GNBV 800 089"));
    assert!(shows(&Buffer::with_lines(["c0rrect hor", "se"]), "C0rrect-horse"));
}
