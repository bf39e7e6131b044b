//! What is drawn: whole screens at several sizes, with a clock that stands still.

mod seconds;

use crate::app::stage::Stage;
use keyfob::app::Appearance;

const SIZES: [(u16, u16); 3] = [(100, 30), (80, 24), (40, 10)];

/// A screen, the stage that it stands on, and the keys that lead there.
type Scene = (&'static str, fn() -> Stage, &'static str);

const SCENES: [Scene; 17] = [
    ("list", Stage::open, ""),
    ("list_moved", Stage::open, "down down"),
    ("list_found", Stage::open, "/ 'git'"),
    ("list_found_tag", Stage::open, "/ 'work'"),
    ("list_by_issuer", Stage::open, "t"),
    ("list_by_tag", Stage::open, "t t s"),
    ("list_folded", Stage::open, "t home enter"),
    ("unlock_refused", Stage::locked, "'abc' enter"),
    ("first_run", Stage::first_run, ""),
    ("first_run_passphrase", Stage::first_run, "enter 'vi8 kettle pond 77' tab 'vi8'"),
    ("first_run_done", Stage::first_run, "enter 'vi8 kettle pond 77' tab 'vi8 kettle pond 77' enter"),
    ("add", Stage::open, "a 'krsx g5ct mvrx ezlu krsx g5ct mvrx ezlu' tab 'Handmade'"),
    ("enrolment", Stage::open, "v"),
    ("export", Stage::open, "x tab 'a backup passphrase 5' tab 'a back'"),
    ("exported", Stage::open, "x tab 'a backup passphrase 5' tab 'a backup passphrase 5' enter"),
    ("delete", Stage::open, "d"),
    ("help", Stage::open, "?"),
];

#[test]
fn every_screen_at_every_size() {
    for (name, stage, keys) in SCENES {
        for (columns, rows) in SIZES {
            let mut stage = stage().at_size(columns, rows);
            stage.keys(keys);
            insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), stage.screen());
        }
    }
}

#[test]
fn the_main_screens_in_ascii() {
    for (name, keys) in [
        ("list", ""),
        ("list_folded", "t home enter"),
        ("add", "a 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' tab"),
        ("enrolment", "v"),
    ] {
        let plain = Appearance { colour: false, unicode: false };
        let mut stage = Stage::changed(|options| options.appearance = plain).at_size(80, 24);
        stage.keys(keys);
        assert!(stage.screen().is_ascii());
        insta::assert_snapshot!(format!("{name}_ascii"), stage.screen());
    }
}

/// The pictures of README are what the program draws today: `cargo run --example pictures`.
#[test]
fn the_pictures_are_those_of_this_program() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    for (name, picture) in pictures::pictures() {
        let committed = std::fs::read_to_string(folder.join(name)).unwrap();
        assert!(committed == picture, "{name} is out of date: cargo run --example pictures");
    }
}

#[allow(dead_code)] // its main writes the pictures
#[path = "../../pictures/main.rs"]
mod pictures;
