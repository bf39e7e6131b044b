//! Every exit code of the contract, one by one.

use super::harness::bare;
use crate::harness::home::{Home, KEYFOB, Ran};
use crate::harness::pty::Start;
use rustix::process::Signal;
use std::process::{Command, Stdio};

/// An exit code, why, and the command line that ends with it, in a home with `AWS:alice` and `GitHub:bob`.
type Case = (i32, &'static str, &'static [&'static str]);

/// Done.
const DONE: &[Case] = &[
    (0, "a code", &["code", "alice", "--at", "59"]),
    (0, "a list that is empty", &["list", "zzz-nothing", "--json"]),
    (0, "codes that fit", &["check", "alice", "287082", "359152", "--at", "59"]),
    (0, "help", &["--help"]),
];

/// The answer is no.
const NO: &[Case] = &[
    (1, "no device fits", &["code", "nobody"]),
    (1, "several fit", &["code", "i"]),
    (1, "the codes do not match", &["check", "alice", "000000", "000001", "--at", "59"]),
    (1, "the codes are reversed", &["check", "alice", "359152", "287082", "--at", "59"]),
    (1, "a list that nothing fits", &["list", "zzz-nothing"]),
    (1, "nothing in a copy is new", &["merge", "copy.age"]),
    (1, "no agent runs", &["agent", "status"]),
];

/// The command line is wrong.
const USAGE: &[Case] = &[
    (2, "no such option", &["list", "--nope"]),
    (2, "no such command", &["nope"]),
    (2, "an argument is missing", &["code"]),
    (2, "a value that is none", &["code", "alice", "--at", "noon"]),
    (2, "no --yes", &["remove", "alice"]),
    (2, "clear text without --plaintext", &["export", "out.csv", "--format", "csv"]),
    (2, "--read-only with what writes", &["--read-only", "remove", "alice", "--yes"]),
    (2, "--json where there is none", &["remove", "alice", "--yes", "--json"]),
    (2, "no such lifetime", &["agent", "--lifetime", "soon"]),
];

/// The vault could not be unlocked.
const LOCKED: &[Case] = &[
    (3, "a wrong passphrase", &["--passphrase-file", "wrong", "list"]),
    (3, "an identity that does not fit", &["-i", "identity", "list"]),
    (3, "a wrong passphrase for the agent", &["--passphrase-file", "wrong", "agent"]),
];

/// Bad input.
const BAD_INPUT: &[Case] = &[
    (4, "no URI", &["add", "otpauth://nope/x"]),
    (4, "a file of no app", &["import", "wrong"]),
    (4, "no picture", &["add", "--qr", "wrong"]),
    (4, "no vault", &["--vault", "wrong", "list"]),
    (4, "a vault that is cut off", &["--vault", "cut.age", "list"]),
    (4, "an empty passphrase file", &["--passphrase-file", "empty", "list"]),
    (4, "a backup that is none", &["restore", "wrong", "--into", "new.age"]),
];

/// The system said no.
const SYSTEM: &[Case] = &[
    (5, "no such vault", &["--vault", "none.age", "list"]),
    (5, "no such passphrase file", &["--passphrase-file", "none", "list"]),
    (5, "no such file to import", &["import", "none"]),
    (5, "a vault is there already", &["init"]),
    (5, "a backup is there already", &["export", "copy.age", "--backup-passphrase-file", "passphrase"]),
    (5, "no such generation", &["restore", "99", "--into", "new.age"]),
    (5, "a folder in a file", &["export", "wrong/out.age", "--backup-passphrase-file", "passphrase"]),
];

fn home() -> Home {
    let home = Home::with_two();
    std::fs::copy(home.vault(), home.path("copy.age")).unwrap();
    let vault = std::fs::read(home.vault()).unwrap();
    std::fs::write(home.path("cut.age"), &vault[..vault.len() - 1]).unwrap();
    std::fs::write(home.path("wrong"), "nothing of use\n").unwrap();
    std::fs::write(home.path("empty"), "").unwrap();
    let identity = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX\n";
    std::fs::write(home.path("identity"), identity).unwrap();
    home
}

/// What a command line names comes after the home's own options, and counts.
fn end_of(home: &Home, arguments: &[&str]) -> Ran {
    let vault = home.vault().display().to_string();
    let mut all = vec![];
    if !arguments.contains(&"--vault") {
        all.extend(["--vault", vault.as_str()]);
    }
    if !arguments.contains(&"--passphrase-file") {
        all.extend(["--passphrase-file", "passphrase"]);
    }
    all.extend(arguments);
    bare(home, &all, &[])
}

#[test]
fn every_exit_code_has_its_causes() {
    let home = home();
    let before = std::fs::read(home.vault()).unwrap();
    let mut wrong = Vec::new();
    for (code, why, arguments) in [DONE, NO, USAGE, LOCKED, BAD_INPUT, SYSTEM].concat() {
        let ran = end_of(&home, arguments);
        let told = ran.stderr.lines().next().unwrap_or_default();
        let is_told = code < 2 || told.starts_with("keyfob: ") && ran.stdout.is_empty();
        if ran.code != Some(code) || !is_told {
            wrong.push(format!("{why}: {arguments:?}: {:?}, not {code}: {}{}", ran.code, ran.stdout, ran.stderr));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(std::fs::read(home.vault()).unwrap(), before, "nothing of all this changed the vault");
}

#[test]
fn signals_end_it_with_their_own_codes() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129)] {
        let home = Home::with_two();
        // A shell says 128 and the number of the signal, whether the program said so or died of it.
        let line = format!("{} {}; echo \"ended $?\"; read line", crate::harness::quoted(KEYFOB), options(&home));
        let mut pty = home.terminal("/bin/sh").args(&["-c", &line]).start();
        pty.wait_text("alice");
        let shell = pty.pid();
        let children = std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap();
        let child = children.split_whitespace().next().unwrap().parse().unwrap();
        rustix::process::kill_process(rustix::process::Pid::from_raw(child).unwrap(), signal).unwrap();
        pty.wait_text(&format!("ended {code}"));
    }
}

fn options(home: &Home) -> String {
    home.options().map(|option| crate::harness::quoted(&option)).join(" ")
}

#[test]
fn code_prints_digits_and_a_newline_whatever_the_terminal() {
    let home = Home::with_two();
    for term in ["dumb", "xterm-256color", "", "screen"] {
        let mut command = Command::new(KEYFOB);
        command.env_clear().envs(home.env()).env("TERM", term).env("COLORTERM", "truecolor");
        command.args(home.options()).args(["code", "alice", "--at", "59"]).stdin(Stdio::null());
        assert_eq!(command.output().unwrap().stdout, b"287082\n", "TERM={term}");
    }
    // On a terminal, too: nothing is drawn, coloured or asked.
    let options = home.options();
    let arguments: Vec<&str> = options.iter().map(String::as_str).chain(["code", "alice", "--at", "59"]).collect();
    let start: Start = home.terminal(KEYFOB).args(&arguments);
    let mut pty = start.start();
    pty.wait_exit();
    assert_eq!(pty.raw(), b"287082\r\n");
}
