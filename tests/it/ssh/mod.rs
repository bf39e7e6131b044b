//! Over a real ssh connection: nothing is saved by halves when it breaks, and nothing lives on.

mod forced;

use crate::harness::escapes::clipboard;
use crate::harness::home::{Home, KEYFOB, PASSPHRASE, THIRD_SECRET, uri};
use crate::harness::pty::{Exit, Pty};
use crate::harness::sshd::{REMOTE_PID, Sshd};
use crate::harness::tmux::Tmux;
use crate::harness::{eventually, is_alive, quoted, write_script};
use rustix::process::{Pid, Signal, kill_process};

/// keyfob at the other end, with its list up.
#[track_caller]
fn connect(sshd: &Sshd, home: &Home) -> Pty {
    let words: Vec<String> = std::iter::once(KEYFOB.to_owned()).chain(home.options()).collect();
    up(sshd.client(home, &words).start())
}

#[track_caller]
fn up(mut pty: Pty) -> Pty {
    pty.wait("list of both devices", |screen| screen.contains("alice") && screen.contains("bob"));
    pty
}

fn says(what: &'static str) -> impl Fn(&str) -> bool {
    move |screen| screen.lines().next().unwrap_or_default().contains(what) && !screen.contains("not saved")
}

fn remote_pid(home: &Home) -> u32 {
    std::fs::read_to_string(home.path(REMOTE_PID)).unwrap().trim().parse().unwrap()
}

/// RFC 6238 with nothing of keyfob's in it: the codes of this moment and its neighbours.
fn codes_by_the_book(secret: &[u8]) -> Vec<String> {
    use hmac::{Hmac, KeyInit, Mac};
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let code = |step: u64| {
        let mut mac = Hmac::<sha1::Sha1>::new_from_slice(secret).unwrap();
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let offset = usize::from(hash[19] & 15);
        let number = u32::from_be_bytes(hash[offset..offset + 4].try_into().unwrap()) & 0x7fff_ffff;
        format!("{:06}", number % 1_000_000)
    };
    [now / 30 - 1, now / 30].map(code).to_vec()
}

/// keyfob at the other end, which asks for its passphrase and gets it.
#[track_caller]
fn unlock(sshd: &Sshd, home: &Home) -> Pty {
    let words: Vec<String> = std::iter::once(KEYFOB.to_owned()).chain(home.vault_option()).collect();
    let mut pty = sshd.client(home, &words).start();
    pty.wait_text("passphrase");
    pty.type_text(PASSPHRASE);
    pty.press("Enter");
    up(pty)
}

#[test]
fn a_code_reaches_the_clipboard_at_the_clients_end() {
    let home = Home::with_two();
    let Some(sshd) = Sshd::start(&home) else { return };
    let mut pty = unlock(&sshd, &home);
    assert!(!String::from_utf8_lossy(pty.raw()).contains(PASSPHRASE));
    pty.press_and_see("Down");
    pty.press("c");
    pty.wait_text("sent");
    // The second one of the list is GitHub's: base32 JBSWY3DPEHPK3PXP, twice.
    let known = codes_by_the_book(b"Hello!\xde\xad\xbe\xefHello!\xde\xad\xbe\xef");
    let sent = clipboard(pty.raw());
    assert!(sent.iter().any(|text| known.contains(text)), "{sent:?} {known:?}");
    let sent = clipboard(&pty.quit());
    assert_eq!(sent.last().map(String::as_str), Some(""));
}

/// Adds a device, breaks the connection, and sees that the next one finds all and is held up by nothing.
#[track_caller]
fn broken(end: impl FnOnce(&mut Pty, u32)) {
    let home = Home::with_two();
    let Some(sshd) = Sshd::start(&home) else { return };
    let mut pty = connect(&sshd, &home);
    pty.paste(&uri("Pasted", "carol", THIRD_SECRET));
    pty.wait_text("Pasted");
    pty.press_until("Enter", "third device", says("3 devices"));
    let pid = remote_pid(&home);
    assert!(is_alive(pid));
    end(&mut pty, pid);
    pty.wait_exit();
    eventually("end of keyfob at the other end", || !is_alive(pid));
    assert_eq!(home.accounts(), ["alice", "bob", "carol"]);
    home.done(&["edit", "carol", "--note", "nobody holds the lock"]);
    let mut pty = connect(&sshd, &home);
    pty.wait_text("carol");
    pty.quit();
}

