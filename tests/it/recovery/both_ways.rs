//! Random vaults and backups to the stock age programs and back: `KEYFOB_VAULTS` says how many.

use super::NOW;
use crate::harness::home::Home;
use crate::harness::{find_program, need_program, say};
use crate::vault::{candidate, cheap, memory_store, open_with_identity, passphrase, recipient};
use keyfob::device::Candidate;
use keyfob::otp::{Algorithm, Digits, Method, Period, Secret};
use keyfob::text::Text;
use keyfob::vault::disk::Disk as _;
use keyfob::vault::{
    BackupLock, Change, NewLock, Unlock, Vault, VaultId, WriterId, open_backup, seal_backup,
};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use uuid::Uuid;

/// The programs that know age's format; rage may have been installed elsewhere than in `PATH`.
const PROGRAMS: [&str; 2] = ["age", "rage"];

fn count() -> usize {
    std::env::var("KEYFOB_VAULTS").ok().and_then(|count| count.parse().ok()).unwrap_or(10)
}

/// Numbers that look random and are the same each time (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % limit
    }

    fn text(&mut self) -> Text {
        let words = ["Acme", "ünï", "日本", "a b", "x:y", "100 %", "\"q\"", "e\u{301}", "\u{1f511}", ""];
        let text: Vec<&str> = (0..self.below(4)).map(|_| words[self.below(words.len())]).collect();
        Text::line(text.join(" ").trim()).unwrap()
    }

    fn device(&mut self, number: usize) -> Candidate {
        let mut secret = vec![0; 1 + self.below(80)];
        for byte in &mut secret {
            *byte = u8::try_from(self.below(256)).unwrap();
        }
        // Each differs, however short it is.
        secret.extend_from_slice(&u16::try_from(number).unwrap().to_be_bytes());
        let algorithm = [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512][self.below(3)];
        let digits = Digits::new(6 + self.below(5) as u64).unwrap();
        let period = Period::new(1 + self.below(300) as u64).unwrap();
        let method = match self.below(4) {
            0 => Method::Hotp { algorithm, digits, counter: self.below(1 << 40) as u64 },
            1 => Method::Steam,
            _ => Method::Totp { algorithm, digits, period },
        };
        Candidate {
            issuer: self.text(),
            account: self.text(),
            method,
            tags: (0..self.below(3)).map(|tag| Text::line(&format!("tag{tag}")).unwrap()).collect(),
            note: self.text(),
            ..Candidate::bare(Secret::from_bytes(&secret).unwrap())
        }
    }

    fn fill(&mut self, vault: &mut Vault) {
        for number in 0..self.below(20) {
            let add = Change::Add(Box::new(self.device(number)));
            vault.apply(&add, NOW).unwrap();
        }
    }
}

