//! Where a code goes, and in which wrapping.

use keyfob::terminal::clipboard::osc52::{self, Wrap};
use keyfob::terminal::clipboard::{Choice, Multiplexer, Obstacle, Route, Settings};

fn look_up(variables: &[(&str, &str)], name: &str) -> Option<String> {
    variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
}

#[cfg(all(target_os = "linux", feature = "system-clipboard"))]
fn route(choice: Choice, variables: &[(&str, &str)]) -> Route {
    Route::of(choice, |name| look_up(variables, name))
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

type Variables = &'static [(&'static str, &'static str)];

const LOCAL_X11: Variables = &[("DISPLAY", ":0"), ("TERM", "xterm-256color")];
const LOCAL_WAYLAND: Variables = &[("WAYLAND_DISPLAY", "wayland-0"), ("TERM", "foot")];
const LOCAL_IN_TMUX: Variables =
    &[("DISPLAY", ":0"), ("TMUX", "/tmp/tmux-0/default,1,0"), ("TERM", "tmux-256color")];
const NO_DISPLAY: Variables = &[("DISPLAY", ""), ("TERM", "xterm-256color")];
const CONSOLE: Variables = &[("TERM", "linux")];
const CONSOLE_IN_TMUX: Variables = &[("TERM", "tmux-256color"), ("TMUX", "x")];
const SSH: Variables =
    &[("SSH_CONNECTION", "a 1 b 22"), ("SSH_TTY", "/dev/pts/3"), ("TERM", "xterm-256color")];
const SSH_WITH_X11: Variables =
    &[("SSH_TTY", "/dev/pts/3"), ("DISPLAY", "localhost:10.0"), ("TERM", "xterm")];
const SSH_FROM_A_CONSOLE: Variables = &[("SSH_CONNECTION", "a 1 b 22"), ("TERM", "linux")];
const SSH_IN_TMUX: Variables = &[("SSH_CONNECTION", "a 1 b 22"), ("TMUX", "x"), ("TERM", "tmux-256color")];
const SSH_IN_SCREEN: Variables =
    &[("SSH_CONNECTION", "a 1 b 22"), ("STY", "1.pts-0.host"), ("TERM", "screen")];
const SCREEN: Variables = &[("STY", "1.pts-0.host"), ("TERM", "screen")];
/// mosh says nothing of itself: what is left is that of the ssh that started it.
const MOSH: Variables = SSH;

/// docs/clipboard.md's first table: what is tried for `auto`, `osc52` and `system`.
#[cfg(all(target_os = "linux", feature = "system-clipboard"))]
#[test]
fn where_codes_go_is_the_settings_and_the_environments_to_say() {
    use Multiplexer::{None as Bare, Screen, Tmux};
    let terminal = Route::Terminal;
    let (no_display, no_clipboard) = (Route::Nowhere(Obstacle::NoDisplay), Route::Nowhere(Obstacle::Console));
    let table: &[(&str, Variables, [Route; 3])] = &[
        ("X11", LOCAL_X11, [Route::Local, terminal(Bare), Route::OnlyLocal]),
        ("Wayland", LOCAL_WAYLAND, [Route::Local, terminal(Bare), Route::OnlyLocal]),
        ("X11, tmux", LOCAL_IN_TMUX, [Route::Local, terminal(Tmux), Route::OnlyLocal]),
        ("no display", NO_DISPLAY, [terminal(Bare), terminal(Bare), no_display]),
        ("console", CONSOLE, [no_clipboard, terminal(Bare), no_display]),
        ("console, tmux", CONSOLE_IN_TMUX, [terminal(Tmux), terminal(Tmux), no_display]),
        ("screen", SCREEN, [terminal(Screen), terminal(Screen), no_display]),
        ("ssh", SSH, [terminal(Bare), terminal(Bare), no_display]),
        ("ssh -X", SSH_WITH_X11, [terminal(Bare), terminal(Bare), Route::OnlyLocal]),
        ("ssh, console", SSH_FROM_A_CONSOLE, [no_clipboard, terminal(Bare), no_display]),
        ("ssh, tmux", SSH_IN_TMUX, [terminal(Tmux), terminal(Tmux), no_display]),
        ("ssh, screen", SSH_IN_SCREEN, [terminal(Screen), terminal(Screen), no_display]),
        ("mosh", MOSH, [terminal(Bare), terminal(Bare), no_display]),
    ];
    for (name, variables, routes) in table {
        let found = [Choice::Auto, Choice::Osc52, Choice::System].map(|choice| route(choice, variables));
        assert_eq!(found, *routes, "{name}");
        assert_eq!(route(Choice::Off, variables), Route::Nowhere(Obstacle::Off), "{name}");
    }
}

#[test]
fn a_command_that_ends_at_once_leaves_the_display_alone() {
    let of = |choice, variables: Variables| Route::of_command(choice, |name| look_up(variables, name));
    assert_eq!(of(Choice::Auto, LOCAL_X11), Route::Terminal(Multiplexer::None));
    assert_eq!(of(Choice::Auto, SSH_IN_TMUX), Route::Terminal(Multiplexer::Tmux));
    assert_eq!(of(Choice::Off, SSH), Route::Nowhere(Obstacle::Off));
    if cfg!(feature = "system-clipboard") {
        assert_eq!(of(Choice::System, LOCAL_X11), Route::Nowhere(Obstacle::NoOwner));
    }
}

#[test]
fn choices_have_the_names_that_the_settings_have() {
    assert_eq!(Choice::ALL.map(Choice::name), ["auto", "osc52", "system", "off"]);
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
