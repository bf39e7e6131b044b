//! Hostile text in every place of every screen, through the writer that the real terminal gets.

use super::stream::{Writer, fault};
use super::stride;
use super::strings::strings;
use crate::app::stage::{PASSPHRASE, Stage, add, empty, explained, options};
use crate::harness::say;
use crate::screens::scenes::{self, CHARSETS, Charset, SCENES};
use keyfob::app::{
    Asked, CopyOutcome, Effect, Entry, Key, KeyPress, Message, NotExported, NotImported, NotProved, Outcome,
    Start,
};
use keyfob::explain::Exit;
use keyfob::terminal::screen::Screen;
use keyfob::text::Text;
use keyfob::vault::{LockInfo, Vault, WorkFactor};
use ratatui::layout::Size;
use zeroize::Zeroizing;

const SIZES: [(u16, u16); 3] = [(40, 10), (80, 24), (100, 30)];

/// What is sent for a whole screen.
fn sent(stage: &Stage) -> Vec<u8> {
    let (drawn, cursor) = stage.buffer();
    let mut screen = Screen::new(Size::new(drawn.area.width, drawn.area.height));
    let frame = screen.frame(|_, buffer| {
        buffer.content.clone_from(&drawn.content);
        cursor
    });
    frame.to_vec()
}

#[track_caller]
fn assert_harmless(stage: &Stage, what: &str) {
    let fault = fault(&sent(stage), Writer::Screen(&[]));
    assert_eq!(fault, None, "{what}\n{}", stage.screen());
}

/// A vault in which each device has one of the texts in all of its places.
fn vault_of(texts: &[String]) -> Vault {
    let mut vault = empty();
    for (number, text) in texts.iter().enumerate() {
        let secret =
            keyfob::otp::Secret::from_bytes(format!("hostile secret {number:05}").as_bytes()).unwrap();
        let line = || Text::line(text).unwrap_or_default();
        add(&mut vault, &format!("otpauth://totp/x?secret={}", *secret.to_base32()), |candidate| {
            (candidate.issuer, candidate.account) = (line(), line());
            candidate.serial = Some(line()).filter(|serial| !serial.is_empty());
            candidate.tags = vec![line(), Text::line(&format!("t{text}")).unwrap_or_default()];
            candidate.note = Text::note(&format!("{text}\nnote {text}")).unwrap_or_default();
        });
    }
    vault
}

/// A stage of that vault, whose own name is the first of the texts.
fn stage_of(texts: &[String]) -> Stage {
    let vault = vault_of(texts);
    let mut options = options(Start::Open(Box::new(vault.clone())));
    options.vault_shown.clone_from(&texts[0]);
    Stage::with(vault, options)
}

/// Where all devices of a vault can be seen.
const OF_THE_LIST: [&str; 8] = ["", "t", "t t", "t home enter", "/ 'a'", "/ 'x' enter", "space", "s s"];
/// Where the selected one can.
const OF_THE_SELECTED: [&str; 9] =
    ["right", "e", "d", "v", "c", "v '111222' tab '333444' enter", "? esc e tab tab", ": 'de'", "*"];

#[test]
fn devices_of_hostile_names_on_every_screen() {
    let strings = strings();
    let mut frames = 0;
    for (number, texts) in strings.chunks(8).enumerate() {
        let step = stride(OF_THE_LIST.len());
        for journey in OF_THE_LIST.into_iter().skip(number % step).step_by(step) {
            let mut stage = stage_of(texts);
            stage.keys(journey);
            for (columns, rows) in SIZES {
                stage.resize(columns, rows);
                assert_harmless(&stage, &format!("{journey} {texts:?}"));
                frames += 1;
            }
        }
    }
    say(&format!("{} strings, {frames} frames", strings.len()));
}

#[test]
fn one_hostile_device_on_every_screen_of_its_own() {
    let strings = strings();
    let guarded = [format!("V '{PASSPHRASE}' enter"), format!("r '{PASSPHRASE}' enter")];
    let journeys: Vec<&str> = OF_THE_SELECTED.into_iter().chain(guarded.iter().map(String::as_str)).collect();
    let mut frames = 0;
    for (number, text) in strings.iter().enumerate() {
        let texts = std::slice::from_ref(text);
        let step = stride(journeys.len());
        for (at, journey) in journeys.iter().enumerate().skip(number % step).step_by(step) {
            // At each size each kind of string is met on each screen: its neighbours are of its kind.
            let (columns, rows) = SIZES[(number + at) % SIZES.len()];
            let mut stage = stage_of(texts).at_size(columns, rows);
            stage.keys(journey);
            assert_harmless(&stage, &format!("{journey} {text:?}"));
            frames += 1;
        }
    }
    say(&format!("{} strings, {frames} frames", strings.len()));
}

