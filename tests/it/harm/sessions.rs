//! Every screen of the real program, and how to get there.

use crate::harness::home::{Home, KEYFOB, PASSPHRASE};
use crate::harness::pty::Pty;

/// A screen: its name, what it is begun from, the keys that lead there, and what it then shows.
pub type Session = (&'static str, From, &'static [&'static str], &'static str);

/// What a session is begun from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// An open vault.
    Open,
    /// A vault that asks for its passphrase.
    Locked,
    /// No vault at all.
    Nothing,
    /// A command that asks for a passphrase on the terminal.
    Command,
}

/// `PASSPHRASE` among the keys is typed.
pub const SESSIONS: &[Session] = &[
    ("list", From::Open, &[], "alice"),
    ("find", From::Open, &["/", "b"], "1 of 2"),
    ("detail", From::Open, &["Right"], "alice"),
    ("add", From::Open, &["a", "x"], "secret"),
    ("edit", From::Open, &["e"], "Edit"),
    ("delete", From::Open, &["d"], "Delete"),
    ("drop", From::Open, &["a", "x", "Esc"], "y"),
    ("check", From::Open, &["v"], "code"),
    ("export", From::Open, &["x"], "backup"),
    ("import", From::Open, &["i"], "Import"),
    ("help", From::Open, &["?"], "Moves"),
    ("palette", From::Open, &[":"], "command"),
    ("prove", From::Open, &["V"], "passphrase"),
    ("secret", From::Open, &["V", "PASSPHRASE", "Enter"], "GEZD"),
    ("qr", From::Open, &["r", "PASSPHRASE", "Enter"], "▀"),
    ("lock", From::Open, &["L"], "passphrase"),
    ("unlock", From::Locked, &["a", "b"], "passphrase"),
    ("first run", From::Nothing, &[], "passphrase"),
    ("prompt", From::Command, &[], "passphrase"),
];

/// A session that has come to its screen.
#[track_caller]
pub fn begin(home: &Home, empty: &Home, session: &Session, variables: &[(&str, &str)]) -> Pty {
    let (name, from, keys, shows) = session;
    let start = match from {
        From::Open => home.screen(),
        From::Locked => home.locked_screen(),
        From::Nothing => empty.locked_screen(),
        From::Command => home.terminal(KEYFOB).args(&home.vault_option()).args(&["list"]),
    };
    let start = variables.iter().fold(start, |start, (name, value)| start.env(name, value)).size(100, 45);
    let mut pty = start.start();
    match from {
        From::Open => pty.wait("the list", |screen| screen.contains("alice") && screen.contains("bob")),
        _ => pty.wait("a question", |screen| screen.to_lowercase().contains("passphrase")),
    }
    for keys in *keys {
        match *keys {
            "PASSPHRASE" => {
                // Asked for once it is known that no identity file opens the vault.
                pty.wait_text("passphrase of the vault");
                pty.type_text(PASSPHRASE);
            }
            keys => pty.press(keys),
        }
        pty.wait_taken();
    }
    let shows = shows.to_lowercase();
    pty.wait(&format!("{name}: {shows}"), |screen| screen.to_lowercase().contains(&shows));
    pty
}

/// What must be as it was after a session that changed nothing.
#[track_caller]
pub fn assert_intact(home: &Home, empty: &Home) {
    assert_eq!(home.accounts(), ["alice", "bob"]);
    let names = |home: &Home| {
        let all = std::fs::read_dir(home.path("")).unwrap();
        all.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect::<Vec<_>>()
    };
    assert!(!empty.vault().exists());
    let left = [names(home), names(empty)].concat();
    assert!(!left.iter().any(|name| name.starts_with("core") || name.contains(".new")), "{left:?}");
}
