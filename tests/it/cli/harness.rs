//! What a run says, as one text that can be compared whole.

use crate::harness::home::{Home, Ran};
use std::io::Write;
use std::process::Stdio;

/// The second that debug builds take for now when they are told so.
pub const NOW: u64 = 1_700_000_000;

/// Runs the program: standard output, then standard error with `! ` before each line, then the exit code.
/// The home folder is written as `~`, what is drawn at random as `ID`.
pub fn said(home: &Home, arguments: &[&str]) -> String {
    said_to(home, arguments, "")
}

/// The same with this on standard input.
pub fn said_to(home: &Home, arguments: &[&str], input: &str) -> String {
    let ran = run(home, arguments, input, &[]);
    transcript(home, &ran)
}

/// Runs the program at [`NOW`] with these variables besides the usual ones.
pub fn run(home: &Home, arguments: &[&str], input: &str, variables: &[(&str, &str)]) -> Ran {
    let mut command = home.command();
    command.args(arguments).env("KEYFOB_NOW", NOW.to_string()).env("TZ", "UTC");
    command.envs(variables.iter().copied());
    finish(command, input)
}

/// Runs the program with these arguments alone: no vault is named, none is opened.
pub fn bare(home: &Home, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    bare_to(home, arguments, variables, "")
}

/// The same with this on standard input.
pub fn bare_to(home: &Home, arguments: &[&str], variables: &[(&str, &str)], input: &str) -> Ran {
    let mut command = std::process::Command::new(crate::harness::home::KEYFOB);
    command.env_clear().envs(home.env()).current_dir(home.path("")).args(arguments);
    command.envs(variables.iter().copied());
    finish(command, input)
}

fn finish(mut command: std::process::Command, input: &str) -> Ran {
    // A session of its own would be needed to have no terminal at all; the tests that ask are in `terminal`.
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that reads no input may be gone before it is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// A run as one text.
pub fn transcript(home: &Home, ran: &Ran) -> String {
    #[allow(clippy::format_collect)]
    let errors: String = ran.stderr.lines().map(|line| format!("! {line}\n")).collect();
    let folder = home.path("").display().to_string();
    let folder = folder.trim_end_matches('/');
    let text =
        format!("{}{errors}[{}]", ran.stdout, ran.code.map_or("signal".to_owned(), |code| code.to_string()));
    masked(&text.replace(folder, "~"))
}

/// Every run of 8 hexadecimal digits that stands alone, and every UUID, as `ID`.
fn masked(text: &str) -> String {
    let is_id = |word: &str| {
        let hex = word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'));
        hex && (word.len() == 36 || word.len() == 8 && word.bytes().any(|byte| byte.is_ascii_alphanumeric()))
    };
    let mut out = String::new();
    let mut word = String::new();
    for letter in text.chars().chain(['\0']) {
        if letter.is_ascii_alphanumeric() || letter == '-' {
            word.push(letter);
            continue;
        }
        // A generation's name has the hash of a file in it; numbers alone are no ids.
        out.push_str(if is_id(&word) && !word.bytes().all(|byte| byte.is_ascii_digit()) {
            "ID"
        } else {
            &word
        });
        word.clear();
        if letter != '\0' {
            out.push(letter);
        }
    }
    out
}
