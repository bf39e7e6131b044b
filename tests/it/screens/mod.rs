//! What is drawn: whole screens at several sizes, with a clock that stands still.

mod rebound;
pub mod scenes;
mod seconds;
pub mod sound;

use crate::app::leaks::Secrets;
use crate::app::stage::PASSPHRASE;
use scenes::{CHARSETS, Charset, SCENES, Scene};

/// Each scene at these sizes is a snapshot.
const SIZES: [(u16, u16); 4] = [(40, 10), (80, 24), (100, 30), (160, 50)];

/// A scene at all sizes, one under the other.
fn pictures(scene: &Scene, charset: Charset) -> String {
    let picture = |size: (u16, u16)| {
        format!("=== {}x{}\n{}\n", size.0, size.1, scenes::at(scene, charset, size).screen())
    };
    SIZES.map(picture).concat()
}

#[test]
fn every_screen_at_every_size() {
    for scene in SCENES {
        insta::assert_snapshot!(scene.0, pictures(scene, Charset::Utf8));
        insta::assert_snapshot!(format!("{}_ascii", scene.0), pictures(scene, Charset::Ascii));
    }
}

/// The one screen on which a secret may be seen, so that it is none of the scenes.
#[test]
fn a_secret_that_is_shown() {
    let keys = format!("down V '{PASSPHRASE}' enter");
    let scene: Scene = ("secret", scenes::open, "");
    for (name, charset) in [("secret", Charset::Utf8), ("secret_ascii", Charset::Ascii)] {
        let picture = |size: (u16, u16)| {
            let mut stage = scenes::at(&scene, charset, size);
            stage.keys(&keys);
            assert!(charset == Charset::Utf8 || stage.screen().is_ascii());
            format!("=== {}x{}\n{}\n", size.0, size.1, stage.screen())
        };
        insta::assert_snapshot!(name, SIZES.map(picture).concat());
    }
}

#[test]
fn every_picture_is_sound() {
    for scene in SCENES {
        for charset in CHARSETS {
            for size in SIZES {
                let stage = scenes::at(scene, charset, size);
                let secrets = Secrets::of(stage.vault.devices());
                let fault = sound::fault(&stage, &secrets, charset == Charset::Ascii);
                assert_eq!(fault, None, "{} {charset:?} {size:?}\n{}", scene.0, stage.screen());
            }
        }
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
