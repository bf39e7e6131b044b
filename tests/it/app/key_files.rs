//! The import of a database that may have a key file.

use super::stage::Stage;
use crate::exchange::kdbx::{PLAIN, Recipe};

const KEY: [u8; 32] = [b'k'; 32];

fn stage(recipe: Recipe) -> Stage {
    let mut stage = Stage::open();
    stage.files.insert("/a.kdbx".to_owned(), recipe.file());
    stage.files.insert("/a.key".to_owned(), KEY.to_vec());
    stage.keys("i '/a.kdbx' enter");
    stage
}

#[test]
fn a_database_asks_for_a_password_and_a_key_file_and_takes_either_or_both() {
    for (password, key, typed) in [
        (Some("secret"), None, "'secret' enter"),
        (None, Some(KEY), "tab '/a.key' enter"),
        (Some("secret"), Some(KEY), "'secret' tab '/a.key' enter"),
        (Some("secret"), Some(KEY), "up '/a.key' down 'secret' enter"),
    ] {
        let mut stage = stage(Recipe { password, key, ..PLAIN });
        assert!(stage.shows("password") && stage.shows("key file"), "{}", stage.screen());
        stage.keys(typed);
        assert!(stage.shows("a.kdbx: kdbx, 1 entry"), "{typed}: {}", stage.screen());
    }
}

#[test]
fn what_does_not_open_it_is_said_and_the_key_file_stays_typed() {
    let mut stage = stage(Recipe { password: Some("secret"), key: Some(KEY), ..PLAIN });
    stage.keys("enter");
    assert!(stage.shows("type the file's password, the path of its key file"), "{}", stage.screen());
    stage.keys("'secret' enter");
    assert!(stage.shows("a key file may be missing"), "{}", stage.screen());
    stage.keys("tab '/a.key' enter");
    assert!(stage.shows("a key file may be missing") && stage.shows("/a.key"), "alone: {}", stage.screen());
    stage.keys("'secret' enter");
    assert!(stage.shows("a.kdbx: kdbx, 1 entry"), "{}", stage.screen());
}

#[test]
fn a_key_file_that_is_not_there_is_asked_for_again() {
    let mut stage = stage(Recipe { password: Some("secret"), key: Some(KEY), ..PLAIN });
    stage.keys("'secret' tab '/b.key' enter");
    assert!(stage.shows("/b.key: there is no such file") && stage.shows("key file"), "{}", stage.screen());
    stage.keys("ctrl-u '/a.key' up 'secret' enter");
    assert!(stage.shows("a.kdbx: kdbx, 1 entry"), "{}", stage.screen());
}

#[test]
fn a_key_file_s_path_is_completed_and_esc_goes_back() {
    let mut stage = stage(PLAIN);
    let entry = |name: &str| keyfob::app::Entry { name: name.to_owned(), is_folder: false };
    stage.folders.insert("/keys/".to_owned(), vec![entry("one.keyx")]);
    stage.keys("tab '/keys/o' right");
    assert!(stage.shows("/keys/one.keyx"), "{}", stage.screen());
    stage.keys("esc");
    assert!(stage.shows("/a.kdbx") && !stage.shows("key file"), "{}", stage.screen());
}
