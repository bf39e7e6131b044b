//! Every exit code of docs/scripting.md, provoked one by one, each by every way a command has to it.

use super::harness::{NOW, bare, bare_to, run};
use crate::harness::home::{Home, KEYFOB, PASSPHRASE, RFC_SECRET, THIRD_SECRET, uri};
use crate::harness::say;
use age::secrecy::ExposeSecret as _;
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};

/// A recipient whose identity no file of these tests holds.
const RECIPIENT: &str = "age1w9w9awxhupjxrjupk6nwg65ymf678elyccuf4d9afy4n0mc92ahqjh4l78";

/// What is done, how it ends, and what standard output holds then.
struct Case {
    arguments: &'static [&'static str],
    input: &'static str,
    code: i32,
    prints: bool,
}

/// Ends well and has something to say.
const fn done(arguments: &'static [&'static str]) -> Case {
    Case { arguments, input: "", code: 0, prints: true }
}

/// Ends with this code and says nothing on standard output.
const fn ends(code: i32, arguments: &'static [&'static str]) -> Case {
    Case { arguments, input: "", code, prints: false }
}

/// The same for what standard input is read for.
const fn reads(code: i32, arguments: &'static [&'static str], input: &'static str) -> Case {
    Case { arguments, input, code, prints: false }
}

/// The same where the answer is no, and is told.
const fn answers(code: i32, arguments: &'static [&'static str]) -> Case {
    Case { arguments, input: "", code, prints: true }
}

/// Commands that change nothing, on a vault with `AWS:alice` and `GitHub:bob`. 287082 is alice's code of second 59.
const CASES: &[Case] = &[
    // 0: done.
    done(&["list"]),
    done(&["list", "--json"]),
    done(&["code", "alice"]),
    done(&["code", "alice", "--json"]),
    done(&["check", "alice", "287082", "--at", "59"]),
    done(&["lock", "show"]),
    ends(0, &["lock", "recipients"]),
    done(&["qr", "alice", "--svg", "alice.svg"]),
    done(&["restore", "--list"]),
    done(&["config"]),
    done(&["completions", "bash"]),
    done(&["man"]),
    done(&["--help"]),
    done(&["--version"]),
    done(&["code", "--help"]),
    // 1: the answer is no.
    ends(1, &["list", "nobody"]),
    ends(1, &["code", "nobody"]),
    ends(1, &["edit", "nobody", "--note", "x"]),
    ends(1, &["remove", "nobody", "--yes"]),
    ends(1, &["qr", "nobody", "--svg", "nobody.svg"]),
    ends(1, &["check", "nobody", "287082"]),
    answers(1, &["check", "alice", "000000", "--at", "59"]),
    answers(1, &["check", "alice", "287082", "287082", "--at", "59"]),
    answers(1, &["check", "alice", "000000", "--at", "59", "--json"]),
    answers(1, &["merge", "same.age"]),
    // 2: the command line is wrong.
    ends(2, &["--nonsense"]),
    ends(2, &["nonsense"]),
    ends(2, &["code"]),
    ends(2, &["code", "alice", "bob"]),
    ends(2, &["code", "alice", "--at", "noon"]),
    ends(2, &["code", "alice", "--at", "1", "--fresh"]),
    ends(2, &["remove", "alice"]),
    ends(2, &["remove", "alice", "--yes", "--json"]),
    ends(2, &["--read-only", "remove", "alice", "--yes"]),
    ends(2, &["--read-only", "code", "alice", "--fresh"]),
    ends(2, &["export", "x", "--format", "uris"]),
    ends(2, &["export", "x", "--format", "zip"]),
    ends(2, &["completions", "tcsh"]),
    // 3: the vault could not be unlocked.
    ends(3, &["list", "--passphrase-file", "wrong"]),
    ends(3, &["code", "alice", "--passphrase-file", "wrong"]),
    ends(3, &["list", "--identity", "stranger"]),
    ends(3, &["list", "--vault", "others.age"]),
    ends(3, &["list", "--vault", "others.age", "--identity", "stranger"]),
    // 4: bad input.
    ends(4, &["list", "--vault", "hello"]),
    ends(4, &["list", "--vault", "empty"]),
    ends(4, &["list", "--vault", "cut.age"]),
    ends(4, &["list", "--identity", "hello"]),
    ends(4, &["list", "--passphrase-file", "empty"]),
    reads(4, &["add", "-"], "otpauth://totp/x?secret=1\n"),
    reads(4, &["add", "-"], "hello\n"),
    ends(4, &["add", "--qr", "hello"]),
    ends(4, &["import", "hello"]),
    ends(4, &["merge", "hello"]),
    ends(4, &["restore", "hello", "--into", "new.age"]),
    // 5: the system said no.
    ends(5, &["list", "--vault", "nowhere.age"]),
    ends(5, &["list", "--passphrase-file", "nowhere"]),
    ends(5, &["list", "--identity", "nowhere"]),
    ends(5, &["init"]),
    ends(5, &["import", "nowhere"]),
    ends(5, &["add", "--qr", "nowhere"]),
    ends(5, &["merge", "nowhere.age"]),
    ends(5, &["export", "hello", "--recipient", RECIPIENT]),
    ends(5, &["export", "no/such/folder", "--recipient", RECIPIENT]),
    ends(5, &["restore", "99"]),
    ends(5, &["man", "no/such/folder"]),
];

