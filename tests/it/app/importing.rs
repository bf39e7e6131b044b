//! The import: files in, a table, one save.

use super::stage::{Disk, PASSPHRASE, Stage, URIS, empty, explained, sample};
use keyfob::app::{Effect, ImportStep, Imported, NotImported, Outcome, PasswordOf};
use keyfob::clock::UnixTime;
use keyfob::exchange::{Progress, by_name, to_migration_uris};
use keyfob::explain::Exit;
use keyfob::vault::{Change, Passphrase};
use zeroize::Zeroizing;

const ONE: &str = "otpauth://totp/One:a?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=One";
const TWO: &str = "otpauth://totp/Two:b?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLA&issuer=Two";
const TWO_AGAIN: &str = "otpauth://totp/Zwei?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLA";

/// A list with two new devices, one that the vault has, one twice, and one that is no good.
pub fn list() -> String {
    [ONE, URIS[3], TWO, TWO_AGAIN, "otpauth://totp/Bad?secret=1"].join("\n")
}

fn with(name: &str, bytes: &[u8]) -> Stage {
    let mut stage = Stage::open();
    stage.files.insert(name.to_owned(), bytes.to_vec());
    stage
}

fn with_list() -> Stage {
    with("/home/me/list.txt", list().as_bytes())
}

fn step(stage: &Stage) -> Option<ImportStep> {
    match &stage.model.open()?.dialog {
        Some(keyfob::app::Dialog::Import(form)) => Some(form.step),
        _ => None,
    }
}

/// The sample devices as an encrypted file of Aegis.
fn aegis() -> Vec<u8> {
    let seal = by_name("aegis").unwrap().write.unwrap().sealed.unwrap();
    let vault = sample();
    let password = Passphrase::new(Zeroizing::new("aegis".to_owned())).unwrap();
    seal(&vault.devices().collect::<Vec<_>>(), &password).unwrap().to_vec()
}

#[test]
fn a_list_is_shown_and_what_is_new_is_added_in_one_save() {
    let mut stage = with_list();
    stage.keys("i '/home/me/list.txt' enter");
    assert!(stage.shows("Import: 2 to add, 2 there, 1 refused"), "{}", stage.screen());
    assert!(stage.shows("list.txt: uris, 5 entries"), "{}", stage.screen());
    for words in ["One:a", "there as GitHub:alice", "twice, as Two:b", "refused: "] {
        assert!(stage.shows(words), "{words}: {}", stage.screen());
    }
    assert_eq!(stage.vault.devices().len(), 8, "nothing happened yet");
    stage.asked();
    stage.keys("enter");
    assert_eq!(stage.asked(), ["import 2"]);
    assert_eq!(stage.vault.devices().len(), 10);
    assert!(stage.shows("added 2 devices, saved"), "{}", stage.screen());
    assert_eq!(stage.selected(), "One:a");
}

#[test]
fn one_undo_takes_the_whole_import_back_and_one_redo_brings_it_again() {
    let mut stage = with_list();
    stage.keys("i '/home/me/list.txt' enter enter");
    let added: Vec<_> = stage.vault.devices().map(|device| device.id).collect();
    stage.keys("u");
    assert_eq!(stage.vault.devices().len(), 8);
    assert!(stage.shows("2 devices out again"), "{}", stage.screen());
    stage.keys("ctrl-r");
    assert_eq!(stage.vault.devices().map(|device| device.id).collect::<Vec<_>>(), added);
    assert!(stage.shows("2 devices back"), "{}", stage.screen());
    stage.keys("u u");
    assert!(stage.vault.devices().len() == 8 && stage.shows("nothing to undo"), "{}", stage.screen());
}

#[test]
fn what_somebody_else_removed_or_added_meanwhile_stands_in_nobodys_way() {
    let mut stage = with_list();
    stage.keys("i '/home/me/list.txt' enter");
    let candidate = keyfob::device::otpauth::parse(ONE).unwrap();
    stage.vault.apply(&Change::Add(Box::new(candidate)), UnixTime(1)).unwrap();
    stage.keys("enter");
    assert!(stage.shows("added 1 device, saved"), "{}", stage.screen());
    let id = stage.device("Two").id;
    stage.vault.apply(&Change::Remove(id), UnixTime(2)).unwrap();
    stage.keys("u");
    assert!(stage.shows("not undone") && stage.vault.devices().len() == 9, "{}", stage.screen());
}

