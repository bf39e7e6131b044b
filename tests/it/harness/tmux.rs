//! A tmux server of a test's own.

use super::home::Home;
use super::pty::Start;
use super::{need_program, quoted, write_script};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A tmux server with its own socket and settings; ended when this is dropped.
pub struct Tmux {
    program: PathBuf,
    socket: PathBuf,
    config: PathBuf,
    script: PathBuf,
}

impl Tmux {
    /// None, and a word about it, where tmux is not installed. `settings` are lines of a tmux.conf; what
    /// runs inside is keyfob on this home's vault.
    pub fn new(home: &Home, settings: &str) -> Option<Self> {
        let program = need_program("tmux")?;
        let [socket, config, script] = ["tmux.socket", "tmux.conf", "in-tmux"].map(|name| home.path(name));
        std::fs::write(&config, settings).unwrap();
        let words: Vec<String> = std::iter::once(super::home::KEYFOB.to_owned())
            .chain(home.options())
            .map(|word| quoted(&word))
            .collect();
        write_script(&script, &format!("#!/bin/sh\nexec {}\n", words.join(" ")));
        Some(Self { program, socket, config, script })
    }

    /// The words that start a session with keyfob in it, or attach to the one there is.
    pub fn words(&self) -> Vec<String> {
        let place = |path: &PathBuf| path.display().to_string();
        let fixed = |word: &str| word.to_owned();
        let Self { program, socket, config, script } = self;
        let mut words =
            vec![place(program), fixed("-u"), fixed("-S"), place(socket), fixed("-f"), place(config)];
        words.extend(["new-session", "-A", "-s", "test"].map(fixed));
        words.push(place(script));
        words
    }

    /// Runs a command of this server, and gives what it prints.
    pub fn run(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(&self.program);
        let output =
            command.arg("-S").arg(&self.socket).args(arguments).stderr(Stdio::null()).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// What its buffers hold, the newest first.
    pub fn buffers(&self) -> Vec<String> {
        let names = self.run(&["list-buffers", "-F", "#{buffer_name}"]);
        names.lines().map(|name| self.run(&["show-buffer", "-b", name])).collect()
    }

    /// A terminal in which that runs.
    pub fn terminal(&self, home: &Home) -> Start {
        let words = self.words();
        home.terminal(&words[0]).args(&words[1..])
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let mut end = Command::new(&self.program);
        end.arg("-S").arg(&self.socket).arg("kill-server").stdout(Stdio::null()).stderr(Stdio::null());
        // It may have ended with its last session.
        let _ = end.status();
    }
}
