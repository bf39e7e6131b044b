//! The harness itself, tried on programs that everybody has.

use super::escapes::{clipboard, colours, left_set};
use super::home::Home;
use super::pty::{Exit, Pty};
use super::sshd::{REMOTE_PID, Sshd};
use super::tmux::Tmux;
use rustix::process::Signal;

fn shell(home: &Home, script: &str) -> Pty {
    home.terminal("/bin/sh").args(&["-c", script]).start()
}

#[test]
fn screen_keys_size_and_exit() {
    let home = Home::empty();
    let script = "stty -echo; echo ready; read line; printf 'got %s at ' \"$line\"; stty size; exit 7";
    let mut pty = home.terminal("/bin/sh").args(&["-c", script]).size(90, 20).start();
    pty.wait_text("ready");
    pty.resize(77, 22);
    pty.type_text("some words");
    pty.press("Backspace Enter");
    pty.wait_text("got some word at 22 77");
    assert_eq!(pty.wait_exit(), Exit::Code(7));
}

#[test]
fn nothing_of_the_callers_environment_is_seen() {
    let home = Home::empty();
    let mut pty = home.terminal("/usr/bin/env").start();
    assert_eq!(pty.wait_exit(), Exit::Code(0));
    let text = pty.text();
    assert!(text.contains("HOME=") && text.contains("TERM=xterm-256color"), "{text}");
    assert!(!text.contains("CARGO"), "{text}");
}

#[test]
fn the_last_word_of_a_program_is_read() {
    let home = Home::empty();
    let mut pty = shell(&home, "i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done; printf last");
    assert_eq!(pty.wait_exit(), Exit::Code(0));
    assert!(pty.raw().ends_with(b"line 1999\r\nlast"));
}

#[test]
fn what_is_left_in_the_terminal_is_seen() {
    let home = Home::empty();
    let mut pty = shell(&home, "printf '\\033[?1049h\\033[?1049l'");
    pty.wait_exit();
    pty.assert_restored();
    let mut pty = shell(&home, "stty raw");
    pty.wait_exit();
    assert_eq!(pty.not_restored().len(), 1, "{:?}", pty.not_restored());
}

#[test]
fn signals_and_hang_ups_reach_the_program() {
    let home = Home::empty();
    let mut pty = shell(&home, "echo ready; exec cat");
    pty.wait_text("ready");
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_exit(), Exit::Signal("Terminated".to_owned()));
    let mut pty = shell(&home, "trap 'exit 9' HUP; echo ready; read line; read line");
    pty.wait_text("ready");
    pty.hang_up();
    assert_eq!(pty.wait_exit(), Exit::Code(9));
}

#[test]
fn modes_left_set_are_read_from_the_bytes() {
    let fine: [&[u8]; 5] = [
        b"\x1b[?1049h\x1b[?25l\x1b[1;31mx\x1b[0m\x1b[?25h\x1b[?1049l",
        b"\x1b[?2004;1004h\x1b[?1004l\x1b[?2004l",
        b"\x1b[>1u\x1b[<1u",
        b"\x1b[31mx\x1b[39;49m\x1b[2;5r\x1b[r",
        b"\x1b]52;c;\x1b[?25l\x07",
    ];
    for raw in fine {
        assert_eq!(left_set(raw), [""; 0], "{raw:?}");
    }
    let planted: [(&[u8], &str); 7] = [
        (b"\x1b[?1049h", "?1049h"),
        (b"\x1b[?25l", "?25l"),
        (b"\x1b[?2004;1004h\x1b[?1004l", "?2004h"),
        (b"\x1b[>1u", "keyboard protocol"),
        (b"\x1b[>4;2m", "modifyOtherKeys"),
        (b"\x1b[31m", "colours 31"),
        (b"\x1b[2;5r", "scroll region"),
    ];
    for (raw, left) in planted {
        assert_eq!(left_set(raw), [left], "{raw:?}");
    }
}

#[test]
fn clipboard_and_colours_are_read_from_the_bytes() {
    let plain = b"x\x1b]52;c;MTIzNDU2\x07y\x1b]52;c;\x1b\\";
    assert_eq!(clipboard(plain), ["123456", ""]);
    assert_eq!(clipboard(b"\x1bPtmux;\x1b\x1b]52;c;MTIzNDU2\x07\x1b\\"), ["123456"]);
    assert_eq!(clipboard(b"\x1bPtmux;\x1b\x1b]52;c;MTIzNDU2\x1b\x1b\\\x1b\\"), ["123456"]);
    assert_eq!(clipboard(b"\x1b]52;c;!\x07"), [""]);
    assert_eq!(colours(b"\x1b[1m\x1b[0;32m\x1b[38;5;1m\x1b[7m\x1b[m"), ["0;32", "38;5;1"]);
}

#[test]
fn samples_are_found_where_they_are_at_hand() {
    let Some(vectors) = super::samples::samples("vectors") else { return };
    assert!(vectors.join("rfc6238.json").is_file());
}

#[test]
fn processes_are_seen() {
    let mut child = std::process::Command::new("cat").stdin(std::process::Stdio::piped()).spawn().unwrap();
    assert!(super::is_alive(child.id()));
    drop(child.stdin.take());
    super::eventually("end of cat", || !super::is_alive(child.id()));
    child.wait().unwrap();
}

#[test]
fn ssh_brings_a_terminal_and_says_so() {
    let home = Home::empty();
    let Some(sshd) = Sshd::start(&home) else { return };
    let script = "echo over $SSH_CONNECTION in $TERM at home $HOME; read line; echo got $line";
    let mut pty = sshd.client(&home, &["/bin/sh", "-c", script].map(str::to_owned)).start();
    pty.wait_text("over 127.0.0.1 ");
    pty.wait_text("in xterm-256color at home");
    pty.type_text("it");
    pty.press("Enter");
    pty.wait_text("got it");
    assert_eq!(pty.wait_exit(), Exit::Code(0));
    assert!(std::fs::read_to_string(home.path(REMOTE_PID)).unwrap().trim().parse::<u32>().is_ok());
}

#[test]
fn tmux_starts_and_ends() {
    let home = Home::empty();
    let Some(tmux) = Tmux::new(&home, "set -g status-right harness-is-here\n") else { return };
    super::write_script(&home.path("in-tmux"), "#!/bin/sh\necho inside $TERM; read line\n");
    let mut pty = tmux.terminal(&home).start();
    pty.wait_text("inside ");
    pty.wait_text("harness-is-here");
    pty.press("Enter");
    assert_eq!(pty.wait_exit(), Exit::Code(0));
}
