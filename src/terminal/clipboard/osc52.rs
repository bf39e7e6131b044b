//! The terminal's own clipboard: xterm's OSC 52, which works through SSH.

use zeroize::Zeroizing;

/// What stands between us and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrap {
    /// Nothing, or something that passes OSC 52 on.
    Plain,
    /// tmux, which passes on what is wrapped (`allow-passthrough`).
    Tmux,
    /// GNU screen, which passes on what is wrapped, in pieces.
    Screen,
}

/// GNU screen takes strings of up to 768 bytes.
const SCREEN_PIECE: usize = 768 - 4;

/// The bytes that put `text` on the terminal's clipboard; an empty text empties it.
pub fn set(text: &str, wrap: Wrap) -> Zeroizing<Vec<u8>> {
    let mut sequence = Zeroizing::new(Vec::with_capacity(text.len() * 2 + 16));
    sequence.extend_from_slice(b"\x1b]52;c;");
    base64(text.as_bytes(), &mut sequence);
    // BEL, since ST would have to be doubled in tmux, and would end the DCS in screen.
    sequence.push(0x07);
    match wrap {
        Wrap::Plain => sequence,
        Wrap::Tmux => tmux(&sequence),
        Wrap::Screen => screen(&sequence),
    }
}

/// tmux's passthrough: a DCS in which each ESC is doubled.
fn tmux(sequence: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut wrapped = Zeroizing::new(Vec::with_capacity(sequence.len() * 2 + 16));
    wrapped.extend_from_slice(b"\x1bPtmux;");
    for &byte in sequence {
        if byte == 0x1b {
            wrapped.push(byte);
        }
        wrapped.push(byte);
    }
    wrapped.extend_from_slice(b"\x1b\\");
    wrapped
}

/// screen's passthrough: a DCS for each piece.
fn screen(sequence: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut wrapped = Zeroizing::new(Vec::with_capacity(sequence.len() + sequence.len() / 64 + 16));
    for piece in sequence.chunks(SCREEN_PIECE) {
        wrapped.extend_from_slice(b"\x1bP");
        wrapped.extend_from_slice(piece);
        wrapped.extend_from_slice(b"\x1b\\");
    }
    wrapped
}

/// RFC 4648 §4, padded.
fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for chunk in bytes.chunks(3) {
        let group =
            chunk.iter().fold(0u32, |group, &byte| group << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for digit in 0..4 {
            let index = group >> (18 - 6 * digit) & 63;
            let letter = ALPHABET.get(index as usize).filter(|_| digit <= chunk.len());
            out.push(*letter.unwrap_or(&b'='));
        }
    }
}