/// A home with what the cases name.
fn stage() -> Home {
    let home = Home::with_two();
    let vault = std::fs::read(home.vault()).unwrap();
    std::fs::write(home.path("same.age"), &vault).unwrap();
    std::fs::write(home.path("cut.age"), &vault[..vault.len() - 9]).unwrap();
    std::fs::write(home.path("hello"), "hello\n").unwrap();
    std::fs::write(home.path("empty"), "").unwrap();
    std::fs::write(home.path("wrong"), "not it\n").unwrap();
    let stranger = age::x25519::Identity::generate().to_string();
    std::fs::write(home.path("stranger"), stranger.expose_secret()).unwrap();
    let init = ["init", "--vault", "others.age", "--recipient", RECIPIENT];
    assert_eq!(bare(&home, &init, &[]).code, Some(0));
    home
}

#[test]
fn each_way_to_end_has_its_exit_code_and_changes_nothing() {
    let home = stage();
    let before = std::fs::read(home.vault()).unwrap();
    let broken: Vec<String> = CASES.iter().filter_map(|case| broken(&home, case)).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert_eq!(std::fs::read(home.vault()).unwrap(), before, "the vault was changed");
}

/// What is not as the case has it.
fn broken(home: &Home, case: &Case) -> Option<String> {
    let vault = home.vault().display().to_string();
    let file = home.path("passphrase").display().to_string();
    let mut arguments = case.arguments.to_vec();
    // Where the case names another vault or passphrase, ours is not named.
    for (option, value) in [("--vault", &vault), ("--passphrase-file", &file)] {
        if !arguments.contains(&option) {
            arguments.extend([option, value]);
        }
    }
    let ran = bare_to(home, &arguments, &[], case.input);
    let told: Vec<&str> = ran.stderr.lines().filter(|line| !line.starts_with("keyfob: note: ")).collect();
    let is_error = !(case.code == 0 || case.code == 1 && case.prints);
    let told_well = if is_error { in_the_errors_form(&told) } else { told.is_empty() };
    let is_so = ran.code == Some(case.code) && ran.stdout.is_empty() != case.prints && told_well;
    (!is_so).then(|| format!("{:?}, for {}: {ran:?}", case.arguments, case.code))
}

/// One line, and perhaps one more that says what to do.
fn in_the_errors_form(told: &[&str]) -> bool {
    let error = |line: &str| line.strip_prefix("keyfob: ").is_some_and(|rest| rest.contains(": "));
    match told {
        [line] => error(line),
        [line, hint] => error(line) && hint.starts_with("  try: "),
        _ => false,
    }
}

#[test]
fn the_cases_provoke_every_exit_code() {
    for code in 0..=5 {
        assert!(CASES.iter().filter(|case| case.code == code).count() > 2, "{code}");
    }
}