#[test]
fn a_killed_client_loses_nothing_and_leaves_nothing_running() {
    broken(|pty, _| pty.signal(Signal::KILL));
}

#[test]
fn a_killed_session_of_the_server_loses_nothing_and_leaves_nothing_running() {
    broken(|_, pid| {
        let session = Pid::from_raw(i32::try_from(parent(pid)).unwrap()).unwrap();
        kill_process(session, Signal::KILL).unwrap();
    });
}

/// The process that started this one.
fn parent(pid: u32) -> u32 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    stat.rsplit_once(") ").unwrap().1.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_backup_is_written_at_the_other_end() {
    let home = Home::with_two();
    let Some(sshd) = Sshd::start(&home) else { return };
    let out = home.path("backup.age");
    let mut pty = connect(&sshd, &home);
    pty.press_and_see("x");
    pty.press("Ctrl-u");
    pty.type_text(&out.display().to_string());
    for _ in 0..2 {
        pty.press("Tab");
        pty.type_text(PASSPHRASE);
    }
    pty.press_until("Enter", "proof", |screen| screen.contains("read back"));
    assert!(std::fs::read(&out).unwrap().starts_with(b"age-encryption.org/v1\n"));
    let restored = home.path("restored.age").display().to_string();
    home.done(&["restore", &out.display().to_string(), "--into", &restored]);
    assert_eq!(home.accounts_of(&restored), ["alice", "bob"]);
    assert!(!String::from_utf8_lossy(pty.raw()).contains(PASSPHRASE));
}

#[test]
fn in_tmux_it_outlives_the_connection_and_is_found_again() {
    let home = Home::with_two();
    let Some(sshd) = Sshd::start(&home) else { return };
    let Some(tmux) =
        Tmux::new(&home, "set -s set-clipboard on\nset -g allow-passthrough on\nset -g status off\n")
    else {
        return;
    };
    let mut pty = up(sshd.client(&home, &tmux.words()).start());
    pty.press_and_see("Down");
    let known: Vec<String> = ["alice", "bob"].iter().flat_map(|account| home.codes(account)).collect();
    pty.press("c");
    pty.wait_until("a code at this end", |pty| clipboard(pty.raw()).iter().any(|text| known.contains(text)));
    pty.wait_text("sent");
    let before = pty.still();
    pty.signal(Signal::KILL);
    pty.wait_exit();
    let mut pty = sshd.client(&home, &tmux.words()).start();
    pty.wait_until("the whole screen as it was", |pty| pty.still() == before);
    // Another size: drawn anew, and whole again.
    pty.resize(80, 24);
    pty.wait("screen of 80x24", |screen| screen.contains("bob") && screen.lines().count() == 24);
    pty.press("q");
    assert_eq!(pty.wait_exit(), Exit::Code(0));
}

#[test]
fn from_within_a_tmux_at_this_end_it_works_as_well() {
    let home = Home::with_two();
    let Some(sshd) = Sshd::start(&home) else { return };
    let Some(tmux) = Tmux::new(&home, "set -s set-clipboard on\nset -g status off\n") else { return };
    let words: Vec<String> = std::iter::once(KEYFOB.to_owned()).chain(home.options()).collect();
    let words: Vec<String> = sshd.client_words(&home, &words).iter().map(|word| quoted(word)).collect();
    write_script(&home.path("in-tmux"), &format!("#!/bin/sh\nexec {}\n", words.join(" ")));
    let mut pty = up(tmux.terminal(&home).start());
    pty.press_and_see("Down");
    pty.press("c");
    let known = codes_by_the_book(b"Hello!\xde\xad\xbe\xefHello!\xde\xad\xbe\xef");
    pty.wait_until("a code at this end", |pty| clipboard(pty.raw()).iter().any(|text| known.contains(text)));
    pty.press("q");
    assert_eq!(pty.wait_exit(), Exit::Code(0));
}
