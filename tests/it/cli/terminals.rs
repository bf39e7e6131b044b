//! Where there is no terminal, and where there is one.

use super::harness::transcript;
use crate::harness::escapes::clipboard;
use crate::harness::home::{Home, KEYFOB, RFC_SECRET, Ran};
use crate::harness::need_program;
use crate::harness::pty::{Exit, Pty};
use std::process::{Command, Stdio};

/// Runs the program in a session without a terminal; none where the machine has no `setsid`.
fn without_terminal(home: &Home, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(need_program("setsid")?);
    command.arg("--wait").arg(KEYFOB).args(arguments);
    command.env_clear().envs(home.env()).current_dir(home.path("")).stdin(Stdio::null());
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let ran = Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) };
    Some(transcript(home, &ran))
}

fn in_terminal(home: &Home, arguments: &[&str]) -> Pty {
    let mut pty = home.terminal(KEYFOB).args(&home.options()).args(arguments).start();
    pty.wait_exit();
    pty
}

#[test]
fn the_full_screen_is_refused_without_a_terminal() {
    let home = Home::with_vault();
    let vault = home.vault().display().to_string();
    let told = "! keyfob: the full screen can't be shown: standard input and output have to be a terminal\n!   try: keyfob list, keyfob code QUERY; over SSH: ssh -t HOST keyfob\n[5]";
    for arguments in [&["demo"][..], &["--vault", &vault], &[]] {
        if let Some(seen) = without_terminal(&home, arguments) {
            assert_eq!(seen, told, "{arguments:?}");
        }
    }
}

#[test]
fn a_terminal_that_can_not_move_its_cursor_is_told_what_to_use_instead() {
    let home = Home::with_vault();
    let mut pty = home.terminal(KEYFOB).args(&["demo"]).env("TERM", "dumb").size(200, 10).start();
    assert_eq!(pty.wait_exit(), Exit::Code(5));
    assert_eq!(
        pty.text().trim_end(),
        "keyfob: the full screen can't be shown: TERM=dumb says that this terminal can't move its cursor\n  try: keyfob list, keyfob code QUERY; or set TERM to what the terminal is"
    );
}

#[test]
fn a_passphrase_can_not_be_asked_for_without_a_terminal() {
    let home = Home::with_two();
    let vault = home.vault().display().to_string();
    let cases: [(&[&str], &str); 2] = [
        (
            &["--vault", &vault, "list"],
            "! keyfob: passphrase: no terminal to ask for it on\n!   try: --passphrase-file FILE\n[3]",
        ),
        (
            &["--vault", "new.age", "init"],
            "! keyfob: new passphrase: no terminal to ask for it on\n!   try: --passphrase-file FILE\n[3]",
        ),
    ];
    for (arguments, told) in cases {
        if let Some(seen) = without_terminal(&home, arguments) {
            assert_eq!(seen, told, "{arguments:?}");
        }
    }
    assert!(!home.path("new.age").exists());
}

#[test]
fn a_code_is_sent_to_the_terminals_clipboard_and_printed() {
    let home = Home::with_two();
    let mut pty = in_terminal(&home, &["code", "alice", "--at", "59", "--copy"]);
    assert_eq!(pty.wait_exit(), Exit::Code(0));
    assert_eq!(clipboard(pty.raw()), ["287082"]);
    assert_eq!(pty.text().trim_end(), "287082\nkeyfob: note: sent to your terminal's clipboard");
}

#[test]
fn no_counter_is_used_up_for_a_clipboard_that_is_not_there() {
    let home = Home::with_vault();
    home.add(&format!("otpauth://hotp/VPN:ops?secret={RFC_SECRET}&counter=0"));
    let options = home.options();
    let arguments: Vec<&str> = options.iter().map(String::as_str).chain(["code", "vpn", "--copy"]).collect();
    if let Some(seen) = without_terminal(&home, &arguments) {
        assert!(
            seen.starts_with("! keyfob: the terminal can't be used: ") && seen.ends_with("\n[5]"),
            "{seen}"
        );
        assert_eq!(seen.lines().count(), 2, "{seen}");
    }
    assert_eq!(home.json(&["list"])[0]["counter"], 0);
}
