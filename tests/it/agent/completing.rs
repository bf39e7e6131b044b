//! Completions in real shells, with the names of devices while an agent holds the vault, and without them.

use crate::cli::harness::bare;
use crate::harness::home::{Home, KEYFOB, OTHER_SECRET, RFC_SECRET, THIRD_SECRET, uri};
use crate::harness::need_program;
use std::path::Path;
use std::process::Command;

/// A home whose vault is in its usual place, and whose agent is stopped when this is dropped.
struct Usual(Home);

impl Usual {
    fn new() -> Self {
        let home = Self(Home::empty());
        home.done(&["init", "--work-factor", "10"]);
        for (issuer, account, secret) in [
            ("AWS", "alice", RFC_SECRET),
            ("GitHub", "bob", OTHER_SECRET),
            ("Big%20Bank", "carol%20d", THIRD_SECRET),
        ] {
            home.done(&["add", &uri(issuer, account, secret)]);
        }
        for shell in ["bash", "zsh", "fish"] {
            let script = home.done(&["completions", shell]);
            std::fs::write(home.0.path(&format!("keyfob.{shell}")), script).unwrap();
        }
        home
    }

    #[track_caller]
    fn done(&self, arguments: &[&str]) -> String {
        let ran = bare(&self.0, &[arguments, &["--passphrase-file", "passphrase"]].concat(), &[]);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.stderr);
        ran.stdout
    }

    /// What a shell's script prints, with the program in its PATH.
    fn shell(&self, shell: &Path, options: &[&str], script: &str) -> String {
        let folder = Path::new(KEYFOB).parent().unwrap().display().to_string();
        let path = format!("{folder}:{}", std::env::var("PATH").unwrap_or_default());
        let mut command = Command::new(shell);
        command.env_clear().envs(self.0.env()).env("PATH", path).current_dir(self.0.path(""));
        let output = command.args(options).args(["-c", script]).output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        told
    }
}

impl Drop for Usual {
    fn drop(&mut self) {
        let _ = bare(&self.0, &["agent", "stop"], &[]);
    }
}

/// What bash offers for a line: the words as readline splits them, at colons too.
fn bash(line: &str, words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| crate::harness::quoted(word)).collect();
    format!(
        "source ./keyfob.bash; COMP_LINE={}; COMP_POINT=${{#COMP_LINE}}; COMP_WORDS=({}); COMP_CWORD={};
         $(complete -p keyfob | sed 's/.*-F \\([^ ]*\\).*/\\1/') keyfob {} {}; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        crate::harness::quoted(line),
        quoted.join(" "),
        words.len() - 1,
        quoted[words.len() - 1],
        quoted[words.len() - 2],
    )
}

#[test]
fn bash_completes_devices_while_they_are_held() {
    let Some(shell) = need_program("bash") else { return };
    let home = Usual::new();
    let offers = |line: &str, words: &[&str]| home.shell(&shell, &["--norc"], &bash(line, words));
    assert!(!offers("keyfob code ", &["keyfob", "code", ""]).contains("alice"), "nobody has unlocked it");
    home.done(&["agent"]);
    let all = offers("keyfob code ", &["keyfob", "code", ""]);
    assert!(all.contains("AWS:alice\n") && all.contains("GitHub:bob\n"), "{all}");
    assert!(all.contains("Big\\ Bank:carol\\ d\n"), "quoted for the shell: {all}");
    assert_eq!(offers("keyfob check Git", &["keyfob", "check", "Git"]), "GitHub:bob\n");
    assert_eq!(offers("keyfob code AWS:a", &["keyfob", "code", "AWS", ":", "a"]), "alice\n");
    assert_eq!(offers("keyfob age", &["keyfob", "age"]), "agent\n");
    assert!(!offers("keyfob import ", &["keyfob", "import", ""]).contains("alice"));
    home.done(&["agent", "lock"]);
    assert!(!offers("keyfob code ", &["keyfob", "code", ""]).contains("alice"));
}

#[test]
fn fish_completes_devices_while_they_are_held() {
    let Some(shell) = need_program("fish") else { return };
    let home = Usual::new();
    let offers = || home.shell(&shell, &["--no-config"], "source keyfob.fish; complete -C 'keyfob code '");
    assert!(!offers().contains("alice"));
    home.done(&["agent"]);
    let told = offers();
    assert!(told.contains("AWS:alice\tDevice\n") && told.contains("GitHub:bob\tDevice\n"), "{told}");
}

#[test]
fn zsh_completes_devices_while_they_are_held() {
    let Some(shell) = need_program("zsh") else { return };
    let home = Usual::new();
    // What zsh would offer is what its completion function hands to compadd.
    let script = "autoload -U compinit; compinit -u -D; source ./keyfob.zsh
        compadd() { local name=${@[-1]}; print -rl -- ${(P)name} }
        _keyfob_devices";
    let offers = || home.shell(&shell, &["-f"], script);
    assert!(!offers().contains("alice"));
    home.done(&["agent"]);
    let told = offers();
    assert!(told.contains("AWS:alice\n") && told.contains("Big Bank:carol d\n"), "{told}");
    let generated = std::fs::read_to_string(home.0.path("keyfob.zsh")).unwrap();
    assert!(generated.matches(":_keyfob_devices'").count() >= 5, "every QUERY that picks a device");
}

#[test]
fn elvish_and_powershell_ask_for_names_too() {
    let home = Home::empty();
    for (shell, call) in [("elvish", "e:keyfob names"), ("powershell", "@(keyfob names 2>$null")] {
        let script = home.done(&["completions", shell]);
        assert_eq!(script.matches(call).count(), 1, "{shell}");
    }
}
