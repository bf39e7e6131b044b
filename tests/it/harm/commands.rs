//! Hostile text in every place of every command, through the real program.

use super::stream::{Writer, fault};
use super::stride;
use super::strings::{bytes, strings};
use crate::harness::home::{Home, KEYFOB, OTHER_SECRET, RFC_SECRET};
use crate::harness::say;
use serde_json::json;
use std::ffi::OsString;
use std::io::Write as _;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Runs a command; what it wrote has to be harmless.
#[track_caller]
fn assert_harmless(mut command: Command, input: &[u8], what: &str) {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{what}: {error}"));
    // A program that reads no input may be gone before it is written.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.code().is_some_and(|code| code <= 5), "{what}: {output:?}");
    for (stream, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        assert_eq!(fault(bytes, Writer::Command), None, "{what}: {stream}");
    }
}

/// A file of Aegis in clear text, with each text in every place that it has.
fn aegis(strings: &[String]) -> String {
    let entry = |(number, text): (usize, &String)| {
        let secret = format!(
            "{:A<32}",
            number.to_string().bytes().map(|digit| char::from(digit + 17)).collect::<String>()
        );
        let uuid = format!("00000000-0000-4000-8000-{number:012}");
        json!({"type": "totp", "uuid": uuid, "name": text, "issuer": text, "note": text, "groups": [], "icon": null,
            "info": {"secret": secret, "algo": "SHA1", "digits": 6, "period": 30}})
    };
    let entries: Vec<_> =
        strings.iter().enumerate().map(|(number, text)| entry((number + 1_000, text))).collect();
    json!({"version": 1, "header": {"slots": null, "params": null}, "db": {"version": 3, "entries": entries, "groups": []}})
        .to_string()
}

/// A vault of hostile names, which is opened without a passphrase to ask for.
fn home_of(strings: &[String]) -> Home {
    let home = Home::with_vault();
    std::fs::write(home.path("aegis.json"), aegis(strings)).unwrap();
    home.done(&["import", "aegis.json"]);
    home
}

#[test]
fn hostile_devices_through_every_command_that_names_them() {
    let strings = strings();
    let home = home_of(&strings);
    let list: serde_json::Value = home.json(&["list"]);
    let devices = list.as_array().unwrap();
    assert_eq!(devices.len(), strings.len());
    // What JSON says comes back as it was.
    let names: std::collections::BTreeSet<_> =
        devices.iter().map(|device| device["account"].as_str().unwrap()).collect();
    assert!(strings.iter().filter(|text| text.trim() == *text).all(|text| names.contains(text.as_str())));
    let run = |arguments: &[&str]| {
        let mut command = home.command();
        command.args(arguments);
        assert_harmless(command, b"", &format!("{arguments:?}"));
    };
    for arguments in [
        &["list"][..],
        &["list", "a"],
        &["list", "--json"],
        &["import", "aegis.json", "--json"],
        &["import", "aegis.json", "--dry-run"],
        &["code", "a"],
        &["remove", "b", "--yes"],
        &["doctor"],
        &["doctor", "--json"],
        &["export", "codes.txt", "--format", "uris", "--plaintext", "--force"],
        &["export", "codes.csv", "--format", "csv", "--plaintext", "--force"],
        &["import", "codes.txt"],
        &["import", "codes.csv", "--json"],
        &["names"],
        &["aws", "list"],
        &["merge", "vault.age"],
        &["restore", "--list"],
    ] {
        run(arguments);
    }
    for (number, device) in devices.iter().enumerate().step_by(17) {
        let id = device["id"].as_str().unwrap();
        let text = strings.get(number).unwrap();
        match number % 6 {
            0 => run(&["code", id, "--json"]),
            1 => run(&["check", id, "000000", "111111"]),
            2 => run(&["check", id, "000000", "--json"]),
            3 => run(&["qr", id, "--svg", "code.svg", "--force"]),
            4 => run(&["edit", id, "--tag", "t", "--json"]),
            _ if text.contains('\0') => {}
            _ => run(&["edit", id, "--note", text, "--serial", text, "--tag", text]),
        }
    }
}

