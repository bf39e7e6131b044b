//! Codes that are hidden until somebody wants to see them.

use super::stage::{PASSPHRASE, Stage, line};
use keyfob::clock::UnixTime;
use keyfob::vault::{Change, Edit};

fn hiding() -> Stage {
    Stage::changed(|options| options.hide_codes = true)
}

fn shown(code: &str) -> String {
    format!("{} {}", &code[..3], &code[3..])
}

/// The code of now and the next one, as they would be seen.
fn codes(stage: &mut Stage, issuer: &str) -> [String; 2] {
    let first = stage.code(issuer);
    stage.now += 30;
    let second = stage.code(issuer);
    stage.now -= 30;
    [shown(&first), shown(&second)]
}

#[test]
fn a_reveal_is_over_after_thirty_seconds_and_after_locking() {
    let mut stage = hiding();
    stage.keys("/ 'pypi' enter");
    let all = codes(&mut stage, "PyPI");
    assert!(all.iter().all(|code| !stage.shows(code)), "{}", stage.screen());
    stage.keys("space");
    assert!(all.iter().all(|code| stage.shows(code)), "{}", stage.screen());
    stage.uptime += 29;
    stage.send(keyfob::app::Message::Tick(super::stage::moment(stage.now, stage.uptime)));
    assert!(stage.shows(&all[0]));
    stage.uptime += 1;
    stage.send(keyfob::app::Message::Tick(super::stage::moment(stage.now, stage.uptime)));
    assert!(all.iter().all(|code| !stage.shows(code)), "{}", stage.screen());
    stage.keys("space L").keys(&format!("'{PASSPHRASE}' enter / 'pypi' enter"));
    assert!(stage.shows("PyPI") && !stage.shows(&all[0]), "{}", stage.screen());
}

#[test]
fn without_the_setting_codes_stay_as_they_were_put() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter space space");
    stage.wait(40);
    let [code, _] = codes(&mut stage, "PyPI");
    assert!(stage.shows(&code), "{}", stage.screen());
}

#[test]
fn a_hidden_code_is_copied_without_being_shown() {
    let mut stage = hiding();
    stage.keys("/ 'pypi' enter");
    let [code, next] = codes(&mut stage, "PyPI");
    stage.keys("c");
    assert_eq!(stage.clipboard, Some(stage.code("PyPI")));
    assert!(stage.shows("sent the code") && !stage.shows(&code), "{}", stage.screen());
    stage.keys("n");
    assert!(stage.shows("sent the code") && !stage.shows(&next), "{}", stage.screen());
}

#[test]
fn hiding_takes_the_code_out_of_the_notice() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter c");
    let [code, _] = codes(&mut stage, "PyPI");
    assert!(stage.shows(&format!("sent {code}")));
    stage.keys("space");
    assert!(!stage.shows(&code), "{}", stage.screen());
}

#[test]
fn a_counters_code_is_hidden_too() {
    let mut stage = hiding();
    stage.keys("/ 'vpn' enter enter");
    let code = shown(&stage.clipboard.clone().unwrap());
    assert!(!stage.shows(&code), "{}", stage.screen());
    stage.keys("space");
    assert!(stage.shows(&code), "{}", stage.screen());
}

#[test]
fn the_pair_and_what_is_typed_for_it_are_hidden_and_space_shows_them() {
    let mut stage = hiding();
    stage.keys("/ 'pypi' enter");
    let all = codes(&mut stage, "PyPI");
    stage.keys(&format!("v '{}'", stage.code("PyPI")));
    assert!(all.iter().all(|code| !stage.shows(code)), "{}", stage.screen());
    assert!(!stage.shows(&stage.code("PyPI")), "{}", stage.screen());
    stage.keys("space");
    assert!(all.iter().all(|code| stage.shows(code)), "{}", stage.screen());
    assert!(stage.shows(&stage.code("PyPI")), "{}", stage.screen());
    // Now it is a space again, as between the halves of a code.
    stage.keys("space");
    assert!(all.iter().all(|code| stage.shows(code)), "{}", stage.screen());
}

#[test]
fn notes_are_hidden_with_the_codes() {
    let mut stage = hiding();
    let id = stage.device("PyPI").id;
    let note = keyfob::text::Text::note("1111-aaaa\n2222-bbbb").unwrap();
    let edit = Edit { note: Some(note), account: Some(line("x")), ..Edit::default() };
    stage.vault.apply(&Change::Edit { id, edit: Box::new(edit) }, UnixTime(stage.now)).unwrap();
    stage.send(keyfob::app::Message::FileChanged);
    stage.keys("/ 'pypi' enter");
    assert!(stage.shows("note of 2 lines") && !stage.shows("1111"), "{}", stage.screen());
    stage.keys("e");
    assert!(!stage.shows("1111"), "{}", stage.screen());
    stage.keys("tab tab tab tab");
    assert!(stage.shows("1111-aaaa") && stage.shows("2222-bbbb"), "{}", stage.screen());
    stage.keys("esc space");
    assert!(stage.shows("1111-aaaa") && stage.shows("2222-bbbb"), "{}", stage.screen());
}
