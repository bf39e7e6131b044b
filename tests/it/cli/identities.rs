//! Vaults for recipients: which identity files open them.

use super::harness::{run, said, transcript};
use crate::harness::home::{Home, KEYFOB, PASSPHRASE};
use crate::harness::need_program;
use crate::harness::pty::Exit;
use rustix::process::Signal;
use std::io::Write;
use std::process::{Command, Stdio};

// Made for this test, and used nowhere else.
const IDENTITY: &str = "AGE-SECRET-KEY-1L4RJYH6TK6KCLAKFYUN0GXL0V686T6U8XJFY748847P8EJZKEZJS03KCSN\n";
const RECIPIENT: &str = "age1w9w9awxhupjxrjupk6nwg65ymf678elyccuf4d9afy4n0mc92ahqjh4l78";

/// The identity file behind a passphrase, as `age -p` makes one.
fn encrypted(passphrase: &str) -> Vec<u8> {
    let mut recipient = age::scrypt::Recipient::new(passphrase.to_owned().into());
    recipient.set_work_factor(10);
    let recipients = std::iter::once(&recipient as &dyn age::Recipient);
    let mut file = Vec::new();
    let mut inside = age::Encryptor::with_recipients(recipients).unwrap().wrap_output(&mut file).unwrap();
    inside.write_all(IDENTITY.as_bytes()).unwrap();
    inside.finish().unwrap();
    file
}

#[test]
fn an_identity_file_may_have_a_passphrase_of_its_own() {
    let home = Home::empty();
    assert_eq!(said(&home, &["init", "--recipient", RECIPIENT]), "made ~/vault.age\n[0]");
    std::fs::write(home.path("key.age"), encrypted(PASSPHRASE)).unwrap();
    assert_eq!(said(&home, &["list", "-i", "key.age"]), "[0]");

    std::fs::write(home.path("key.age"), encrypted("another passphrase 77")).unwrap();
    let told = said(&home, &["list", "-i", "key.age"]);
    assert!(told.starts_with("! keyfob: key.age: ") && told.ends_with("[3]"), "{told}");

    let vault = home.vault_option();
    let mut pty = home.terminal(KEYFOB).args(&vault).args(&["list", "-i", "key.age", "--json"]).start();
    pty.wait_text("Passphrase of the identity file:");
    pty.type_text("another passphrase 77\r");
    assert_eq!(pty.wait_exit(), Exit::Code(0), "{}", pty.text());
    assert!(pty.text().trim_end().ends_with("[]"), "{}", pty.text());
}

#[test]
fn an_ssh_key_opens_what_is_locked_to_it() {
    let home = Home::empty();
    let Some(keygen) = need_program("ssh-keygen") else { return };
    let made = Command::new(keygen)
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "", "-f"])
        .arg(home.path("id"))
        .stdin(Stdio::null())
        .status();
    assert!(made.is_ok_and(|status| status.success()), "ssh-keygen made no key");
    let public = std::fs::read_to_string(home.path("id.pub")).unwrap();
    assert_eq!(said(&home, &["init", "--recipient", public.trim()]), "made ~/vault.age\n[0]");
    assert_eq!(said(&home, &["list", "-i", "id"]), "[0]");
    let uri = "otpauth://totp/AWS:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=AWS";
    let added = run(&home, &["add", "-", "-i", "id"], uri, &[]);
    assert_eq!(transcript(&home, &added), "added AWS:alice (ID)\n[0]");
    assert_eq!(said(&home, &["code", "alice", "--at", "59", "-i", "id"]), "287082\n[0]");
    let shown = said(&home, &["lock", "show", "-i", "id"]);
    assert_eq!(shown, format!("age recipients only, no passphrase\nrecipient {}\n[0]", public.trim()));
}

#[test]
fn after_a_question_the_full_screen_looks_after_the_signals_itself() {
    let home = Home::empty();
    home.done(&["init", "--recipient", RECIPIENT]);
    std::fs::write(home.path("key.age"), encrypted("another passphrase 77")).unwrap();
    let mut pty = home.terminal(KEYFOB).args(&home.vault_option()).args(&["-i", "key.age"]).start();
    pty.wait_text("Passphrase of the identity file:");
    pty.type_text("another passphrase 77\r");
    pty.wait_text("0 devices");
    let tasks = std::fs::read_dir(format!("/proc/{}/task", pty.pid())).unwrap();
    let names: Vec<String> =
        tasks.map(|task| std::fs::read_to_string(task.unwrap().path().join("comm")).unwrap()).collect();
    assert!(!names.contains(&"signals\n".to_owned()), "the question still waits for signals: {names:?}");
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_exit(), Exit::Signal("Terminated".to_owned()));
    pty.assert_restored();
}
