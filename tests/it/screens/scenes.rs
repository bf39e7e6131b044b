//! Every screen, and how to get there. A new screen is one row, and where keys alone do not lead there one function.

use super::rebound;
use crate::app::aws::{denied, made, profiles};
use crate::app::importing::list;
use crate::app::stage::{
    Disk, Identity, NOW, Stage, add, empty, explained, line, options, sample, with_token,
};
use keyfob::app::{Appearance, AwsAnswer, Entry, Message, NotImported, Options, Outcome, PasswordOf, Start};
use keyfob::clock::{Synchronised, UnixTime};
use keyfob::explain::{Exit, Explanation};
use keyfob::vault::{Change, Edit, LockInfo, Vault, WorkFactor};

/// What the terminal can draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    Utf8,
    Ascii,
    /// As UTF-8, and every key that config.toml can change is another one.
    Rebound,
}

pub const CHARSETS: [Charset; 2] = [Charset::Utf8, Charset::Ascii];

/// A screen, the stage that it stands on, and the keys that lead there from it.
pub type Scene = (&'static str, fn(Charset) -> Stage, &'static str);

pub const SCENES: &[Scene] = &[
    ("list", open, ""),
    ("list_moved", open, "down down"),
    ("list_found", open, "/ 'git'"),
    ("list_nothing_found", open, "/ 'zzz'"),
    ("list_found_tag", open, "/ 'work'"),
    ("list_by_issuer", open, "t"),
    ("list_by_tag", open, "t t s"),
    ("list_folded", open, "t home enter"),
    ("list_hidden", open, "space"),
    ("list_copied", open, "c"),
    ("list_next_copied", open, "n"),
    ("list_detail", open, "down right"),
    ("list_last_seconds", last_seconds, ""),
    ("list_counter", open, "end enter"),
    ("list_token", |charset| of(charset, with_token()), "/ 'gaht' enter right"),
    ("list_empty", |charset| of(charset, empty()), ""),
    ("list_read_only", read_only, ""),
    ("list_long", long, "end"),
    ("list_not_saved", not_saved, ""),
    ("unlock", locked, ""),
    ("unlock_idle", idle, ""),
    ("unlock_refused", locked, "'abc' enter"),
    ("unlock_running", unlocking, ""),
    ("unlock_identities", identities, ""),
    ("first_run", first_run, ""),
    ("first_run_passphrase", first_run, "enter 'vi8 kettle pond 77' tab 'vi8'"),
    ("first_run_done", first_run, "enter 'vi8 kettle pond 77' tab 'vi8 kettle pond 77' enter"),
    ("add", open, "a 'krsx g5ct mvrx ezlu krsx g5ct mvrx ezlu' tab 'Handmade'"),
    ("add_empty", open, "a"),
    ("add_token", open, "a ctrl-t 'GAHT12345678' tab 'AWS' tab 'root'"),
    ("add_pasted", pasted, ""),
    ("add_refused", open, "a 'krsx g5ct 1111' tab"),
    ("edit", open, "e"),
    ("edit_note", noted, "e tab tab tab tab up"),
    ("edit_codes_question", open, "down e ctrl-o"),
    ("edit_codes", open, "down e ctrl-o y ctrl-u 'SHA256' tab ctrl-u '8'"),
    ("edit_overtaken", overtaken, ""),
    ("prove", open, "V 'corr'"),
    ("prove_pages", open, "t home r 'corr'"),
    ("prove_refused", open, "V 'not it' enter"),
    ("prove_unasked", unasked, "V"),
    ("undone", open, "* u"),
    ("step_back", open, "end -"),
    ("list_note", noted, ""),
    ("list_note_hidden", noted, "space"),
    ("list_note_second_page", noted, "right right"),
    ("enrolment_hidden", open, "down space v '123'"),
    ("relocked", relocked, ""),
    ("unlock_dear", dear, "'abc' enter"),
    ("enrolment", open, "v"),
    ("enrolment_good", |charset| checked(charset, [0, 1]), ""),
    ("enrolment_drifted", |charset| checked(charset, [-4, -3]), ""),
    ("enrolment_wrong", open, "v '111222' tab '333444' enter"),
    ("enrolment_counter", open, "end v"),
    ("export", open, "x tab 'a backup passphrase 5' tab 'a back'"),
    ("export_recipients", open, "x ctrl-r"),
    ("export_running", exporting, ""),
    ("export_exists", export_exists, ""),
    ("exported", open, "x tab 'a backup passphrase 5' tab 'a backup passphrase 5' enter"),
    ("delete", open, "d"),
    ("drop", open, "a 'krsx' esc"),
    ("quit_unsaved", not_saved, "q"),
    ("enrolment_own_clock", |charset| own_clock(charset, ""), "v"),
    ("detail_own_clock", |charset| own_clock(charset, "esc"), "right"),
    ("detail_unsynchronised", unsynchronised, "right"),
    ("help", open, "?"),
    ("help_form", open, "x f1"),
    ("help_question", open, "d f1"),
    ("palette", open, ":"),
    ("palette_found", open, ": 'code'"),
    ("palette_nothing", open, ": 'zzz'"),
    ("path_completed", files, "x ctrl-u '~/wa'"),
    ("import", files, "i '~/wa'"),
    ("import_reading", importing, ""),
    (
        "import_password",
        |charset| {
            import_answered(
                charset,
                NotImported::PasswordNeeded(PasswordOf::File(
                    "/home/me/aegis-backup-20261124-090000.json".into(),
                )),
            )
        },
        "'abc'",
    ),
    (
        "import_password_refused",
        |charset| {
            import_answered(
                charset,
                NotImported::WrongPassword(PasswordOf::File(
                    "/home/me/aegis-backup-20261124-090000.json".into(),
                )),
            )
        },
        "",
    ),
    (
        "import_key_file",
        |charset| {
            import_answered(
                charset,
                NotImported::WrongPassword(PasswordOf::Database(
                    "/home/me/aegis-backup-20261124-090000.json".into(),
                )),
            )
        },
        "'abc' tab '~/keys/vault.keyx'",
    ),
    ("import_dear", |charset| import_answered(charset, NotImported::Dear { mebibytes: 512 }), ""),
    ("import_failed", import_failed, ""),
    ("import_table", import_table, ""),
    ("import_table_moved", import_table, "space end up"),
    ("import_leave", import_table, "esc"),
    ("import_several", several, ""),
    ("imported", import_table, "enter"),
    ("aws", |charset| on_aws(charset, true), "down"),
    ("aws_reading", |charset| on_aws(charset, false), ""),
    ("aws_unused", |charset| on_aws(charset, true), "esc down A"),
    ("aws_enrol", |charset| on_aws(charset, true), "e tab tab"),
    ("aws_enrolling", |charset| aws_answered(charset, vec![Ok(made())]), ""),
    ("aws_stopped", |charset| aws_answered(charset, vec![Ok(made()), Err(denied())]), ""),
    ("aws_waiting", |charset| aws_answered(charset, vec![Ok(made()), Err(denied())]), "enter"),
    ("aws_resync", |charset| on_aws(charset, true), "r"),
    ("aws_resync_token", aws_token, "r tab tab '111 222' tab '111222' enter"),
    ("aws_root", |charset| on_aws(charset, true), "o 'krsx g5ct mvrx ezlu krsx g5ct mvrx ezlu' tab '1234'"),
    (
        "aws_root_codes",
        |charset| on_aws(charset, true),
        "o 'krsx g5ct mvrx ezlu krsx g5ct mvrx ezlu' tab '123456789012' enter",
    ),
];