#[test]
fn what_is_taken_in_part_is_done_and_what_is_not_taken_at_all_is_bad_input() {
    let home = Home::with_two();
    let import = |text: &str| {
        std::fs::write(home.path("uris"), text).unwrap();
        let ran = home.run(&["import", "uris", "--json"], "");
        let told: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        (ran.code, ["new", "duplicate", "refused"].map(|field| told[field].as_u64().unwrap()))
    };
    let (good, bad) = (uri("New", "carol", THIRD_SECRET), "otpauth://totp/x?secret=1");
    assert_eq!(import(&format!("{good}\n{bad}\n")), (Some(0), [1, 0, 1]));
    assert_eq!(import(&format!("{good}\n{bad}\n")), (Some(0), [0, 1, 1]));
    assert_eq!(import(&format!("{bad}\n")), (Some(4), [0, 0, 1]));
    let there = home.run(&["add", "-"], &format!("{}\n", uri("Other", "dave", RFC_SECRET)));
    assert_eq!(there.code, Some(4), "{there:?}");
}

/// Two fresh codes at one moment: the second has to wait a whole period for its own, five minutes here.
fn waiting(home: &Home) -> (std::process::Child, String) {
    home.add(&format!("{}&period=300", uri("Slow", "erin", THIRD_SECRET)));
    home.done(&["code", "erin", "--fresh", "--next"]);
    let mut command: Command = home.command();
    command.args(["code", "erin", "--fresh", "--next"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut note = String::new();
    BufReader::new(child.stderr.as_mut().unwrap()).read_line(&mut note).unwrap();
    (child, note)
}

/// Whether this process, and so what it starts, ignores a signal (`SigIgn` of proc(5)).
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

#[test]
fn a_command_that_waits_ends_by_the_signals_and_prints_no_code() {
    for (signal, number, code) in [(Signal::INT, 2, 130), (Signal::TERM, 15, 143), (Signal::HUP, 1, 129)] {
        // A shell's background job leaves SIGINT alone, and what it starts does, too: that is for the shell to say.
        if is_ignored(number) {
            say(&format!("passed over: {signal:?} is ignored here"));
            continue;
        }
        let home = Home::with_two();
        let (child, note) = waiting(&home);
        assert!(note.contains("waiting"), "{note}");
        kill_process(Pid::from_child(&child), signal).unwrap();
        let output = child.wait_with_output().unwrap();
        let status = output.status;
        assert!(status.signal() == Some(number) || status.code() == Some(code), "{signal:?}: {status:?}");
        assert!(output.stdout.is_empty(), "{signal:?}: a code was printed");
    }
}

#[test]
fn a_code_is_its_digits_and_a_newline_whatever_the_terminal() {
    let home = Home::with_two();
    let variables: &[&[(&str, &str)]] = &[
        &[("TERM", "dumb")],
        &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("CLICOLOR_FORCE", "1")],
        &[("NO_COLOR", "1")],
        &[("LANG", "C"), ("LC_ALL", "C")],
        &[("COLUMNS", "3"), ("LINES", "1")],
    ];
    let wanted = home.done(&["code", "alice", "--at", &NOW.to_string()]);
    assert!(
        wanted.len() == 7 && wanted.ends_with('\n') && wanted.trim_end().bytes().all(|b| b.is_ascii_digit())
    );
    for variables in variables {
        let ran = run(&home, &["code", "alice", "--at", &NOW.to_string()], "", variables);
        assert_eq!((ran.code, &ran.stdout, ran.stderr.as_str()), (Some(0), &wanted, ""), "{variables:?}");
    }
    // On a terminal the same: what it shows is all that is said.
    let at = NOW.to_string();
    let mut pty = home.terminal(KEYFOB).args(&home.options()).args(&["code", "alice", "--at", &at]).start();
    pty.wait_exit();
    assert_eq!(pty.raw(), wanted.replace('\n', "\r\n").as_bytes());
    assert!(!wanted.contains(PASSPHRASE));
}
