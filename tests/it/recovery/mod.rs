//! The way out without keyfob: docs/recover.py and the stock `age` program open what we write.

mod both_ways;

use crate::harness::home::Home;
use crate::harness::{find_program, need_program};
use crate::vault::{add, candidate, cheap, hotp, passphrase, recipient};
use keyfob::clock::UnixTime;
use keyfob::device::otpauth;
use keyfob::otp::{Method, Secret};
use keyfob::vault::{BackupLock, NewLock, Session, Store, seal_backup};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const NOW: UnixTime = UnixTime(1_764_000_000);

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/recover.py")
}

/// Devices of every kind, with names that need escaping.
fn fill(session: &mut Session) {
    use keyfob::text::Text;
    add(session, candidate(1));
    add(session, hotp(2, 1 << 40));
    let mut steam = candidate(3);
    steam.method = Method::Steam;
    steam.account = Text::line("gamer & co: 100 % ü").unwrap();
    add(session, steam);
    let mut long = candidate(4);
    long.secret = Secret::from_bytes(&[7; 300]).unwrap();
    long.note = Text::note("a note\nof two lines").unwrap();
    add(session, long);
}

/// What the script must print: URIs that our own reader takes for the same devices.
fn assert_recovers(printed: &str, session: &Session) {
    let uris: Vec<&str> = printed.lines().filter(|line| line.starts_with("otpauth://")).collect();
    assert_eq!(uris.len(), session.vault().devices().len(), "{printed}");
    for (uri, device) in uris.iter().zip(session.vault().devices()) {
        let read = otpauth::parse(uri).unwrap_or_else(|error| panic!("{error:?}"));
        assert_eq!((&read.issuer, &read.account), (&device.issuer, &device.account));
        assert!(read.secret == device.secret && read.method == device.method, "{}", device.label());
    }
}

fn run(arguments: &[&str]) -> Output {
    Command::new("python3").arg(script()).args(arguments).output().unwrap()
}

fn tools() -> bool {
    need_program("age").is_some() && need_program("python3").is_some()
}

#[test]
fn a_vault_for_recipients_is_recovered_with_age_and_python() {
    if !tools() {
        return;
    }
    let home = Home::empty();
    let store = Store::real(home.path("vault.age"));
    store.create(&NewLock::Recipients(vec![recipient().1]), NOW).unwrap();
    let mut session = store.read().unwrap().open(keyfob::vault::Unlock::Identities(&recipient().0)).unwrap();
    fill(&mut session);
    let key = identity_file(&home);
    let output = run(&["-i", key.to_str().unwrap(), store.path().to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    assert_recovers(&String::from_utf8(output.stdout).unwrap(), &session);
    let backup = home.path("backup.age");
    let sealed = seal_backup(session.vault(), None, &BackupLock::Recipients(vec![recipient().1])).unwrap();
    std::fs::write(&backup, sealed.bytes()).unwrap();
    let output = run(&["-i", key.to_str().unwrap(), backup.to_str().unwrap()]);
    assert_recovers(&String::from_utf8(output.stdout).unwrap(), &session);
}

fn identity_file(home: &Home) -> PathBuf {
    use age::secrecy::ExposeSecret;
    let path = home.path("key.txt");
    std::fs::write(&path, crate::vault::stock_identity().to_string().expose_secret()).unwrap();
    path
}

fn run_and_type_the_passphrase(home: &Home, command: &str) {
    let mut terminal = home.terminal(find_program("sh").unwrap()).args(&["-c", command]).start();
    terminal.wait("the question for the passphrase", |screen| screen.contains("passphrase"));
    terminal.type_text("correct horse");
    terminal.press("Enter");
    assert_eq!(terminal.wait_exit(), crate::harness::pty::Exit::Code(0), "{}", terminal.text());
}

#[test]
fn a_passphrase_vault_and_its_backup_are_recovered_by_typing_the_passphrase() {
    if !tools() {
        return;
    }
    let home = Home::empty();
    let store = Store::real(home.path("vault.age"));
    let lock = NewLock::Passphrase(passphrase("correct horse"), cheap());
    let mut session = store.create(&lock, NOW).unwrap();
    fill(&mut session);
    let backup = home.path("backup.age");
    let lock = BackupLock::Passphrase(passphrase("correct horse"), cheap());
    std::fs::write(&backup, seal_backup(session.vault(), None, &lock).unwrap().bytes()).unwrap();
    for file in [store.path(), &backup] {
        // age asks on the terminal, so it gets one; what the script prints goes to a file.
        let out = home.path("uris");
        let command = format!("python3 {} {} > {}", script().display(), file.display(), out.display());
        run_and_type_the_passphrase(&home, &command);
        assert_recovers(&std::fs::read_to_string(out).unwrap(), &session);
    }
}

#[test]
fn the_commands_in_the_format_page_work_without_python() {
    if !tools() {
        return;
    }
    let home = Home::empty();
    let store = Store::real(home.path("vault.age"));
    let lock = NewLock::Passphrase(passphrase("correct horse"), cheap());
    let mut session = store.create(&lock, NOW).unwrap();
    fill(&mut session);
    let page = std::fs::read_to_string(script().with_file_name("vault-format.md")).unwrap();
    let lines: Vec<&str> = page.lines().skip_while(|line| !line.starts_with("    sed -n")).collect();
    let commands: Vec<&str> =
        lines.into_iter().take_while(|line| line.starts_with("    ")).map(str::trim).collect();
    assert_eq!(commands.len(), 4, "{commands:?}");
    let command = format!("cd {} && {}", home.path("").display(), commands.join(" && "));
    run_and_type_the_passphrase(&home, &command);
    let contents = std::fs::read(home.path("contents.msgpack")).unwrap();
    let mut outer = contents.as_slice();
    let outer = rmpv::decode::read_value(&mut outer).unwrap();
    let content = outer.as_map().unwrap().iter().find(|(key, _)| key.as_str() == Some("content")).unwrap();
    let text = String::from_utf8_lossy(content.1.as_slice().unwrap()).into_owned();
    assert!(text.contains("user1"));
}
