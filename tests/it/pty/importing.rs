//! Other apps' files by keys, through the real program.

use super::{holds, two};
use crate::harness::home::{Home, KEYFOB, OTHER_SECRET, THIRD_SECRET, uri};
use crate::harness::pty::Exit;
use keyfob::clock::UnixTime;
use keyfob::device::{Device, DeviceId, otpauth};
use keyfob::exchange::by_name;
use keyfob::vault::Passphrase;
use zeroize::Zeroizing;

#[test]
fn a_list_with_a_bad_line_and_a_known_device_is_imported_and_taken_back() {
    let home = Home::with_two();
    let list =
        [uri("Third", "carol", THIRD_SECRET), uri("Other", "name", OTHER_SECRET), uri("Bad", "x", "1")];
    std::fs::write(home.path("list.txt"), list.join("\n")).unwrap();
    let mut pty = two(&home);
    pty.press_and_see("i");
    // Whole: a completion comes when the folder was read, which nobody on the keys can wait for.
    pty.type_text("~/list.txt");
    pty.press("Enter");
    pty.wait("table", |screen| screen.contains("Import: 1 to add, 1 there, 1 refused"));
    assert!(pty.text().contains("there as GitHub:bob"), "{}", pty.text());
    assert_eq!(home.accounts(), ["alice", "bob"]);
    pty.press("Enter");
    pty.wait("third device", holds(3));
    assert_eq!(home.accounts(), ["alice", "bob", "carol"]);
    pty.press("u");
    pty.wait("two devices", holds(2));
    assert_eq!(home.accounts(), ["alice", "bob"]);
    pty.quit();
}

#[test]
fn a_slow_file_is_told_of_in_one_line_and_nothing_of_it_is_left() {
    let home = Home::with_two();
    // Nobody writes into a pipe for as long as the line is not there.
    let pipe = home.path("slow.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let arguments = ["import", "slow.txt", "--dry-run"];
    let mut pty = home.terminal(KEYFOB).args(&home.options()).args(&arguments).start();
    pty.wait_text("reading [....................] 0 %");
    std::fs::write(&pipe, uri("Third", "carol", THIRD_SECRET)).unwrap();
    assert_eq!(pty.wait_exit(), Exit::Code(0));
    assert!(!pty.text().contains("reading") && pty.text().contains("would add 1 device"), "{}", pty.text());
}

#[test]
fn an_encrypted_file_of_aegis_is_opened_by_its_password() {
    let home = Home::with_two();
    let device = |text: &str| -> Device {
        otpauth::parse(text).unwrap().into_device(DeviceId::random(), UnixTime(59))
    };
    let devices = [device(&uri("Third", "carol", THIRD_SECRET)), device(&uri("Other", "name", OTHER_SECRET))];
    let seal = by_name("aegis").unwrap().write.unwrap().sealed.unwrap();
    let password = Passphrase::new(Zeroizing::new("a password of its own".to_owned())).unwrap();
    std::fs::write(home.path("aegis.json"), &*seal(&devices.iter().collect::<Vec<_>>(), &password).unwrap())
        .unwrap();
    let mut pty = two(&home);
    pty.press_and_see("i");
    pty.type_text("~/aegis.json");
    pty.press("Enter");
    pty.wait("question", |screen| screen.contains(" is encrypted. Type"));
    pty.type_text("another password");
    pty.press("Enter");
    pty.wait("refusal", |screen| screen.contains("does not open the file"));
    pty.type_text("a password of its own");
    pty.press("Enter");
    pty.wait("table", |screen| screen.contains("Import: 1 to add, 1 there, 0 refused"));
    pty.press("Enter");
    pty.wait("third device", holds(3));
    assert_eq!(home.accounts(), ["alice", "bob", "carol"]);
    let raw = String::from_utf8_lossy(pty.raw()).into_owned();
    assert!(!raw.contains("a password") && !raw.contains(THIRD_SECRET));
    pty.quit();
}
