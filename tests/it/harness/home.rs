//! A home folder of its own, with a vault: nothing of the caller's is seen or touched.

use super::pty::Start;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the vaults of the tests are locked with.
pub const PASSPHRASE: &str = "correct horse battery staple 9";
/// RFC 4226 appendix D's secret.
pub const RFC_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
/// Another one.
pub const OTHER_SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
/// A third.
pub const THIRD_SECRET: &str = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU";

/// The program under test.
pub const KEYFOB: &str = env!("CARGO_BIN_EXE_keyfob");

/// A home folder that is gone when this is dropped.
pub struct Home {
    folder: tempfile::TempDir,
}

/// How a run ended, and what it said.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Home {
    /// One without a vault.
    pub fn empty() -> Self {
        let home = Self { folder: tempfile::Builder::new().prefix("keyfob-test-").tempdir().unwrap() };
        std::fs::write(home.path("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        home
    }

    /// One with an empty vault behind a cheap scrypt run.
    pub fn with_vault() -> Self {
        let home = Self::empty();
        home.done(&["init", "--work-factor", "10"]);
        home
    }

    /// One with `AWS:alice` and `GitHub:bob` in its vault.
    pub fn with_two() -> Self {
        let home = Self::with_vault();
        home.add(&uri("AWS", "alice", RFC_SECRET));
        home.add(&uri("GitHub", "bob", OTHER_SECRET));
        home
    }

    /// A file in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The vault's file.
    pub fn vault(&self) -> PathBuf {
        self.path("vault.age")
    }

    /// All that the program gets to see of an environment.
    pub fn env(&self) -> Vec<(&'static str, String)> {
        let below = |name: &str| self.path(name).display().to_string();
        vec![
            ("HOME", below("")),
            ("LANG", "C.UTF-8".to_owned()),
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("TERM", "xterm-256color".to_owned()),
            ("XDG_CONFIG_HOME", below("config")),
            ("XDG_DATA_HOME", below("data")),
            ("XDG_RUNTIME_DIR", below("")),
            ("XDG_STATE_HOME", below("state")),
        ]
    }

    /// The options that name the vault.
    pub fn vault_option(&self) -> [String; 2] {
        ["--vault".to_owned(), self.vault().display().to_string()]
    }

    /// The options that name the vault and open it.
    pub fn options(&self) -> [String; 4] {
        let [option, vault] = self.vault_option();
        let file = self.path("passphrase").display().to_string();
        [option, vault, "--passphrase-file".to_owned(), file]
    }

    /// The program as a command that sees nothing but this home.
    pub fn command(&self) -> Command {
        let mut command = Command::new(KEYFOB);
        command.env_clear().envs(self.env()).current_dir(self.folder.path()).args(self.options());
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str], input: &str) -> Ran {
        let mut command = self.command();
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that reads no input may be gone before it is written.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// The program with these options, nothing else named but the vault, and a terminal nowhere.
    pub fn run_alone(&self, options: &[&str], arguments: &[&str]) -> Ran {
        let mut command = Command::new("setsid");
        command.env_clear().envs(self.env()).current_dir(self.path(""));
        command.args(["-w", KEYFOB]).args(self.vault_option()).args(options).args(arguments);
        let output = command.stdin(Stdio::null()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Runs the program and insists that all went well; what it said.
    #[track_caller]
    pub fn done(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments, "");
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.stderr);
        ran.stdout
    }

    /// The same for a command that answers in JSON.
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.done(&[arguments, &["--json"]].concat())).unwrap()
    }

    /// Adds a device by its URI.
    #[track_caller]
    pub fn add(&self, uri: &str) {
        let ran = self.run(&["add", "-"], &format!("{uri}\n"));
        assert_eq!(ran.code, Some(0), "add: {}", ran.stderr);
    }

    /// The accounts in the vault, sorted.
    #[track_caller]
    pub fn accounts(&self) -> Vec<String> {
        self.accounts_of(&self.vault().display().to_string())
    }

    /// The accounts in another vault that opens with the same passphrase, sorted.
    #[track_caller]
    pub fn accounts_of(&self, vault: &str) -> Vec<String> {
        let list = self.json(&["list", "--vault", vault]);
        let mut accounts: Vec<String> = list
            .as_array()
            .unwrap()
            .iter()
            .map(|device| device["account"].as_str().unwrap().to_owned())
            .collect();
        accounts.sort();
        accounts
    }

    /// A device's code of this moment and the one after it.
    #[track_caller]
    pub fn codes(&self, query: &str) -> [String; 2] {
        let answer = self.json(&["code", query]);
        [&answer["code"], &answer["next"]].map(|code| code.as_str().unwrap().to_owned())
    }

    /// Any program in a terminal of this home.
    pub fn terminal(&self, program: impl AsRef<Path>) -> Start {
        self.env()
            .into_iter()
            .fold(Start::new(program.as_ref()), |start, (name, value)| start.env(name, &value))
    }

    /// The full-screen interface, unlocked by the passphrase file.
    pub fn screen(&self) -> Start {
        self.terminal(KEYFOB).args(&self.options())
    }

    /// The full-screen interface, which asks for the passphrase.
    pub fn locked_screen(&self) -> Start {
        self.terminal(KEYFOB).args(&self.vault_option())
    }
}

/// An otpauth URI of a TOTP device.
pub fn uri(issuer: &str, account: &str, secret: &str) -> String {
    format!("otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}")
}

/// A code as screens write it.
pub fn grouped(code: &str) -> String {
    format!("{} {}", &code[..3], &code[3..])
}