/// A scene at a size.
pub fn at((_, stage, keys): &Scene, charset: Charset, (columns, rows): (u16, u16)) -> Stage {
    let mut stage = stage(charset).at_size(columns, rows);
    stage.keys(keys);
    stage
}

impl Charset {
    fn appearance(self) -> Appearance {
        Appearance { colour: true, unicode: self != Self::Ascii }
    }
}

fn with(charset: Charset, vault: Vault, start: Start, change: impl FnOnce(&mut Options)) -> Stage {
    let mut options = options(start);
    options.appearance = charset.appearance();
    let bound = (charset == Charset::Rebound).then(rebound::keys);
    options.keys = bound.clone().unwrap_or_default();
    change(&mut options);
    let mut stage = Stage::with(vault, options);
    stage.bound = bound;
    stage
}

fn of(charset: Charset, vault: Vault) -> Stage {
    with(charset, vault.clone(), Start::Open(Box::new(vault)), |_| ())
}

pub fn open(charset: Charset) -> Stage {
    of(charset, sample())
}

fn read_only(charset: Charset) -> Stage {
    with(charset, sample(), Start::Open(Box::new(sample())), |options| options.read_only = true)
}

fn locked(charset: Charset) -> Stage {
    let lock = LockInfo::Passphrase { work_factor: WorkFactor::DEFAULT };
    with(charset, sample(), Start::Locked(lock), |_| ())
}

