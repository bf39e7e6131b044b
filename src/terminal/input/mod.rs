//! What the terminal sends, made into messages.
//!
//! [`Parser`] takes bytes in whatever pieces they come and is always in one of a few states, so that a
//! sequence that was cut in two by the network means the same. It knows no clock: [`Parser::patience`] says
//! how long the loop may wait for more before it calls [`Parser::silence`].
//!
//! Passphrases and secrets come through here, so that every buffer is small, bounded and wiped.

mod keys;
mod paste;
mod sequence;

use crate::app::{Key, KeyPress, Message};
use paste::Paste;
use std::time::Duration;
use zeroize::Zeroize;

/// After this much silence an ESC was the Esc key. An arrow key's bytes come closer together than that,
/// over SSH too, since they travel in one packet.
const ESC_ALONE: Duration = Duration::from_millis(40);
/// After this much silence the rest of a sequence no longer comes.
const SEQUENCE_CUT: Duration = Duration::from_millis(250);
/// After this much silence the end of a paste no longer comes: without it the keyboard would stay dead.
const PASTE_CUT: Duration = Duration::from_secs(3);

/// The longest control sequence that is looked at; the longest of ours (a mouse report) has 16 bytes.
const MAX_SEQUENCE: usize = 32;

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;
const CAN: u8 = 0x18;
const SUB: u8 = 0x1a;

/// Bytes in, messages out: keys, pastes, focus and the mouse. Anything else is swallowed whole, so that
/// the answer to a query never acts as keys.
#[derive(Default)]
pub struct Parser {
    state: State,
    held: Held,
    paste: Paste,
}

/// Where in a sequence the parser is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// Between keys.
    #[default]
    Ground,
    /// In a character of this many bytes.
    Character(usize),
    /// After ESC.
    Escape,
    /// After ESC O.
    Ss3,
    /// After ESC [ and perhaps parameters.
    Csi,
    /// In a control sequence that is too long to be one of ours.
    LongCsi,
    /// After ESC [ [: the Linux console's function keys.
    Console,
    /// In the three bytes of an old mouse report: how many are left.
    OldMouse(u8),
    /// In a string (OSC, DCS, APC, PM, SOS) that was begun by this byte; nothing came yet.
    StringStart(u8),
    /// In a string, to its ST or BEL.
    String,
    /// After ESC in a string.
    StringEscape,
    /// In a bracketed paste.
    Paste,
}

/// The bytes of the character or sequence that is not complete yet.
#[derive(Default)]
struct Held {
    bytes: [u8; MAX_SEQUENCE],
    len: usize,
}

impl Held {
    /// Takes one more; whether there was room.
    fn push(&mut self, byte: u8) -> bool {
        let slot = self.bytes.get_mut(self.len);
        self.len += usize::from(slot.is_some());
        slot.map(|slot| *slot = byte).is_some()
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    fn clear(&mut self) {
        self.bytes.zeroize();
        self.len = 0;
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.clear();
    }
}

impl Parser {
    /// Takes what was read. Messages are handed on one by one, not gathered: a list of typed letters
    /// would be a copy of the passphrase.
    pub fn feed(&mut self, bytes: &[u8], on: &mut dyn FnMut(Message)) {
        for &byte in bytes {
            self.byte(byte, on);
        }
    }

