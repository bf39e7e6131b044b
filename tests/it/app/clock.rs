//! Clocks: ours that nobody keeps, and a device's own that is off.

use super::stage::Stage;
use keyfob::app::Message;
use keyfob::clock::{Synchronised, UnixTime};

/// Two codes in a row of the selected device, from a clock that runs so many seconds behind ours.
fn codes(stage: &Stage, behind: u64) -> [String; 2] {
    let device = stage.device("PyPI");
    [behind, behind - 30]
        .map(|ago| device.method.code_at(&device.secret, UnixTime(stage.now - ago)).to_string())
}

/// A check of two codes from a clock that is 120 s behind, the nearer 90 s.
fn drifted() -> Stage {
    let mut stage = Stage::open();
    let [first, second] = codes(&stage, 120);
    stage.keys(&format!("/ 'pypi' enter v '{first}' tab '{second}' enter"));
    stage
}

#[test]
fn a_clock_that_is_off_is_kept_only_after_a_yes() {
    let mut stage = drifted();
    assert!(stage.shows("That clock runs 90 s behind ours."), "{}", stage.screen());
    stage.keys("n");
    assert!(!stage.asked().contains(&"edit".to_owned()));
    assert!(stage.device("PyPI").drift.is_none());
    assert!(stage.shows("90 s behind ours"), "the answer stays: {}", stage.screen());
}

#[test]
fn after_a_yes_all_codes_go_by_it_and_the_details_say_so() {
    let mut stage = drifted();
    let [_, nearer] = codes(&stage, 120);
    stage.keys("y");
    let shown = format!("{} {}", &nearer[..3], &nearer[3..]);
    assert!(stage.shows(&format!("1   {shown}")), "the pair follows: {}", stage.screen());
    stage.keys("esc");
    assert!(stage.shows("its clock: 90 s behind ours") && stage.shows(&shown), "{}", stage.screen());
    stage.keys("c");
    assert_eq!(stage.clipboard.as_deref(), Some(nearer.as_str()));
    stage.keys("u");
    assert!(stage.device("PyPI").drift.is_none());
    assert!(!stage.shows("its clock"), "{}", stage.screen());
}

#[test]
fn a_clock_that_is_known_is_not_asked_about_again() {
    let mut stage = drifted();
    stage.keys("y esc");
    let [first, second] = codes(&stage, 120);
    stage.keys(&format!("v '{first}' tab '{second}' enter"));
    assert!(stage.model.question().is_none(), "{}", stage.screen());
    assert!(stage.shows("by its own clock: 90 s behind ours"), "{}", stage.screen());
}

#[test]
fn once_the_clocks_agree_it_can_be_dropped() {
    let mut stage = drifted();
    stage.keys("y esc");
    let [first, second] = codes(&stage, 30);
    stage.keys(&format!("v '{first}' tab '{second}' enter"));
    assert!(stage.shows("The clocks agree now."), "{}", stage.screen());
    stage.keys("y");
    assert!(stage.device("PyPI").drift.is_none());
}

#[test]
fn a_key_of_the_check_takes_it_away_too() {
    let mut stage = drifted();
    assert!(!stage.shows("our clock"), "{}", stage.screen());
    stage.keys("y");
    assert!(stage.shows("our clock"), "{}", stage.screen());
    stage.keys("ctrl-o");
    assert!(stage.device("PyPI").drift.is_none());
}

#[test]
fn read_only_tells_the_drift_and_asks_nothing() {
    let mut stage = Stage::changed(|options| options.read_only = true);
    let [first, second] = codes(&stage, 120);
    stage.keys(&format!("/ 'pypi' enter v '{first}' tab '{second}' enter"));
    assert!(stage.shows("90 s behind ours") && stage.model.question().is_none(), "{}", stage.screen());
}

#[test]
fn a_machine_whose_clock_nobody_keeps_is_said_to_be_one() {
    let mut stage = Stage::open();
    for (said, told) in [(Synchronised::Unknown, false), (Synchronised::No, true), (Synchronised::Yes, false)]
    {
        stage.send(Message::Clock(said));
        assert_eq!(stage.shows("clock is not synchronised"), told, "{}", stage.screen());
        stage.keys("v");
        assert_eq!(stage.shows("clock is not synchronised"), told, "{}", stage.screen());
        stage.keys("esc");
    }
}