fn idle(charset: Charset) -> Stage {
    let mut stage = open(charset);
    stage.wait(300);
    stage
}

fn identities(charset: Charset) -> Stage {
    with(charset, sample(), Start::Locked(LockInfo::Recipients { stanzas: 2 }), |_| ())
}

fn first_run(charset: Charset) -> Stage {
    with(charset, empty(), Start::FirstRun, |_| ())
}

fn unlocking(charset: Charset) -> Stage {
    let mut stage = locked(charset);
    stage.disk = Disk::Away;
    stage.keys("'correct horse' enter");
    stage.answer(Outcome::Progress(keyfob::explain::notices::UNLOCKING));
    stage
}

fn last_seconds(charset: Charset) -> Stage {
    let mut stage = open(charset);
    stage.wait(13);
    stage
}

fn pasted(charset: Charset) -> Stage {
    let mut stage = open(charset);
    stage.paste("otpauth://totp/Amazon%20Web%20Services:eve@123456789012?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=Amazon%20Web%20Services");
    stage
}

pub fn not_saved(charset: Charset) -> Stage {
    let mut stage = open(charset);
    stage.disk = Disk::Full;
    stage.keys("down d y");
    stage
}

/// Codes of the selected device so many steps from now, typed into the check.
pub fn checked(charset: Charset, steps: [i64; 2]) -> Stage {
    let mut stage = open(charset);
    let device = stage.model.open().and_then(|open| open.selected()).unwrap();
    let codes = steps.map(|step| {
        let then = UnixTime(NOW.checked_add_signed(step * 30).unwrap());
        device.method.code_at(&device.secret, then).to_string()
    });
    stage.keys(&format!("v '{}' tab '{}' enter", codes[0], codes[1]));
    stage
}

/// A device whose codes go by a clock of its own.
fn own_clock(charset: Charset, keys: &str) -> Stage {
    let mut stage = checked(charset, [-4, -3]);
    stage.keys("y esc y esc").keys(keys);
    stage
}

fn unsynchronised(charset: Charset) -> Stage {
    let mut stage = open(charset);
    stage.send(Message::Clock(Synchronised::No));
    stage
}

/// On the profiles of alice's device, or before they are read.
fn on_aws(charset: Charset, read: bool) -> Stage {
    let mut stage = open(charset);
    stage.aws.extend(read.then(|| Ok(profiles())));
    stage.keys("A");
    // For whoever comes again.
    stage.aws.extend(read.then(|| Ok(profiles())));
    stage
}

/// An enrolment, and what AWS answers to it; what it does not answer is waited for.
fn aws_answered(charset: Charset, answers: Vec<Result<AwsAnswer, Explanation>>) -> Stage {
    let mut stage = on_aws(charset, true);
    stage.aws = answers.into();
    stage.keys("e tab tab 'laptop' enter");
    stage
}

fn aws_token(charset: Charset) -> Stage {
    let mut stage = of(charset, with_token());
    stage.aws.push_back(Ok(profiles()));
    stage.keys("/ 'gaht' enter A");
    stage
}

/// A home folder with files, for paths that are typed.
fn files(charset: Charset) -> Stage {
    let entry = |(name, is_folder): (&str, bool)| Entry { name: name.to_owned(), is_folder };
    let home = [("wallet.age", false), ("walks", true), ("water.age", false), ("other", true)];
    let mut stage = open(charset);
    stage.folders.insert("~/".to_owned(), home.map(entry).into());
    stage
}

fn several(charset: Charset) -> Stage {
    let mut stage = open(charset);
    stage.paste(
        "otpauth://totp/One:a?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=One
         otpauth://totp/Two:b?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLA&issuer=Two",
    );
    stage
}

fn importing(charset: Charset) -> Stage {
    let mut stage = open(charset);
    stage.disk = Disk::Away;
    stage.keys("i '~/aegis-backup-20261124-090000.json' enter");
    stage
}

