//! What the shells make of `keyfob completions`: the Tab key of real ones, where they are installed.

use crate::harness::home::{Home, KEYFOB};
use crate::harness::need_program;
use crate::harness::pty::Pty;
use std::path::Path;
use std::process::Command;

/// A home in which a shell's completions lie in the file `completions`.
fn stage(shell: &str) -> Home {
    let home = Home::empty();
    let script = home.done(&["completions", shell]);
    std::fs::write(home.path("completions"), script).unwrap();
    home
}

/// The search path with the program under test in it.
fn path() -> String {
    let folder = Path::new(KEYFOB).parent().unwrap().display();
    format!("{folder}:{}", std::env::var("PATH").unwrap_or_default())
}

/// A shell at its prompt that has read `setup` and the completions; none where it is not installed.
fn shell(home: &Home, name: &str, options: &[&str], setup: &str) -> Option<Pty> {
    let program = need_program(name)?;
    let completions = home.path("completions").display().to_string();
    let mut pty = home.terminal(program).args(options).env("PATH", &path()).env("PS1", "$ ").start();
    pty.wait_text("$");
    pty.type_text(&format!("{setup}source {completions}; echo re''ady\r"));
    pty.wait_text("ready");
    Some(pty)
}

/// What is typed before Tab, and what stands there then.
const TYPED: [(&str, &str); 5] = [
    ("keyfob compl", "keyfob completions"),
    ("keyfob lock pass", "keyfob lock passphrase"),
    ("keyfob code --fre", "keyfob code --fresh"),
    ("keyfob add --kind st", "keyfob add --kind steam"),
    ("keyfob completions elv", "keyfob completions elvish"),
];

fn completes(mut pty: Pty) {
    for (typed, then) in TYPED {
        pty.type_text(typed);
        pty.type_text("\t");
        pty.wait_text(then);
        pty.press("Ctrl-u");
    }
}

#[test]
fn bash_completes_commands_options_and_values() {
    let home = stage("bash");
    if let Some(pty) = shell(&home, "bash", &["--norc", "--noprofile", "-i"], "") {
        completes(pty);
    }
}

#[test]
fn zsh_completes_commands_options_and_values() {
    let home = stage("zsh");
    if let Some(pty) = shell(&home, "zsh", &["-f", "-i"], "autoload -Uz compinit; compinit -u -D; ") {
        completes(pty);
    }
}

#[test]
fn fish_completes_commands_options_and_values() {
    let home = stage("fish");
    let Some(fish) = need_program("fish") else { return };
    for (typed, then) in TYPED {
        // fish tells what it would offer: each word on a line, with what it means after a tab.
        let ask = format!("source completions; complete -C '{typed}'");
        let mut command = Command::new(&fish);
        command.env_clear().envs(home.env()).env("PATH", path()).current_dir(home.path(""));
        let output = command.args(["--no-config", "-c", &ask]).output().unwrap();
        let offered = String::from_utf8(output.stdout).unwrap();
        let word = then.rsplit(' ').next().unwrap();
        assert!(
            offered.lines().any(|line| line.split('\t').next() == Some(word)),
            "{typed}: {offered}{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