type Place = (&'static str, fn(&mut Stage, &str));

/// What is typed, pasted, read, found or said by others, each in its place.
const PLACES: &[Place] = &[
    ("typed into the add form", |stage, text| {
        stage.keys("a");
        type_all(stage, text);
        stage.keys("tab");
        type_all(stage, text);
    }),
    ("typed to find", |stage, text| {
        stage.keys("/");
        type_all(stage, text);
    }),
    ("typed into the palette", |stage, text| {
        stage.keys(":");
        type_all(stage, text);
    }),
    ("pasted on the list", |stage, text| {
        stage.paste(text);
    }),
    ("pasted into the edit form", |stage, text| {
        stage.keys("e").paste(text).keys("tab").paste(text).keys("tab tab tab").paste(text);
    }),
    ("pasted as a passphrase, shown", |stage, text| {
        stage.keys("x tab").paste(text);
    }),
    ("pasted as codes", |stage, text| {
        stage.keys("v").paste(text).keys("tab").paste(text).keys("enter");
    }),
    ("a pasted URI", |stage, text| {
        stage.paste(&format!("otpauth://totp/{text}?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer={text}"));
    }),
    ("a path that is typed", |stage, text| {
        stage.keys("i").paste(&format!("~/{text}")).keys("enter");
    }),
    ("the names in a folder", |stage, text| {
        let entry = |name: String| Entry { name, is_folder: text.len() % 2 == 0 };
        stage.folders.insert("~/".to_owned(), vec![entry(text.to_owned()), entry(format!("a{text}"))]);
        stage.keys("i '~/'");
        stage.keys("tab");
    }),
    ("the lines of an imported list", |stage, text| {
        let uri = |name: &str, secret: &str| {
            let escaped: Vec<String> = name.bytes().map(|byte| format!("%{byte:02x}")).collect();
            let escaped = escaped.concat();
            format!("otpauth://totp/{escaped}:{escaped}?secret={secret}&issuer={escaped}")
        };
        let list = [
            text,
            &uri(text, "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLB"),
            &uri(text, "1"),
            &format!("otpauth://totp/{text}?secret={text}"),
        ];
        stage.files.insert(format!("/{text}"), list.join("\n").into_bytes());
        stage.keys("i").paste(&format!("/{text}")).keys("enter down");
    }),
    ("a QR code", |stage, text| {
        stage.picture = Some(Ok(vec![
            Zeroizing::new(text.to_owned()),
            Zeroizing::new(format!("otpauth://totp/{text}?secret=MFRGG")),
        ]));
        stage.keys("a '/p.png' tab");
    }),
    ("why an import failed", |stage, text| {
        stage.disk = crate::app::stage::Disk::Away;
        stage.keys("i '/x' enter");
        stage.answer(Outcome::ImportRead {
            number: 1,
            result: Err(NotImported::Failed(explained(text, Exit::BadInput))),
        });
    }),
    ("where a backup went", |stage, text| {
        stage.keys("x ctrl-u").paste(&format!("~/{text}"));
        stage.keys("tab 'a backup passphrase 5' tab 'a backup passphrase 5' enter");
    }),
    ("why there is no backup", |stage, text| {
        stage.disk = crate::app::stage::Disk::Away;
        stage.keys("x tab 'a backup passphrase 5' tab 'a backup passphrase 5' enter");
        stage.answer(Outcome::Exported(Err(NotExported::Failed(explained(text, Exit::System)))));
    }),
    ("what a terminal may have dropped", |stage, text| {
        stage.keys("c");
        stage.answer(Outcome::Copied(CopyOutcome::Sent { warning: Some(text.to_owned()) }));
    }),
    ("why the clipboard failed", |stage, text| {
        stage.keys("c");
        stage.answer(Outcome::Copied(CopyOutcome::Failed(text.to_owned())));
    }),
    ("the name of an identity file", |stage, text| {
        stage.disk = crate::app::stage::Disk::Away;
        stage.keys("V");
        let result = Err(NotProved::Ask(Asked::Identity(text.to_owned())));
        let asked = stage.held.iter().find_map(|effect| match effect {
            Effect::Prove { then, .. } => Some(*then),
            _ => None,
        });
        stage.answer(Outcome::Proved { then: asked.unwrap(), result });
    }),
    ("why the vault does not open", |stage, text| {
        stage.keys("L");
        stage.answer(Outcome::Unlocked(Err(explained(text, Exit::Locked))));
    }),
];

fn type_all(stage: &mut Stage, text: &str) {
    text.chars().for_each(|letter| stage.send(Message::Key(KeyPress::plain(Key::Char(letter)))));
}

#[test]
fn hostile_text_from_everywhere() {
    let strings = strings();
    let mut frames = 0;
    for (at, (name, put)) in PLACES.iter().enumerate() {
        let step = stride(PLACES.len());
        for (number, text) in strings.iter().enumerate().skip(at % step).step_by(step) {
            let (columns, rows) = SIZES[(number + at) % SIZES.len()];
            let mut stage = scenes::open(CHARSETS[number % 2]).at_size(columns, rows);
            put(&mut stage, text);
            assert_harmless(&stage, &format!("{name} {text:?}"));
            frames += 1;
        }
    }
    say(&format!("{} strings, {} places, {frames} frames", strings.len(), PLACES.len()));
}

/// A locked vault's and a first run's name.
#[test]
fn a_hostile_name_of_the_vault_before_it_is_open() {
    let lock = LockInfo::Passphrase { work_factor: WorkFactor::MAX };
    for (number, text) in strings().iter().enumerate().step_by(stride(7)) {
        for start in [Start::FirstRun, Start::Locked(lock.clone())] {
            let mut options = options(start);
            options.vault_shown.clone_from(text);
            let (columns, rows) = SIZES[number % SIZES.len()];
            let mut stage = Stage::with(empty(), options).at_size(columns, rows);
            assert_harmless(&stage, text);
            stage.keys("'abc' enter");
            assert_harmless(&stage, text);
        }
    }
}

/// The scenes themselves go through the same judge, so that a new one does.
#[test]
fn every_scene_sends_our_own_sequences_alone() {
    for scene in SCENES {
        for size in SIZES {
            assert_harmless(&scenes::at(scene, Charset::Utf8, size), scene.0);
        }
    }
}