type Place = (&'static str, fn(&Home, &OsString) -> (Command, Vec<u8>));

/// The program on the home's vault with these words.
fn words(home: &Home, arguments: &[&[u8]]) -> Command {
    let mut command = home.command();
    command.args(arguments.iter().map(|word| OsString::from_vec(word.to_vec())));
    command
}

/// The program with only what these words name.
fn bare(home: &Home) -> Command {
    let mut command = Command::new(KEYFOB);
    command.env_clear().envs(home.env()).current_dir(home.path(""));
    command
}

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// A file of that name in the home, where there can be one.
fn file(home: &Home, name: &OsString, contents: &[u8]) -> Vec<u8> {
    let flat: Vec<u8> = name.as_bytes().iter().map(|byte| if *byte == b'/' { b'|' } else { *byte }).collect();
    let flat = joined(&[b"f", &flat[..flat.len().min(200)]]);
    let path = home.path("").join(PathBuf::from(OsString::from_vec(flat.clone())));
    std::fs::write(path, contents).unwrap();
    flat
}

/// Where a text can come from; the command that then says something of it, and what it reads.
const PLACES: &[Place] = &[
    ("a query", |home, text| (words(home, &[b"code", b"--", text.as_bytes()]), vec![])),
    ("the vault's path", |home, text| (words(home, &[b"list", b"--vault", text.as_bytes()]), vec![])),
    ("a vault's name", |home, text| {
        let name = file(home, text, &std::fs::read(home.vault()).unwrap());
        (words(home, &[b"doctor", b"--vault", &name]), vec![])
    }),
    ("a damaged vault's name", |home, text| {
        let name = file(home, text, b"age-encryption.org/v1\n-> x\n");
        (words(home, &[b"list", b"--vault", &name]), vec![])
    }),
    ("a missing file", |home, text| (words(home, &[b"import", b"--", text.as_bytes()]), vec![])),
    ("a bad file's name", |home, text| {
        let name = file(home, text, b"\xff\x1b[31m");
        (words(home, &[b"import", b"--", &name]), vec![])
    }),
    ("the lines of a list", |home, text| {
        let bytes = text.as_bytes();
        let uri = joined(&[b"otpauth://totp/", bytes, b"?secret=", bytes, b"&issuer=", bytes]);
        let name = file(
            home,
            &"list".into(),
            &joined(&[bytes, b"\n", &uri, b"\notpauth://totp/x?secret=", RFC_SECRET.as_bytes(), b"\n"]),
        );
        (words(home, &[b"import", b"--format", b"uris", b"--dry-run", &name]), vec![])
    }),
    ("a CSV file", |home, text| {
        let name = file(
            home,
            &"csv".into(),
            &joined(&[b"issuer,account,secret\n\"", text.as_bytes(), b"\",\"", text.as_bytes(), b"\",1\n"]),
        );
        (words(home, &[b"import", b"--json", &name]), vec![])
    }),
    ("a JSON file", |home, text| {
        let name = file(
            home,
            &"json".into(),
            &joined(&[b"{\"version\":1,\"", text.as_bytes(), b"\":[\"", text.as_bytes(), b"\"]}"]),
        );
        (words(home, &[b"import", &name]), vec![])
    }),
    ("an XML file", |home, text| {
        let name = file(
            home,
            &"xml".into(),
            &joined(&[
                b"<?xml version='1.0'?><KeePassFile><",
                text.as_bytes(),
                b">",
                text.as_bytes(),
                b"</KeePassFile>",
            ]),
        );
        (words(home, &[b"import", &name]), vec![])
    }),
    ("a format's name", |home, text| (words(home, &[b"import", b"x", b"--format", text.as_bytes()]), vec![])),
    ("a URI", |home, text| {
        (
            words(home, &[b"add", b"-"]),
            joined(&[b"otpauth://totp/", text.as_bytes(), b"?secret=1&issuer=", text.as_bytes()]),
        )
    }),
    ("names of a new device", |home, text| {
        let text = text.as_bytes();
        let command = words(
            home,
            &[
                b"add",
                b"--issuer",
                text,
                b"--account",
                text,
                b"--tag",
                text,
                b"--serial",
                text,
                b"--secret-file",
                b"-",
                b"--json",
            ],
        );
        (command, OTHER_SECRET.as_bytes().to_vec())
    }),
    ("a secret", |home, text| {
        (words(home, &[b"add", b"--issuer", b"x", b"--secret-file", b"-"]), text.as_bytes().to_vec())
    }),
    ("an identity's path", |home, text| (words(home, &[b"list", b"--identity", text.as_bytes()]), vec![])),
    ("an identity file", |home, text| {
        let name = file(home, text, &joined(&[b"# ", text.as_bytes(), b"\n", text.as_bytes(), b"\n"]));
        (words(home, &[b"list", b"--identity", &name]), vec![])
    }),
    ("a passphrase file's path", |home, text| {
        let mut command = bare(home);
        command.arg("--vault").arg(home.vault()).arg("list").arg("--passphrase-file").arg(text);
        (command, vec![])
    }),
    ("an option", |home, text| (words(home, &[&joined(&[b"--", text.as_bytes()])]), vec![])),
    ("a command", |home, text| (words(home, &[text.as_bytes()]), vec![])),
    ("a value", |home, text| (words(home, &[b"code", b"alice", b"--at", text.as_bytes()]), vec![])),
    ("a kind", |home, text| (words(home, &[b"add", b"--kind", text.as_bytes()]), vec![])),
    ("a setting", |home, text| {
        config(home, &joined(&[b"\"", text.as_bytes(), b"\" = \"", text.as_bytes(), b"\"\n"]));
        (bare_with(home, &["config"], &[]), vec![])
    }),
    ("a broken configuration", |home, text| {
        config(home, &joined(&[b"vault = ", text.as_bytes(), b"\n"]));
        (bare_with(home, &["list"], &[]), vec![])
    }),
    ("the vault of the configuration", |home, text| {
        let text = text.to_string_lossy();
        config(home, toml_vault(&text).as_bytes());
        (bare_with(home, &["config"], &[]), vec![])
    }),
    ("TERM", |home, text| {
        config(home, b"");
        (bare_with(home, &["doctor"], &[("TERM", text)]), vec![])
    }),
    ("KEYFOB_VAULT", |home, text| (bare_with(home, &["config"], &[("KEYFOB_VAULT", text)]), vec![])),
    ("HOME", |home, text| {
        (
            bare_with(home, &["list"], &[("HOME", text), ("XDG_DATA_HOME", text), ("XDG_CONFIG_HOME", text)]),
            vec![],
        )
    }),
    ("the locale", |home, text| {
        (bare_with(home, &["config"], &[("LANG", text), ("LC_ALL", text), ("TZ", text)]), vec![])
    }),
    ("the session", |home, text| {
        (
            bare_with(
                home,
                &["doctor"],
                &[("SSH_CONNECTION", text), ("SSH_TTY", text), ("TMUX", text), ("DISPLAY", text)],
            ),
            vec![],
        )
    }),
    ("AWS variables", |home, text| {
        let variables = [("AWS_PROFILE", text), ("AWS_REGION", text), ("AWS_CONFIG_FILE", text)];
        (bare_with(home, &["aws", "list", "--local"], &variables), vec![])
    }),
    ("a profile", |home, text| {
        let bytes = text.as_bytes();
        let name = file(
            home,
            &"aws".into(),
            &joined(&[b"[profile ", bytes, b"]\nmfa_serial = ", bytes, b"\nregion = ", bytes, b"\n"]),
        );
        let name = OsString::from_vec(name);
        (bare_with(home, &["doctor"], &[("AWS_CONFIG_FILE", &name)]), vec![])
    }),
    ("a profile that is asked for", |home, text| {
        let mut command = words(home, &[b"aws", b"code", b"--", text.as_bytes()]);
        command.env("AWS_CONFIG_FILE", text);
        (command, vec![])
    }),
    ("an export's name", |home, text| {
        let name = file(home, text, b"there");
        (words(home, &[b"export", b"--backup-passphrase-file", b"passphrase", b"--", &name]), vec![])
    }),
    ("an export that is made", |home, text| {
        let name = file(home, text, b"there");
        (words(home, &[b"export", b"--format", b"uris", b"--plaintext", b"--force", b"--", &name]), vec![])
    }),
    ("a generation", |home, text| (words(home, &[b"restore", b"--", text.as_bytes()]), vec![])),
    ("names among the generations", |home, text| {
        let history = home.path("vault.age.history");
        std::fs::create_dir_all(&history).unwrap();
        let flat: Vec<u8> =
            text.as_bytes().iter().map(|byte| if *byte == b'/' { b'|' } else { *byte }).take(180).collect();
        let name = joined(&[b"00000001-2026-01-01T00-00-00Z-", &flat, b".age"]);
        std::fs::write(history.join(PathBuf::from(OsString::from_vec(name))), b"x").unwrap();
        (words(home, &[b"restore", b"--list"]), vec![])
    }),
    ("another copy", |home, text| (words(home, &[b"merge", b"--", text.as_bytes()]), vec![])),
    ("a recipient", |home, text| {
        (words(home, &[b"lock", b"recipients", &joined(&[b"--add=", text.as_bytes()])]), vec![])
    }),
    ("a recipients file", |home, text| {
        let name = file(home, text, &joined(&[b"# ", text.as_bytes(), b"\n", text.as_bytes(), b"\n"]));
        let mut command = words(home, &[b"init", b"--recipients-file", &name, b"--vault", b"new.age"]);
        command.current_dir(home.path(""));
        (command, vec![])
    }),
    ("a picture's name", |home, text| {
        let name = file(home, text, b"\x89PNG\r\n\x1a\nxxxx");
        (words(home, &[b"add", b"--qr", &name]), vec![])
    }),
    ("a shell", |home, text| (words(home, &[b"completions", text.as_bytes()]), vec![])),
    ("a folder for manuals", |home, text| {
        let name = file(home, text, b"no folder");
        (words(home, &[b"man", &name]), vec![])
    }),
];

fn toml_vault(text: &str) -> String {
    let escaped: Vec<String> = text.chars().map(|c| format!("\\U{:08x}", u32::from(c))).collect();
    let escaped = escaped.concat();
    format!("vault = \"{escaped}\"\n")
}

fn config(home: &Home, contents: &[u8]) {
    std::fs::create_dir_all(home.path("config/keyfob")).unwrap();
    std::fs::write(home.path("config/keyfob/config.toml"), contents).unwrap();
}

fn bare_with(home: &Home, arguments: &[&str], variables: &[(&str, &OsString)]) -> Command {
    let mut command = bare(home);
    command.args(arguments).envs(variables.iter().copied());
    command
}

/// Each text in one of the places, each place with texts of every kind: they stand in the order of their kinds.
#[test]
fn hostile_text_in_every_place_of_a_command() {
    let home = Home::with_two();
    let texts: Vec<OsString> = strings()
        .into_iter()
        .map(String::into_bytes)
        .chain(bytes())
        .filter(|bytes| !bytes.contains(&0))
        .map(OsString::from_vec)
        .collect();
    let mut runs = 0;
    for (at, (name, command)) in PLACES.iter().enumerate() {
        let step = stride(PLACES.len());
        for text in texts.iter().skip(at % step).step_by(step) {
            let (command, input) = command(&home, text);
            assert_harmless(command, &input, &format!("{name}: {text:?}"));
            runs += 1;
        }
        config(&home, b"");
    }
    say(&format!("{} texts, {} places, {runs} runs", texts.len(), PLACES.len()));
}

/// What a NUL or a number makes of a file that is read, where no argument can hold it.
#[test]
fn whole_files_of_hostile_text_in_every_format() {
    let home = Home::with_vault();
    let strings = strings();
    let all = strings.join("\n");
    for format in keyfob::exchange::FORMATS.iter().map(|format| format.name) {
        for contents in [all.as_bytes(), &bytes().concat(), aegis(&strings).as_bytes()] {
            std::fs::write(home.path("file"), contents).unwrap();
            let mut command = home.command();
            command.args(["import", "file", "--format", format, "--dry-run"]);
            assert_harmless(command, b"", format);
        }
    }
}

/// The real screen on a vault of all of them: each row seen, details, a search, on a path that is no better.
#[test]
fn the_real_screen_on_a_hostile_vault() {
    let strings = strings();
    let home = home_of(&strings);
    let name = "v\u{1b}]0;owned\u{7}\u{202e}\u{9b}31m.age";
    std::fs::copy(home.vault(), home.path(name)).unwrap();
    let mut options = home.options();
    options[1] = home.path(name).display().to_string();
    let hostile = [("SSH_CONNECTION", "\u{1b}c"), ("LC_ALL", "C.UTF-8"), ("COLORTERM", "\u{9b}31m")];
    let start = hostile
        .iter()
        .fold(home.terminal(KEYFOB).args(&options), |start, (name, value)| start.env(name, value));
    let mut pty = start.start();
    pty.wait_text(&format!("{} devices", strings.len()));
    for keys in ["e", "d", "v"] {
        pty.press_and_see(keys);
        pty.press_until("Esc", "the list", |screen| screen.contains("copy"));
    }
    for _ in 0..strings.len() / 10 {
        pty.press("PgDn");
        pty.wait_taken();
    }
    pty.press("Home");
    pty.press_and_see("/");
    pty.type_text("own");
    pty.wait_text(" of ");
    pty.press("Esc");
    let raw = pty.quit();
    assert_eq!(fault(&raw, Writer::Screen(&[])), None);
}
