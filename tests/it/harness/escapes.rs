//! What a program wrote to its terminal, taken apart into control sequences.

use std::collections::BTreeMap;

/// One control sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sequence {
    /// `ESC [`, parameters (with a leading `?`, `>`, `<` or `=` where there is one), final byte.
    Csi(String, char),
    /// `ESC ]` to its end.
    Osc(Vec<u8>),
    /// `ESC P` to its end.
    Dcs(Vec<u8>),
}

/// All control sequences, in order. What tmux is asked to pass through is looked into.
pub fn sequences(raw: &[u8]) -> Vec<Sequence> {
    let mut found = Vec::new();
    let mut at = 0;
    while at + 1 < raw.len() {
        let rest = &raw[at + 2..];
        let length = match (raw[at], raw[at + 1]) {
            (0x1b, b'[') => csi(rest, &mut found),
            (0x1b, b']') => string(rest, |body| found.push(Sequence::Osc(body))),
            (0x1b, b'P') => string(rest, |body| dcs(body, &mut found)),
            _ => {
                at += 1;
                continue;
            }
        };
        at += 2 + length;
    }
    found
}

fn csi(rest: &[u8], found: &mut Vec<Sequence>) -> usize {
    let end = rest.iter().position(|b| (0x40..=0x7e).contains(b) || *b == 0x1b).unwrap_or(rest.len());
    if rest.get(end) == Some(&0x1b) {
        // One that was cut off by the next, as when a stop comes in the middle of a frame.
        return end;
    }
    if let Some(last) = rest.get(end) {
        found.push(Sequence::Csi(String::from_utf8_lossy(&rest[..end]).into_owned(), char::from(*last)));
    }
    (end + 1).min(rest.len())
}

/// A string ends with BEL or `ESC \`. Inside tmux's passthrough every ESC is doubled.
fn string(rest: &[u8], take: impl FnOnce(Vec<u8>)) -> usize {
    let mut at = 0;
    while at < rest.len() {
        let ends = match (rest[at], rest.get(at + 1)) {
            (0x07, _) if !rest.starts_with(b"tmux;") => 1,
            (0x1b, Some(0x1b)) => {
                at += 2;
                continue;
            }
            (0x1b, Some(b'\\')) => 2,
            _ => 0,
        };
        if ends > 0 {
            take(rest[..at].to_vec());
            return at + ends;
        }
        at += 1;
    }
    rest.len()
}

fn dcs(body: Vec<u8>, found: &mut Vec<Sequence>) {
    if let Some(wrapped) = body.strip_prefix(b"tmux;") {
        let mut inner = wrapped.to_vec();
        inner.dedup_by(|second, first| *second == 0x1b && *first == 0x1b);
        found.extend(sequences(&inner));
    }
    found.push(Sequence::Dcs(body));
}

/// The texts that OSC 52 put on the clipboard, in order; an empty one clears it.
pub fn clipboard(raw: &[u8]) -> Vec<String> {
    let texts = sequences(raw).into_iter().filter_map(|sequence| {
        let Sequence::Osc(body) = sequence else { return None };
        let text = String::from_utf8(body).ok()?;
        let (_, base64) = text.strip_prefix("52;")?.split_once(';')?;
        Some(from_base64(base64))
    });
    texts.collect()
}

/// What is no base64 clears the clipboard, just as nothing does.
fn from_base64(text: &str) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bits = 0u32;
    let mut held = 0;
    let mut bytes = Vec::new();
    for byte in text.trim_end_matches('=').bytes() {
        let Some(value) = ALPHABET.iter().position(|known| *known == byte) else { return String::new() };
        bits = bits << 6 | u32::try_from(value).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).unwrap());
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The colours that were asked for: every SGR parameter that sets one.
pub fn colours(raw: &[u8]) -> Vec<String> {
    let sets_colour = |parameter: &str| {
        let number: u32 = parameter.split(':').next().and_then(|first| first.parse().ok()).unwrap_or(0);
        matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107 | 58)
    };
    let all = sequences(raw).into_iter().filter_map(|sequence| match sequence {
        Sequence::Csi(parameters, 'm') if parameters.split(';').any(sets_colour) => Some(parameters),
        _ => None,
    });
    all.collect()
}

/// The modes that the program leaves behind in the terminal, each in words; none when all is as before.
pub fn left_set(raw: &[u8]) -> Vec<String> {
    let mut private = BTreeMap::new();
    let (mut keyboard, mut other_keys, mut colour, mut region) = (0i32, false, String::new(), false);
    for sequence in sequences(raw) {
        let Sequence::Csi(parameters, last) = sequence else { continue };
        match (parameters.chars().next(), last) {
            (Some('?'), 'h' | 'l') => {
                private.extend(parameters[1..].split(';').map(|mode| (mode.to_owned(), last == 'h')));
            }
            (Some('>'), 'u') => keyboard += 1,
            (Some('<'), 'u') => keyboard -= 1,
            (Some('>'), 'm') => other_keys = !matches!(parameters.as_str(), ">4" | ">4;0" | ">"),
            (_, 'm') => colour = parameters,
            // tmux leaves one from the first row to the last, whose number is not known here. keyfob sets none.
            (_, 'r') => region = !(parameters.is_empty() || parameters.starts_with("1;")),
            _ => {}
        }
    }
    // A hidden cursor (25) and switched-off wrapping (7) are left by an `l`, all others by an `h`.
    let left = |(mode, on): (String, bool)| {
        let normal = matches!(mode.as_str(), "7" | "25");
        (on != normal).then(|| format!("?{mode}{}", if on { 'h' } else { 'l' }))
    };
    let mut all: Vec<String> = private.into_iter().filter_map(left).collect();
    all.extend((keyboard > 0).then(|| "keyboard protocol".to_owned()));
    all.extend(other_keys.then(|| "modifyOtherKeys".to_owned()));
    all.extend((!is_plain(&colour)).then(|| format!("colours {colour}")));
    all.extend(region.then(|| "scroll region".to_owned()));
    all
}

/// Whether an SGR sequence ends with everything back to normal.
fn is_plain(parameters: &str) -> bool {
    let resets = |p: &str| matches!(p, "" | "0" | "39" | "49" | "59");
    parameters.split(';').all(resets) || parameters.ends_with(";0")
}