#[test]
fn a_new_device_can_be_left_out_and_nothing_else_can_be_chosen() {
    let mut stage = with_list();
    stage.keys("i '/home/me/list.txt' enter space");
    assert!(stage.shows("Import: 1 to add") && stage.shows("[ ]"), "{}", stage.screen());
    stage.keys("down space");
    assert!(stage.shows("only what is new") && stage.shows("Import: 1 to add"), "{}", stage.screen());
    stage.keys("down space enter");
    assert!(stage.shows("nothing is chosen"), "{}", stage.screen());
    stage.keys("space enter");
    assert!(stage.vault.devices().any(|device| device.issuer.raw() == "Two"));
    assert_eq!(stage.vault.devices().len(), 9);
}

#[test]
fn all_that_is_new_is_chosen_at_once_or_nothing_of_it() {
    let mut stage = with_list();
    stage.keys("i '/home/me/list.txt' enter down *");
    assert!(stage.shows("Import: 0 to add"), "{}", stage.screen());
    stage.keys("home space *");
    assert!(stage.shows("Import: 2 to add"), "one was left out: {}", stage.screen());
    stage.keys("enter");
    assert_eq!(stage.vault.devices().len(), 10);
}

#[test]
fn what_is_looked_for_narrows_the_table_and_nothing_of_the_choice_is_lost() {
    let mut stage = with_list();
    stage.keys("i '/home/me/list.txt' enter / 'tw'");
    assert!(stage.shows("Two:b") && !stage.shows("GitHub"), "{}", stage.screen());
    assert!(stage.shows("1 of 5"), "{}", stage.screen());
    // A space is a letter of the text while it is typed, and q one as well.
    stage.keys("' q'");
    assert!(stage.shows("0 of 5") && stage.shows("Nothing fits"), "{}", stage.screen());
    stage.keys("backspace backspace enter space");
    assert!(stage.shows("with \"tw\": 1 of 5") && stage.shows("Import: 1 to add"), "{}", stage.screen());
    stage.keys("esc");
    assert!(stage.shows("list.txt: uris, 5 entries") && stage.shows("[ ] Two:b"), "{}", stage.screen());
    assert!(stage.shows("line 3, Two:b"), "it is still the selected one: {}", stage.screen());
    stage.keys("enter");
    assert_eq!(stage.vault.devices().len(), 9);
    assert!(!stage.vault.devices().any(|device| device.issuer.raw() == "Two"));
}

#[test]
fn all_that_is_shown_is_chosen_at_once_and_nothing_else() {
    let mut stage = with_list();
    stage.keys("i '/home/me/list.txt' enter / 'one:' enter *");
    assert!(stage.shows("Import: 1 to add"), "what is not shown stays chosen: {}", stage.screen());
    stage.keys("*");
    assert!(stage.shows("Import: 2 to add"), "{}", stage.screen());
    stage.keys("* /");
    assert!(stage.shows("/ one:") && stage.shows("Import: 1 to add"), "{}", stage.screen());
    stage.keys("esc esc");
    assert!(stage.shows("Leave without adding them?"), "{}", stage.screen());
    stage.keys("n enter");
    assert!(stage.vault.devices().any(|device| device.issuer.raw() == "Two"));
    assert_eq!(stage.vault.devices().len(), 9);
}

#[test]
fn pasted_words_are_looked_for_and_pasted_uris_are_read() {
    let mut stage = with_list();
    stage.keys("i '/home/me/list.txt' enter /").paste("line 5");
    assert!(stage.shows("/ line 5") && stage.shows("1 of 5"), "{}", stage.screen());
    stage.paste(&TWO.replace("RXEZLA", "RXEZLC"));
    assert!(stage.shows("Import: 3 to add") && stage.shows("6 entries"), "{}", stage.screen());
    assert!(!stage.shows("/ line 5"), "what was just read is shown: {}", stage.screen());
}

