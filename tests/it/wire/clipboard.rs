//! Where a code goes, and in which wrapping.

use keyfob::terminal::clipboard::osc52::{self, Wrap};
use keyfob::terminal::clipboard::{Multiplexer, Route, Settings};

fn route(variables: &[(&str, &str)]) -> Route {
    Route::of(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
}

fn bytes(text: &str, wrap: Wrap) -> String {
    String::from_utf8(osc52::set(text, wrap).to_vec()).unwrap()
}

/// RFC 4648 §10, and a code.
#[test]
fn texts_are_base64() {
    let table = [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
        ("130774", "MTMwNzc0"),
        ("\u{3bb}>\u{3f}~", "zrs+P34="),
    ];
    for (text, coded) in table {
        assert_eq!(bytes(text, Wrap::Plain), format!("\x1b]52;c;{coded}\x07"));
    }
}

#[test]
fn multiplexers_get_it_wrapped() {
    assert_eq!(bytes("130774", Wrap::Tmux), "\x1bPtmux;\x1b\x1b]52;c;MTMwNzc0\x07\x1b\\");
    assert_eq!(bytes("130774", Wrap::Screen), "\x1bP\x1b]52;c;MTMwNzc0\x07\x1b\\");
    assert_eq!(bytes("", Wrap::Tmux), "\x1bPtmux;\x1b\x1b]52;c;\x07\x1b\\");
}

#[test]
fn screen_gets_pieces_that_it_takes() {
    let text = "x".repeat(3000);
    let wrapped = bytes(&text, Wrap::Screen);
    let pieces: Vec<_> = wrapped.split_inclusive("\x1b\\").collect();
    assert!(pieces.len() > 1 && pieces.iter().all(|piece| piece.len() <= 768));
    let unwrapped: String = pieces
        .iter()
        .map(|piece| piece.strip_prefix("\x1bP").unwrap().strip_suffix("\x1b\\").unwrap())
        .collect();
    assert_eq!(unwrapped, bytes(&text, Wrap::Plain));
}

#[test]
fn remote_terminals_come_before_local_displays() {
    let terminal = |multiplexer| Route::Terminal(multiplexer);
    if cfg!(target_os = "linux") {
        assert_eq!(route(&[]), terminal(Multiplexer::None));
        assert_eq!(route(&[("DISPLAY", "")]), terminal(Multiplexer::None));
        assert_eq!(route(&[("TMUX", "/tmp/tmux-0/default,1,0")]), terminal(Multiplexer::Tmux));
        assert_eq!(route(&[("STY", "1.pts-0.host")]), terminal(Multiplexer::Screen));
    }
    assert_eq!(
        route(&[("SSH_TTY", "/dev/pts/3"), ("DISPLAY", "localhost:10.0")]),
        terminal(Multiplexer::None)
    );
    assert_eq!(route(&[("SSH_CONNECTION", "a 1 b 22"), ("TMUX", "x")]), terminal(Multiplexer::Tmux));
    if cfg!(feature = "system-clipboard") {
        assert_eq!(route(&[("DISPLAY", ":0")]), Route::Local);
        assert_eq!(route(&[("WAYLAND_DISPLAY", "wayland-0"), ("TMUX", "x")]), Route::Local);
    }
}

#[test]
fn tmux_is_asked_and_its_user_told() {
    let wrap = |clipboard, passthrough| Multiplexer::Tmux.wrap(Settings { clipboard, passthrough });
    assert_eq!(wrap(false, true), (Wrap::Tmux, None));
    assert_eq!(wrap(true, true), (Wrap::Tmux, None), "wrapped leaves no copy in tmux");
    assert_eq!(wrap(true, false), (Wrap::Plain, None));
    let (wrap, warning) = wrap(false, false);
    assert_eq!(wrap, Wrap::Plain);
    assert!(warning.unwrap().contains("set-clipboard on"));
    assert_eq!(Multiplexer::Screen.wrap(Settings::default()), (Wrap::Screen, None));
    assert_eq!(Multiplexer::None.wrap(Settings::default()), (Wrap::Plain, None));
}
