//! Any sequence of keys, pastes, clicks, seconds, sizes and answers: no panic, no secret on the screen, and with
//! `--read-only` nothing that writes.

use super::leaks::{Secrets, shows};
use super::stage::{Disk, PASSPHRASE, Stage, explained, moment, options, sample};
use crate::screens::scenes::{Charset, SCENES};
use crate::screens::sound;
use keyfob::app::{
    CopyOutcome, Dialog, Entry, ExportReport, FirstStep, Folder, Form, Key, KeyPress, Message, Mouse,
    NotExported, NotImported, NotReloaded, Outcome, PasswordOf, Relock, Screen, Start, TextField,
};
use keyfob::clock::Synchronised;
use keyfob::explain::Exit;
use keyfob::vault::{LockInfo, WorkFactor};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Key(KeyPress),
    /// Typed only where it may not be seen.
    Passphrase,
    Paste(String),
    Mouse(Mouse),
    Wait(u64),
    Resize(u16, u16),
    Resumed,
    FileChanged,
    Focus(bool),
    Clock(bool),
    Folder(String),
    Disk(Disk),
    /// An answer, asked for or not.
    Answer(u8),
}

fn key() -> impl Strategy<Value = KeyPress> {
    let named = prop::sample::select(vec![
        Key::Enter,
        Key::Esc,
        Key::Tab,
        Key::BackTab,
        Key::Backspace,
        Key::Delete,
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::PageUp,
        Key::PageDown,
        Key::Home,
        Key::End,
        Key::F(1),
    ]);
    prop_oneof![
        3 => named.prop_map(KeyPress::plain),
        4 => prop::char::range(' ', '~').prop_map(|c| KeyPress::plain(Key::Char(c))),
        // The keys of the list and of questions, more often than others.
        4 => prop::sample::select("aevxdunyscri/?:*LVt- ".chars().collect::<Vec<_>>())
            .prop_map(|c| KeyPress::plain(Key::Char(c))),
        1 => any::<char>().prop_map(|c| KeyPress::plain(Key::Char(c))),
        1 => prop::char::range('a', 'z').prop_map(KeyPress::ctrl),
    ]
}

fn size() -> impl Strategy<Value = (u16, u16)> {
    prop_oneof![(0u16..=200, 0u16..=60), (38u16..=100, 9u16..=30)]
}

fn step() -> impl Strategy<Value = Step> {
    let place = (0u16..220, 0u16..70);
    let press = (place, 0u64..2000).prop_map(|((column, row), at)| {
        let at = std::time::Duration::from_millis(at);
        Mouse::Press { column, row, at }
    });
    let disks = prop::sample::select(vec![Disk::Works, Disk::Full, Disk::Away]);
    prop_oneof![
        14 => key().prop_map(Step::Key),
        2 => Just(Step::Passphrase),
        1 => ".{0,30}".prop_map(Step::Paste),
        1 => Just(Step::Paste("otpauth://totp/A:b?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU".into())),
        1 => Just(Step::Paste(super::importing::list())),
        1 => prop_oneof![press, Just(Mouse::WheelUp), Just(Mouse::WheelDown)].prop_map(Step::Mouse),
        1 => (0u64..40).prop_map(Step::Wait),
        2 => size().prop_map(|(columns, rows)| Step::Resize(columns, rows)),
        1 => Just(Step::Resumed),
        1 => Just(Step::FileChanged),
        1 => any::<bool>().prop_map(Step::Focus),
        1 => any::<bool>().prop_map(Step::Clock),
        1 => ".{1,8}".prop_map(Step::Folder),
        1 => disks.prop_map(Step::Disk),
        1 => any::<u8>().prop_map(Step::Answer),
    ]
}

fn answer(stage: &Stage, which: u8) -> Outcome {
    let failed = explained("~/vault.age: no space left on device", Exit::System);
    let vault = || Box::new(stage.vault.clone());
    match which % 16 {
        0 => Outcome::Reloaded(Ok(vault())),
        1 => Outcome::Reloaded(Err(NotReloaded::Failed(failed))),
        11 => Outcome::Reloaded(Err(NotReloaded::Relocked(Relock::LetGo))),
        2 => Outcome::Unlocked(Err(failed)),
        3 => Outcome::Created(Err(failed)),
        4 => Outcome::Exported(Err(NotExported::Exists)),
        5 => Outcome::Exported(Err(NotExported::Failed(failed))),
        6 => Outcome::Exported(Ok(ExportReport { path: "/tmp/backup.age".into(), devices: 8, bytes: 4123 })),
        7 => Outcome::Progress("encrypting"),
        8 => Outcome::Copied(CopyOutcome::Copied),
        9 => Outcome::Copied(CopyOutcome::Failed("no clipboard".to_owned())),
        10 => Outcome::Locked(Err(failed)),
        // The first file that was asked for.
        13 => Outcome::ImportRead {
            number: 1,
            result: Err(NotImported::PasswordNeeded(PasswordOf::File("/home/me/list.txt".into()))),
        },
        14 => Outcome::ImportRead { number: 1, result: Err(NotImported::Dear { mebibytes: 512 }) },
        15 => Outcome::ImportRead { number: 1, result: Err(NotImported::Failed(failed)) },
        _ => Outcome::Locked(Ok(LockInfo::Recipients { stanzas: 1 })),
    }
}