    /// How long to wait for the rest of what has begun; none when nothing has.
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            State::Ground => None,
            State::Escape => Some(ESC_ALONE),
            State::Paste => Some(PASTE_CUT),
            _ => Some(SEQUENCE_CUT),
        }
    }

    /// Nothing came for [`Parser::patience`]: what has begun is taken as it is.
    pub fn silence(&mut self, on: &mut dyn FnMut(Message)) {
        let state = std::mem::take(&mut self.state);
        let letter = match state {
            State::Ss3 => Some('O'),
            State::Csi if self.held.bytes().is_empty() => Some('['),
            State::StringStart(introducer) => Some(char::from(introducer)),
            _ => None,
        };
        if state == State::Escape || letter.is_some() {
            on(plain(Key::Esc));
        }
        if let Some(letter) = letter {
            on(plain(Key::Char(letter)));
        }
        if state == State::Paste {
            on(Message::Paste(self.paste.take()));
        }
        self.held.clear();
    }

    fn byte(&mut self, byte: u8, on: &mut dyn FnMut(Message)) {
        match self.state {
            State::Ground => self.begin(byte, on),
            State::Character(needed) => self.character(byte, needed, on),
            State::StringEscape if byte == b'\\' => self.state = State::Ground,
            State::Escape | State::StringEscape => self.escape(byte, on),
            State::Ss3 => {
                self.state = State::Ground;
                match keys::ss3(byte) {
                    Some(key) => on(plain(key)),
                    None if byte < 0x20 => self.begin(byte, on),
                    None => {}
                }
            }
            State::Csi | State::LongCsi => self.csi(byte, on),
            State::Console => {
                self.state = State::Ground;
                if let Some(key) = keys::console(byte) {
                    on(plain(key));
                }
            }
            State::OldMouse(left) => {
                self.state = if left > 1 { State::OldMouse(left - 1) } else { State::Ground };
            }
            State::StringStart(_) | State::String => {
                self.state = match byte {
                    BEL | CAN | SUB => State::Ground,
                    ESC => State::StringEscape,
                    _ => State::String,
                };
            }
            State::Paste => {
                if self.paste.push(byte) {
                    self.state = State::Ground;
                    on(Message::Paste(self.paste.take()));
                }
            }
        }
    }

    /// The first byte of something.
    fn begin(&mut self, byte: u8, on: &mut dyn FnMut(Message)) {
        self.held.clear();
        self.state = State::Ground;
        match byte {
            ESC => self.state = State::Escape,
            0x00..=0x7f => on(Message::Key(keys::ascii(byte))),
            0xc2..=0xf4 => {
                self.held.push(byte);
                let needed = if byte < 0xe0 { 2 } else { 3 + usize::from(byte >= 0xf0) };
                self.state = State::Character(needed);
            }
            _ => {}
        }
    }

    fn character(&mut self, byte: u8, needed: usize, on: &mut dyn FnMut(Message)) {
        if !(0x80..0xc0).contains(&byte) {
            return self.begin(byte, on);
        }
        self.held.push(byte);
        if self.held.len < needed {
            return;
        }
        let letter = std::str::from_utf8(self.held.bytes()).ok().and_then(|text| text.chars().next());
        self.held.clear();
        self.state = State::Ground;
        // U+0080 to U+009F are control characters: nobody has a key for them.
        if let Some(letter) = letter.filter(|letter| !letter.is_control()) {
            on(plain(Key::Char(letter)));
        }
    }

    /// Alt sends ESC first, but nothing is done by Alt and a letter, whereas Esc and the next key often come in
    /// one packet: so that is what they are. Only Alt-Backspace and Alt-Enter are known by that; whoever has no
    /// use for Alt-Enter takes it for Esc and Enter.
    fn escape(&mut self, byte: u8, on: &mut dyn FnMut(Message)) {
        self.held.clear();
        match byte {
            b'[' => self.state = State::Csi,
            b'O' => self.state = State::Ss3,
            b']' | b'P' | b'X' | b'^' | b'_' => self.state = State::StringStart(byte),
            0x08 | 0x7f | b'\r' | b'\n' => {
                self.state = State::Ground;
                on(Message::Key(KeyPress { alt: true, ..keys::ascii(byte) }));
            }
            _ => {
                on(plain(Key::Esc));
                self.begin(byte, on);
            }
        }
    }

    fn csi(&mut self, byte: u8, on: &mut dyn FnMut(Message)) {
        match byte {
            b'[' if self.held.bytes().is_empty() => self.state = State::Console,
            b'M' if self.held.bytes().is_empty() => self.state = State::OldMouse(3),
            0x20..=0x3f => {
                if !self.held.push(byte) {
                    self.state = State::LongCsi;
                }
            }
            0x40..=0x7e => {
                let known = std::mem::take(&mut self.state) == State::Csi;
                match sequence::message(self.held.bytes(), byte) {
                    Some(sequence::Meaning::Paste) if known => self.state = State::Paste,
                    Some(sequence::Meaning::Message(message)) if known => on(message),
                    _ => {}
                }
                self.held.clear();
            }
            CAN | SUB => {
                self.state = State::Ground;
                self.held.clear();
            }
            // Not a part of any sequence: what was begun is given up, this byte counts.
            _ => self.begin(byte, on),
        }
    }
}

fn plain(key: Key) -> Message {
    Message::Key(KeyPress::plain(key))
}

impl std::fmt::Debug for Parser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parser").field("state", &self.state).finish_non_exhaustive()
    }
}
