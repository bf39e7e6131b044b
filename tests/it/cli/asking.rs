//! Asking for a passphrase on the terminal.

use crate::harness::home::{Home, KEYFOB, PASSPHRASE};
use crate::harness::pty::{Exit, Pty};
use rustix::process::Signal;

fn start(home: &Home, arguments: &[&str]) -> Pty {
    let vault = home.vault().display().to_string();
    home.terminal(KEYFOB).args(&[&["--vault", &vault], arguments].concat()).start()
}

fn shows(pty: &Pty, secret: &str) -> bool {
    String::from_utf8_lossy(pty.raw()).contains(secret)
}

#[test]
fn the_passphrase_is_asked_for_and_never_shown() {
    let home = Home::with_two();
    let mut pty = start(&home, &["code", "alice", "--at", "59"]);
    pty.wait_text("Passphrase:");
    pty.type_text(&format!("{PASSPHRASE}\r"));
    assert_eq!(pty.wait_exit(), Exit::Code(0), "{}", pty.text());
    assert_eq!(pty.text(), "Passphrase:\n287082");
    assert!(!shows(&pty, PASSPHRASE));
    pty.assert_restored();
}

#[test]
fn a_wrong_passphrase_and_none_end_with_3() {
    let home = Home::with_two();
    let end = |typed: &str| {
        let mut pty = start(&home, &["list"]);
        pty.wait_text("Passphrase:");
        pty.type_text(typed);
        let exit = pty.wait_exit();
        pty.assert_restored();
        (exit, pty.text().lines().last().unwrap_or_default().trim_end().to_owned())
    };
    let (exit, told) = end("not it\r");
    assert_eq!(exit, Exit::Code(3));
    assert!(told.ends_with("the passphrase does not open this vault"), "{told}");
    for typed in ["\r", "\u{4}"] {
        assert_eq!(end(typed), (Exit::Code(3), "keyfob: passphrase: none was typed".to_owned()), "{typed:?}");
    }
}

#[test]
fn a_new_passphrase_is_asked_for_twice() {
    let home = Home::empty();
    let mut pty = start(&home, &["init", "--work-factor", "10"]);
    pty.wait_text("New passphrase:");
    pty.type_text("one of these\r");
    pty.wait_text("The same again:");
    pty.type_text("another one\r");
    assert_eq!(pty.wait_exit(), Exit::Code(4));
    assert!(
        pty.text().contains("keyfob: passphrase: the two that were typed are not the same"),
        "{}",
        pty.text()
    );
    pty.assert_restored();
    assert!(!home.vault().exists());

    let mut pty = start(&home, &["init", "--work-factor", "10"]);
    pty.wait_text("New passphrase:");
    pty.type_text(&format!("{PASSPHRASE}\r"));
    pty.wait_text("The same again:");
    pty.type_text(&format!("{PASSPHRASE}\r"));
    assert_eq!(pty.wait_exit(), Exit::Code(0), "{}", pty.text());
    assert!(!shows(&pty, PASSPHRASE));
    assert_eq!(home.done(&["list"]), "");
}

#[test]
fn a_signal_at_the_question_gives_the_echo_back() {
    let home = Home::with_two();
    for (signal, name) in [(Signal::INT, "Interrupt"), (Signal::TERM, "Terminated"), (Signal::HUP, "Hangup")]
    {
        let mut pty = start(&home, &["list"]);
        pty.wait_text("Passphrase:");
        pty.type_text("half of it");
        pty.signal(signal);
        assert_eq!(pty.wait_exit(), Exit::Signal(name.to_owned()));
        pty.assert_restored();
        assert!(!shows(&pty, "half of it"));
    }
    let mut pty = start(&home, &["list"]);
    pty.wait_text("Passphrase:");
    pty.press("Ctrl-c");
    assert_eq!(pty.wait_exit(), Exit::Signal("Interrupt".to_owned()));
    pty.assert_restored();
}

#[test]
fn a_costly_header_is_asked_about_first() {
    let home = Home::with_vault();
    // The identity stanza's own header says what a try costs: 2^19 takes half a gigabyte.
    let file = std::fs::read(home.vault()).unwrap();
    let dear = with_work_factor(&file, 19);
    std::fs::write(home.vault(), dear).unwrap();
    let mut pty = start(&home, &["list"]);
    pty.wait_text("Go on? y or n:");
    pty.type_text("n\r");
    assert_eq!(pty.wait_exit(), Exit::Code(3));
    assert!(
        pty.text().contains("opening this takes 512 MiB of memory (scrypt work factor 19)"),
        "{}",
        pty.text()
    );
    assert!(pty.text().contains("keyfob: vault: left closed, as you said"), "{}", pty.text());
    pty.assert_restored();
}

/// The vault's bytes with another work factor in its identity stanza.
fn with_work_factor(file: &[u8], factor: u8) -> Vec<u8> {
    let text = String::from_utf8_lossy(file);
    let start = text.find("-> keyfob-identity v1\n").unwrap() + "-> keyfob-identity v1\n".len();
    let end = start + text[start..].find("\n-> ").or_else(|| text[start..].find("\n--- ")).unwrap();
    let body = text[start..end].replace('\n', "");
    let mut inner = decode(&body);
    let at = inner.windows(3).position(|window| window == b"10\n").unwrap();
    inner[at..at + 2].copy_from_slice(factor.to_string().as_bytes());
    let lines: Vec<String> =
        encode(&inner).as_bytes().chunks(64).map(|line| String::from_utf8(line.to_vec()).unwrap()).collect();
    [&file[..start], lines.join("\n").as_bytes(), &file[end..]].concat()
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn decode(text: &str) -> Vec<u8> {
    let bits = text.bytes().map(|letter| ALPHABET.iter().position(|known| *known == letter).unwrap());
    let (mut out, mut held, mut count) = (Vec::new(), 0usize, 0);
    for six in bits {
        held = held << 6 | six;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(held >> count & 0xff).unwrap());
        }
    }
    out
}

fn encode(bytes: &[u8]) -> String {
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let held =
            group.iter().fold(0usize, |held, byte| held << 8 | usize::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..=group.len() {
            out.push(char::from(ALPHABET[held >> (18 - 6 * place) & 63]));
        }
    }
    out
}

#[test]
fn each_file_of_a_folder_is_asked_for_its_own_password_by_name() {
    let home = Home::with_two();
    std::fs::create_dir(home.path("files")).unwrap();
    for (name, only, password) in [("a.age", "alice", "one"), ("b.age", "bob", "two")] {
        std::fs::write(home.path("password"), password).unwrap();
        let file = home.path(&format!("files/{name}")).display().to_string();
        home.done(&["export", &file, "--only", only, "--backup-passphrase-file", "password"]);
    }
    let other = Home::with_vault();
    let folder = home.path("files").display().to_string();
    let options = other.options();
    let mut arguments: Vec<&str> = options.iter().map(String::as_str).collect();
    arguments.extend(["import", &folder, "--dry-run"]);
    let mut pty = other.terminal(KEYFOB).args(&arguments).start();
    for (name, password) in [("a.age", "one"), ("b.age", "two")] {
        pty.wait_text(&format!("files/{name}:"));
        pty.type_text(&format!("{password}\r"));
    }
    assert_eq!(pty.wait_exit(), Exit::Code(0), "{}", pty.text());
    assert!(pty.text().contains("would add 2 devices"), "{}", pty.text());
}