fn import_answered(charset: Charset, why: NotImported) -> Stage {
    let mut stage = importing(charset);
    stage.answer(Outcome::ImportRead { number: 1, result: Err(why) });
    stage
}

fn import_failed(charset: Charset) -> Stage {
    let why = "~/aegis-backup-20261124-090000.json: it is of no format that is known";
    import_answered(charset, NotImported::Failed(explained(why, Exit::BadInput)))
}

/// A list with all that can come of an entry, and names of people who mean harm.
fn import_table(charset: Charset) -> Stage {
    let evil = "otpauth://totp/Evil%E2%80%AECorp%1b:a%E2%80%8Bb?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLB";
    let nameless = "otpauth://totp/?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLC";
    let mut stage = open(charset);
    let list = [&list(), evil, nameless, "and some words"].join("\n");
    stage.files.insert("~/codes/list.txt".to_owned(), list.into_bytes());
    stage.keys("i '~/codes/list.txt' enter");
    stage
}

fn export(stage: &mut Stage) {
    stage.keys("x tab 'a backup passphrase 5' tab 'a backup passphrase 5' enter");
}

fn exporting(charset: Charset) -> Stage {
    let mut stage = open(charset);
    stage.disk = Disk::Away;
    export(&mut stage);
    stage
}

fn export_exists(charset: Charset) -> Stage {
    let mut stage = open(charset);
    stage.exists = true;
    export(&mut stage);
    stage
}

/// More devices than rows, and names that are too long, too wide, and from people who mean harm.
fn long(charset: Charset) -> Stage {
    let mut vault = sample();
    let names = [
        (
            "Gesellschaft für außerordentlich lange Firmennamen mbH & Co. KG",
            "hauptbenutzerin@verwaltung.example.org",
        ),
        ("日本電信電話株式会社", "山田太郎@例え.jp"),
        ("Evil\u{202e}Corp\u{1b}[31m", "a\u{200b}b\nc"),
        ("e\u{301}\u{301}\u{301}clair", "👩‍👩‍👧‍👦"),
    ];
    for at in 0..60 {
        let secret =
            keyfob::otp::Secret::from_bytes(&[b"sixteen bytes ok", [at].as_slice()].concat()).unwrap();
        let period = if at % 7 == 0 { 60 } else { 30 };
        let uri =
            format!("otpauth://totp/x?secret={}&period={period}&digits={}", *secret.to_base32(), 6 + at % 5);
        add(&mut vault, &uri, |candidate| {
            let (issuer, account) = names[usize::from(at) % names.len()];
            candidate.issuer = line(&format!("{issuer} {at}"));
            candidate.account = line(account);
        });
    }
    of(charset, vault)
}

/// The second device has recovery codes in its note.
fn noted(charset: Charset) -> Stage {
    let mut vault = sample();
    let id = vault.devices().find(|device| device.serial.is_some()).unwrap().id;
    let codes = (1..=10).map(|number| format!("{0}{0}{0}{0}-ab{number:02}", number % 10));
    let note = keyfob::text::Text::note(&codes.collect::<Vec<_>>().join("\n")).unwrap();
    let edit = Edit { note: Some(note), ..Edit::default() };
    vault.apply(&Change::Edit { id, edit: Box::new(edit) }, UnixTime(NOW)).unwrap();
    let mut stage = of(charset, vault);
    stage.keys("home");
    stage
}

fn overtaken(charset: Charset) -> Stage {
    let mut stage = open(charset);
    let id = stage.model.open().and_then(|open| open.selected()).unwrap().id;
    stage.keys("e tab ctrl-u 'mine'");
    let edit = Edit { account: Some(line("theirs@acme-prod")), ..Edit::default() };
    stage.vault.apply(&Change::Edit { id, edit: Box::new(edit) }, UnixTime(NOW)).unwrap();
    stage.keys("tab tab tab enter");
    stage
}

fn unasked(charset: Charset) -> Stage {
    let mut stage = open(charset);
    stage.identity = Identity::Open;
    stage
}

fn relocked(charset: Charset) -> Stage {
    let mut stage = open(charset);
    stage.relocked = true;
    stage.keys("*");
    stage
}

fn dear(charset: Charset) -> Stage {
    let lock = LockInfo::Passphrase { work_factor: WorkFactor::MAX };
    with(charset, sample(), Start::Locked(lock), |_| ())
}