/// The field that keys go to, where it is one whose text may not be seen.
fn masked(stage: &Stage) -> bool {
    fn focused<F: Form>(form: &F) -> bool {
        TextField::is_masked(form.field(form.focus()))
    }
    if stage.model.question().is_some() {
        return false;
    }
    match stage.model.screen() {
        Screen::Locked(form) => form.running.is_none(),
        Screen::FirstRun(form) => form.step == FirstStep::Typing && focused(form),
        Screen::Open(open) => match &open.dialog {
            Some(Dialog::Export(form)) => form.is_typing() && focused(form.as_ref()),
            Some(Dialog::Import(form)) => form.is_typing() && focused(form.as_ref()),
            _ => false,
        },
    }
}

fn take(stage: &mut Stage, step: Step) {
    match step {
        Step::Key(press) => stage.send(Message::Key(press)),
        Step::Passphrase if masked(stage) => drop(stage.paste(PASSPHRASE)),
        Step::Passphrase => {}
        Step::Paste(text) => drop(stage.paste(&text)),
        Step::Mouse(mouse) => stage.send(Message::Mouse(mouse)),
        Step::Wait(seconds) => drop(stage.wait(seconds)),
        Step::Resize(columns, rows) => stage.resize(columns, rows),
        Step::Resumed => {
            stage.now += 3600;
            stage.uptime += 3600;
            stage.send(Message::Resumed(moment(stage.now, stage.uptime)));
        }
        Step::FileChanged => stage.send(Message::FileChanged),
        Step::Focus(has) => stage.send(Message::Focus(has)),
        Step::Clock(kept) => {
            stage.send(Message::Clock(if kept { Synchronised::Yes } else { Synchronised::No }));
        }
        // In the home folder, where the path of a backup is proposed.
        Step::Folder(name) => {
            let entries = vec![Entry { is_folder: name.len() % 2 == 0, name }];
            stage.answer(Outcome::Folder(Folder { path: "~/".to_owned(), entries }));
        }
        Step::Disk(disk) => {
            stage.release();
            stage.disk = disk;
        }
        Step::Answer(which) => {
            let outcome = answer(stage, which);
            stage.answer(outcome);
        }
    }
}

/// The stages that a run may begin on.
fn stage(which: u8, read_only: bool) -> Stage {
    let mut options = options(match which % 4 {
        0 => Start::Locked(LockInfo::Passphrase { work_factor: WorkFactor::DEFAULT }),
        1 if !read_only => Start::FirstRun,
        _ => Start::Open(Box::new(sample())),
    });
    options.read_only = read_only;
    options.appearance.unicode = which.is_multiple_of(2);
    Stage::with(sample(), options)
}

/// All that may be asked of the world where nothing may be written.
const WITHOUT_WRITING: [&str; 10] = [
    "aws profiles",
    "unlock true",
    "unlock false",
    "reload",
    "copy",
    "clear",
    "lock",
    "redraw",
    "suspend",
    "quit",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_no_secret_is_drawn(
        steps in prop::collection::vec(step(), 1..60),
        start in any::<u8>(),
        read_only in any::<bool>(),
    ) {
        let mut stage = stage(start, read_only);
        let mut secrets = Secrets::of(stage.vault.devices());
        let mut devices = stage.vault.devices().len();
        for step in steps {
            take(&mut stage, step);
            if devices != stage.vault.devices().len() {
                secrets = Secrets::of(stage.vault.devices());
                devices = stage.vault.devices().len();
            }
            let fault = sound::fault(&stage, &secrets, start % 2 == 1);
            prop_assert!(fault.is_none(), "{:?}\n{}", fault, stage.screen());
            prop_assert!(!shows(&stage.buffer().0, PASSPHRASE), "{}", stage.screen());
            if read_only {
                let asked = stage.asked();
                let writes = asked.iter().find(|asked| !WITHOUT_WRITING.contains(&asked.as_str()));
                prop_assert!(writes.is_none(), "{:?}\n{}", writes, stage.screen());
            }
        }
    }
}

/// Every size from 1x1 to 200x60, each on one scene after the other: so that each scene is drawn at hundreds, and
/// around each size where the layout changes at all.
#[test]
fn every_size_can_be_drawn() {
    let edge = |size: u16, at: &[u16]| at.iter().any(|at| size == *at || size + 1 == *at);
    for (which, scene) in SCENES.iter().enumerate() {
        let mut stage = scene.1(Charset::Utf8).at_size(100, 30);
        stage.keys(scene.2);
        let secrets = Secrets::of(stage.vault.devices());
        for columns in 1..=200u16 {
            for rows in 1..=60u16 {
                let turn = usize::from(columns) * 60 + usize::from(rows);
                let all = edge(columns, &[40, 60, 90]) && edge(rows, &[10, 14, 20, 24]);
                if turn % SCENES.len() != which && !all {
                    continue;
                }
                stage.resize(columns, rows);
                let fault = sound::fault(&stage, &secrets, false);
                assert_eq!(fault, None, "{} at {columns}x{rows}\n{}", scene.0, stage.screen());
            }
        }
    }
}