fn through(program: &Path, arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The secrets in decrypted contents, by a reader that is not ours.
fn secrets(plain: &[u8]) -> Vec<Vec<u8>> {
    let field = |map: &rmpv::Value, name: &str| {
        let pairs = map.as_map().unwrap();
        pairs.iter().find(|(key, _)| key.as_str() == Some(name)).unwrap().1.clone()
    };
    let outer = rmpv::decode::read_value(&mut &*plain).unwrap();
    let content = field(&outer, "content");
    let content = rmpv::decode::read_value(&mut content.as_slice().unwrap()).unwrap();
    let devices = field(&content, "devices");
    devices.as_array().unwrap().iter().map(|row| field(row, "secret").as_slice().unwrap().to_vec()).collect()
}

fn assert_holds(plain: &[u8], vault: &Vault) {
    let ours: Vec<Vec<u8>> = vault.devices().map(|device| device.secret.expose(<[u8]>::to_vec)).collect();
    assert_eq!(secrets(plain), ours);
}

#[test]
fn random_vaults_go_to_the_stock_programs_and_come_back_the_same() {
    let home = Home::empty();
    let key = super::identity_file(&home);
    let key = key.to_str().unwrap();
    let (_, to) = recipient();
    for program in PROGRAMS {
        let Some(path) = need_program(program) else { continue };
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
        for _ in 0..count() {
            let (_, store) = memory_store();
            let lock = NewLock::Recipients(vec![to.clone()]);
            store.create_with(&lock, NOW, |vault| numbers.fill(vault)).unwrap();
            let session = open_with_identity(&store).unwrap();
            let plain = through(&path, &["-d", "-i", key], store.read().unwrap().bytes());
            assert_holds(&plain, session.vault());
            let file = through(&path, &["-r", to.as_str()], &plain);
            let (disk, other) = memory_store();
            disk.create_new(other.path()).unwrap().write_all(&file).unwrap();
            let back = open_with_identity(&other).unwrap();
            assert!(back.vault().same_contents(session.vault()), "{program}");
        }
        say(&format!("{} vaults to {program} and back", count()));
    }
}

#[test]
fn random_backups_go_to_the_stock_programs_and_come_back_the_same() {
    let home = Home::empty();
    let key = super::identity_file(&home);
    let key = key.to_str().unwrap();
    let (identities, to) = recipient();
    for program in PROGRAMS {
        let Some(path) = need_program(program) else { continue };
        let mut numbers = Numbers(0xda3e_39cb_94b9_5bdb);
        for number in 0..count() {
            let id = Uuid::from_u128(number as u128 + 1);
            let mut vault = Vault::empty(VaultId(id), WriterId(1));
            numbers.fill(&mut vault);
            let sealed = seal_backup(&vault, None, &BackupLock::Recipients(vec![to.clone()])).unwrap();
            let plain = through(&path, &["-d", "-i", key], sealed.bytes());
            assert_holds(&plain, &vault);
            // Every other one in ASCII.
            let armor: &[&str] = if number.is_multiple_of(2) { &["-a"] } else { &[] };
            let file = through(&path, &[&["-r", to.as_str()], armor].concat(), &plain);
            let back = open_backup(&file, Unlock::Identities(&identities)).unwrap();
            assert!(back.same_contents(&vault), "{program}");
        }
        say(&format!("{} backups to {program} and back", count()));
    }
}

#[test]
fn a_backup_with_a_passphrase_goes_both_ways_too() {
    for program in PROGRAMS {
        let Some(path) = need_program(program) else { continue };
        let path = path.to_str().unwrap().to_owned();
        let home = Home::empty();
        let mut vault = Vault::empty(VaultId(Uuid::from_u128(7)), WriterId(1));
        vault.apply(&Change::Add(Box::new(candidate(1))), NOW).unwrap();
        let lock = BackupLock::Passphrase(passphrase("correct horse"), cheap());
        let sealed = seal_backup(&vault, None, &lock).unwrap();
        std::fs::write(home.path("ours.age"), sealed.bytes()).unwrap();
        let folder = home.path("").display().to_string();
        let type_it = |command: &str, times: usize| {
            let command = format!("cd {folder} && {command}");
            // rage has a dialog ask where there is one, and prompts itself without.
            let shell = home.terminal(find_program("sh").unwrap()).env("PINENTRY_PROGRAM", "");
            let mut terminal = shell.args(&["-c", &command]).start();
            for time in 1..=times {
                // age takes the first question away again, rage leaves it.
                let asked = if time == 1 { "assphrase" } else { "onfirm passphrase" };
                terminal.wait_text(asked);
                terminal.type_text("correct horse");
                terminal.press("Enter");
            }
            assert_eq!(terminal.wait_exit(), crate::harness::pty::Exit::Code(0), "{}", terminal.text());
        };
        type_it(&format!("{path} -d -o plain ours.age"), 1);
        let plain = std::fs::read(home.path("plain")).unwrap();
        assert_holds(&plain, &vault);
        type_it(&format!("{path} -p -o theirs.age plain"), 2);
        let theirs = std::fs::read(home.path("theirs.age")).unwrap();
        let back = open_backup(&theirs, Unlock::Passphrase(&passphrase("correct horse"))).unwrap();
        assert!(back.same_contents(&vault), "{program}");
    }
}
