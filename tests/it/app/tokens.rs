//! Hardware tokens in the list: there, and without codes.

use super::stage::{Stage, with_token};

#[test]
fn a_token_has_no_code_to_copy_check_or_draw() {
    let mut stage = Stage::of(with_token());
    stage.keys("/ 'gaht' enter");
    assert!(stage.shows("hardware token") && stage.shows("GAHT12345678"), "{}", stage.screen());
    for key in ["c", "enter", "n", "v", "V", "r"] {
        stage.keys("space space").keys(key);
        assert!(stage.shows("its code is on the token"), "{key}: {}", stage.screen());
        assert!(!stage.shows("---") && stage.asked().is_empty(), "{key}: {}", stage.screen());
    }
    assert_eq!(stage.clipboard, None);
}

#[test]
fn a_token_is_called_otherwise_but_stays_the_same_one() {
    let mut stage = Stage::of(with_token());
    stage.keys("/ 'gaht' enter e ctrl-u 'Amazon' tab tab tab tab enter");
    assert!(stage.shows("changed Amazon:root, saved"), "{}", stage.screen());
    stage.keys("e ctrl-o");
    assert!(!stage.shows("algorithm"), "{}", stage.screen());
    stage.keys("tab tab ctrl-u 'GAHT00000000' tab tab enter");
    assert!(stage.shows("a token is its serial number"), "{}", stage.screen());
    assert_eq!(stage.device("Amazon").serial.as_ref().unwrap().raw(), "GAHT12345678");
}

#[test]
fn a_token_that_was_deleted_comes_back_whole() {
    let mut stage = Stage::of(with_token());
    let before = stage.device("AWS").clone();
    stage.keys("/ 'gaht' enter d y u");
    assert_eq!(*stage.device("AWS"), before);
}