#[test]
fn several_files_come_one_after_the_other_and_keep_what_was_chosen() {
    let mut stage = with_list();
    let more = "otpauth://totp/Three:c?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLB&issuer=Three";
    stage.files.insert("/more.txt".to_owned(), format!("{ONE}\n{more}").into_bytes());
    stage.keys("i '/home/me/list.txt' enter space a '/gone' enter");
    assert!(stage.shows("there is no such file"), "{}", stage.screen());
    stage.keys("ctrl-u esc");
    assert!(stage.shows("Import: 1 to add"), "{}", stage.screen());
    stage.keys("a '/more.txt' enter");
    assert!(stage.shows("2 files (uris), 7 entries"), "{}", stage.screen());
    assert!(stage.shows("Import: 2 to add, 3 there, 1 refused"), "{}", stage.screen());
    assert!(stage.shows("more.txt, line 1"), "the first of the new ones is selected: {}", stage.screen());
    stage.paste(&TWO.replace("RXEZLA", "RXEZLC"));
    assert!(stage.shows("Import: 3 to add"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(stage.vault.devices().len(), 11);
}

#[test]
fn an_encrypted_file_asks_for_its_password_until_it_fits() {
    let mut stage = with("/aegis.json", &aegis());
    stage.asked();
    stage.keys("i '/aegis.json' enter");
    assert!(stage.shows("aegis.json is encrypted") && stage.shows("password"), "{}", stage.screen());
    stage.keys("'wrong' enter");
    assert!(stage.shows("does not open the file") && !stage.shows("wrong"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.shows("type the file's password"), "{}", stage.screen());
    stage.keys("'aegis' enter");
    assert!(stage.shows("Import: 0 to add, 8 there, 0 refused"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.shows("nothing is chosen"), "{}", stage.screen());
    stage.keys("esc");
    assert_eq!(step(&stage), None, "nothing is lost by leaving: {}", stage.screen());
}

#[test]
fn a_file_that_takes_much_memory_asks_first() {
    let mut stage = with_list();
    stage.disk = Disk::Away;
    stage.keys("i '/home/me/list.txt' enter");
    stage.answer(Outcome::ImportRead { number: 1, result: Err(NotImported::Dear { mebibytes: 512 }) });
    assert!(stage.shows("512 MiB"), "{}", stage.screen());
    stage.keys("n");
    assert_eq!(step(&stage), Some(ImportStep::Path));
    stage.keys("enter");
    stage.answer(Outcome::ImportRead { number: 2, result: Err(NotImported::Dear { mebibytes: 512 }) });
    stage.held.clear();
    stage.keys("y");
    let dear = |effect: &keyfob::app::Effect| matches!(effect, keyfob::app::Effect::ReadImport(request) if request.dear);
    assert!(stage.held.iter().any(dear));
}

#[test]
fn what_was_typed_for_a_file_is_kept_while_its_memory_is_asked_for() {
    let mut stage = with_list();
    stage.disk = Disk::Away;
    stage.keys("i '/home/me/list.txt' enter");
    stage.answer(Outcome::ImportRead {
        number: 1,
        result: Err(NotImported::PasswordNeeded(PasswordOf::File("/home/me/list.txt".into()))),
    });
    stage.keys("'hunter2' enter");
    stage.answer(Outcome::ImportRead { number: 2, result: Err(NotImported::Dear { mebibytes: 512 }) });
    stage.held.clear();
    stage.keys("y");
    let again = |effect: &Effect| matches!(effect, Effect::ReadImport(request) if request.dear && !request.passwords.is_empty());
    assert!(stage.held.iter().any(again));
}

#[test]
fn a_backup_to_recipients_asks_for_the_passphrase_of_the_identity_file_until_it_fits() {
    let mut stage = with_list();
    stage.disk = Disk::Away;
    stage.keys("i '/home/me/list.txt' enter");
    let whose = || PasswordOf::Identity("~/key\u{1b}.age".to_owned());
    stage.answer(Outcome::ImportRead { number: 1, result: Err(NotImported::PasswordNeeded(whose())) });
    assert!(stage.shows("Type the passphrase of ~/key") && stage.shows("passphrase"), "{}", stage.screen());
    assert!(!stage.shows("encrypted. Type its own"), "{}", stage.screen());
    stage.keys("'nope' enter");
    stage.answer(Outcome::ImportRead { number: 2, result: Err(NotImported::WrongPassword(whose())) });
    assert!(stage.shows("does not open the identity file") && !stage.shows("nope"), "{}", stage.screen());
    stage.held.clear();
    stage.keys("'right' enter");
    let typed = |effect: &Effect| matches!(effect, Effect::ReadImport(request) if request.identity.is_some() && request.passwords.is_empty());
    assert!(stage.held.iter().any(typed));
    // The next file of this import does not ask again; the next import does.
    stage.disk = Disk::Works;
    stage.release();
    stage.disk = Disk::Away;
    stage.held.clear();
    stage.keys("a '/home/me/list.txt' enter");
    assert!(stage.held.iter().any(typed));
    stage.keys("esc ctrl-u esc esc y");
    stage.held.clear();
    stage.keys("i '/home/me/list.txt' enter");
    assert!(!stage.held.iter().any(typed));
}

#[test]
fn how_far_a_slow_file_is_is_told_and_nothing_of_it_is_left() {
    let mut stage = with_list();
    stage.disk = Disk::Away;
    stage.keys("i '/home/me/list.txt' enter");
    assert!(stage.shows("reading") && !stage.shows("%"), "{}", stage.screen());
    let far = Progress { files: 4, read: 1, entries: 1204, bytes: 1000, done: 500 };
    stage.answer(Outcome::ImportProgress { number: 1, progress: far });
    assert!(stage.shows("37 %, file 2 of 4, 1204 entries"), "{}", stage.screen());
    assert!(stage.shows("███████░░░░"), "{}", stage.screen());
    // What is told of a file that nobody waits for any more is nothing.
    stage.keys("esc enter");
    stage.answer(Outcome::ImportProgress { number: 1, progress: far });
    assert!(stage.shows("reading") && !stage.shows("%"), "{}", stage.screen());
    stage.release();
    assert!(stage.shows("Import: 2 to add") && !stage.shows("%"), "{}", stage.screen());
    stage.keys("a");
    assert!(!stage.shows("%"), "{}", stage.screen());
}

#[test]
fn esc_does_not_wait_and_the_answer_is_dropped() {
    let mut stage = with_list();
    stage.disk = Disk::Away;
    stage.keys("i '/home/me/list.txt' enter");
    assert!(stage.shows("esc does not wait"), "{}", stage.screen());
    stage.keys("enter 'x' esc");
    assert_eq!(step(&stage), Some(ImportStep::Path));
    let empty = || Ok(Imported { files: Vec::new(), passed_over: 0 });
    stage.answer(Outcome::ImportRead { number: 1, result: empty() });
    assert_eq!(step(&stage), Some(ImportStep::Path));
    stage.keys("enter");
    stage.answer(Outcome::ImportRead { number: 1, result: empty() });
    assert_eq!(step(&stage), Some(ImportStep::Reading(2)));
    stage.release();
    assert_eq!(step(&stage), Some(ImportStep::Table));
    // Neither does one that comes after the dialog was left, or the vault was locked.
    stage.keys("esc y");
    stage.answer(Outcome::ImportRead { number: 2, result: empty() });
    assert_eq!(step(&stage), None);
}

#[test]
fn leaving_asks_where_something_would_be_lost() {
    let mut stage = with_list();
    stage.keys("i esc");
    assert_eq!(step(&stage), None);
    stage.keys("i '/home' esc");
    assert!(stage.shows("Drop what was typed?"), "{}", stage.screen());
    stage.keys("n ctrl-u '/home/me/list.txt' enter esc");
    assert!(stage.shows("Leave without adding them?"), "{}", stage.screen());
    stage.keys("y");
    assert_eq!((step(&stage), stage.vault.devices().len()), (None, 8));
}

#[test]
fn missing_parts_of_a_batch_are_named_until_they_are_read() {
    let mut vault = empty();
    for number in 0..11 {
        let uri = format!(
            "otpauth://totp/Many:{number}?secret=KRSXG5CTMVRXEZLUKRSX{}",
            "ABCDEFGHIJK".chars().nth(number).unwrap().to_string().repeat(4)
        );
        super::stage::add(&mut vault, &uri, |_| ());
    }
    let uris = to_migration_uris(&vault.devices().collect::<Vec<_>>());
    let mut stage = Stage::open();
    stage.paste(&uris[0]);
    assert!(stage.shows("Import: 10 to add, 0 there, 1 refused"), "{}", stage.screen());
    assert!(stage.shows("part 2 of 2"), "{}", stage.screen());
    stage.paste(&uris[1]);
    assert!(stage.shows("Import: 11 to add, 0 there, 0 refused"), "{}", stage.screen());
    assert!(!stage.shows("part 2 of 2"), "{}", stage.screen());
    // In the form for one device, a batch that is typed or pasted opens the table as well.
    let mut stage = Stage::open();
    stage.keys("a").paste(&uris[1]);
    assert!(stage.shows("Import: 1 to add"), "{}", stage.screen());
    let mut stage = Stage::open();
    stage.keys(&format!("a '{}'", *uris[0]));
    assert!(stage.shows("a URI with several devices"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.shows("Import: 10 to add"), "{}", stage.screen());
}

#[test]
fn several_codes_of_a_picture_open_the_table() {
    let mut stage = Stage::open();
    stage.picture = Some(Ok([ONE, TWO].map(|uri| Zeroizing::new(uri.to_owned())).to_vec()));
    stage.keys("a './shot.png' enter");
    assert!(
        stage.shows("Import: 2 to add") && stage.shows("shot.png: picture, 2 entries"),
        "{}",
        stage.screen()
    );
    assert!(stage.shows("QR code 1"), "{}", stage.screen());
}

#[test]
fn a_full_disk_keeps_the_import_until_it_is_saved() {
    let mut stage = with_list();
    stage.keys("i '/home/me/list.txt' enter");
    stage.disk = Disk::Full;
    stage.keys("enter");
    assert!(stage.shows("not saved") && step(&stage).is_none(), "{}", stage.screen());
    stage.disk = Disk::Works;
    stage.keys("R");
    assert!(stage.vault.devices().len() == 10 && stage.shows("added 2 devices"), "{}", stage.screen());
}

#[test]
fn nothing_of_it_works_read_only() {
    let mut stage = Stage::changed(|options| options.read_only = true);
    stage.asked();
    stage.keys("i");
    stage.paste(&list());
    assert!(step(&stage).is_none() && stage.asked().is_empty(), "{}", stage.screen());
}

#[test]
fn hostile_names_are_harmless_and_no_secret_or_password_is_drawn() {
    let evil = "otpauth://totp/%1b%5b31m%e2%80%aeEvil:%0aa?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU";
    let mut stage = with("/e\u{1b}[31m.txt", evil.as_bytes());
    stage.folders.insert(
        "/".to_owned(),
        vec![keyfob::app::Entry { name: "e\u{1b}[31m.txt".to_owned(), is_folder: false }],
    );
    stage.keys("i '/e' right enter");
    assert!(stage.shows("Import: 1 to add"), "{}", stage.screen());
    assert!(!stage.screen().contains(['\u{1b}', '\u{202e}']) && !stage.shows("KRSX"), "{}", stage.screen());
    let failed = NotImported::Failed(explained("x", Exit::BadInput));
    stage.disk = Disk::Away;
    stage.keys("a '/f' enter");
    stage.answer(Outcome::ImportRead {
        number: 2,
        result: Err(NotImported::PasswordNeeded(PasswordOf::File("/home/me/list.txt".into()))),
    });
    stage.paste(PASSPHRASE);
    assert!(!stage.shows("correct"), "{}", stage.screen());
    stage.keys("enter");
    stage.answer(Outcome::ImportRead { number: 3, result: Err(failed) });
    assert_eq!(step(&stage), Some(ImportStep::Path));
}

#[test]
fn many_rows_are_scrolled_through() {
    let lines: Vec<String> = (0..300u32)
        .map(|number| {
            let secret =
                keyfob::otp::Secret::from_bytes(&[[7; 16].as_slice(), &number.to_be_bytes()].concat())
                    .unwrap();
            format!("otpauth://totp/N{number}:x?secret={}", *secret.to_base32())
        })
        .collect();
    for (columns, rows) in [(40, 10), (80, 24), (100, 30)] {
        let mut stage = with("/many", lines.join("\n").as_bytes()).at_size(columns, rows);
        stage.keys("i '/many' enter end");
        assert!(stage.shows("N299:x") && stage.shows("line 300"), "{}", stage.screen());
        stage.keys("home pgdn up pgup");
        assert!(stage.shows("N0:x") && stage.shows("line 1,"), "{}", stage.screen());
        stage.keys("enter");
        assert_eq!(stage.vault.devices().len(), 308);
    }
}
