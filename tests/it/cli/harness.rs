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
    let errors: String = ran.stderr.lines().flat_map(|line| ["! ", line, "\n"]).collect();
    let folder = home.path("").display().to_string();
    let folder = folder.trim_end_matches('/');
    let text =
        format!("{}{errors}[{}]", ran.stdout, ran.code.map_or("signal".to_owned(), |code| code.to_string()));
    masked(&text.replace(folder, "~"))
}

/// Every run of 8 hexadecimal digits that stands alone, and every UUID, as `ID`. An id may have no letter in
/// it: eight digits are one where ids stand, in brackets and first in a line of `list`, and a code elsewhere.
fn masked(text: &str) -> String {
    let is_hex = |word: &str| word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'));
    let mut out = String::new();
    let mut word = String::new();
    for letter in text.chars().chain(['\0']) {
        if letter.is_ascii_alphanumeric() || letter == '-' {
            word.push(letter);
            continue;
        }
        let in_place = match letter {
            ')' => out.ends_with('('),
            ' ' => out.is_empty() || out.ends_with('\n'),
            _ => false,
        };
        let is_short = word.len() == 8 && (in_place || word.contains(|letter| matches!(letter, 'a'..='f')));
        out.push_str(if is_hex(&word) && (word.len() == 36 || is_short) { "ID" } else { &word });
        word.clear();
        if letter != '\0' {
            out.push(letter);
        }
    }
    out
}

#[test]
fn ids_are_masked_with_and_without_letters() {
    let text =
        "added a (24262096)\n24262096  AWS\n2426209f  AWS\n24262096\n6f0c3a52-0000-4000-8000-000000000000";
    assert_eq!(masked(text), "added a (ID)\nID  AWS\nID  AWS\n24262096\nID");
}
