//! Two terminals and the command line on one vault.

use super::{holds, two, up};
use crate::harness::eventually;
use crate::harness::home::{Home, OTHER_SECRET, RFC_SECRET, THIRD_SECRET, uri};

#[test]
fn each_screen_sees_what_the_others_save() {
    let home = Home::with_two();
    let (mut one, mut other) = (two(&home), two(&home));
    one.paste(&uri("Pasted", "carol", THIRD_SECRET));
    one.wait_text("Pasted");
    one.press_until("Enter", "third device", holds(3));
    other.wait("the other's device", holds(3));
    home.add(&uri("Typed", "dave", &OTHER_SECRET.replace('J', "K")));
    other.wait("the command line's device", holds(4));
    other.quit();
    assert_eq!(home.accounts(), ["alice", "bob", "carol", "dave"]);
}

#[test]
fn what_others_save_while_a_form_is_open_is_not_lost() {
    let home = Home::with_two();
    let mut pty = two(&home);
    pty.paste(&uri("Pasted", "carol", THIRD_SECRET));
    pty.wait_text("Pasted");
    home.add(&uri("Typed", "dave", &OTHER_SECRET.replace('J', "K")));
    pty.press_until("Enter", "all four devices", holds(4));
    assert_eq!(home.accounts(), ["alice", "bob", "carol", "dave"]);
}

fn now() -> u64 {
    std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs()
}

/// `AWS:alice` and `GitHub:bob`, whose codes are those of five minutes: none is over while a test looks at it.
fn slow_codes() -> Home {
    eventually("time left in a step", || now() % 300 < 285);
    let home = Home::with_vault();
    home.add(&format!("{}&period=300", uri("AWS", "alice", RFC_SECRET)));
    home.add(&format!("{}&period=300", uri("GitHub", "bob", OTHER_SECRET)));
    home
}

#[test]
fn a_code_handed_out_by_one_is_fresh_for_no_other() {
    let home = slow_codes();
    home.done(&["code", "bob"]);
    // A screen that starts then knows it.
    let mut one = two(&home);
    one.press("End");
    one.wait_text("fresh in");
    // One that is there already learns it, whoever hands a code out.
    let mut other = two(&home);
    assert!(!other.text().contains("fresh in"), "{}", other.text());
    one.press("Home");
    one.press("c");
    one.wait_text("fresh in");
    other.wait_text("fresh in");
    one.quit();
    other.quit();
}

// Only debug builds take their time from the test, and sleep without waiting.
#[cfg(debug_assertions)]
#[test]
fn a_code_copied_on_the_screen_is_not_fresh_on_the_command_line() {
    let home = slow_codes();
    let mut pty = two(&home);
    pty.press("c");
    pty.wait_text("fresh in");
    pty.quit();
    let now = now().to_string();
    let fresh = |query: &str| {
        let ran = home.command().args(["code", query, "--fresh"]).env("KEYFOB_NOW", &now).output().unwrap();
        String::from_utf8(ran.stderr).unwrap()
    };
    assert!(fresh("alice").contains("handed out before"));
    assert_eq!(fresh("bob"), "");
}

#[test]
fn how_the_list_was_looked_at_is_there_the_next_time_and_not_read_only() {
    let home = Home::with_two();
    let mut pty = two(&home);
    pty.press("t");
    pty.wait_text("Devices by issuer");
    pty.quit();
    let mut pty = up(home.screen().args(&["--read-only"]).start());
    pty.wait_text("Devices by issuer");
    pty.press("t");
    pty.wait_text("Devices by tag");
    pty.quit();
    let mut pty = up(home.screen().start());
    pty.wait_text("Devices by issuer");
    pty.press("Home");
    pty.press("Enter");
    pty.wait("the first group folded", |screen| screen.contains("▸ AWS") && !screen.contains("alice"));
    pty.quit();
    assert_eq!(names_in(&home.path("state")), [""; 0]);
}

/// The files below a folder in whose name or text one of the devices is named.
fn names_in(folder: &std::path::Path) -> Vec<String> {
    let mut named = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            named.extend(names_in(&path));
            continue;
        }
        let shown = format!("{} {}", path.display(), std::fs::read_to_string(&path).unwrap()).to_lowercase();
        named.extend(
            ["aws", "alice", "github", "bob"].iter().any(|name| shown.contains(name)).then_some(shown),
        );
    }
    named
}

#[test]
fn a_device_used_on_the_command_line_is_the_last_used_one() {
    let home = Home::with_two();
    home.done(&["code", "bob"]);
    let mut pty = two(&home);
    pty.press("s");
    pty.press("s");
    pty.wait("bob before alice", |screen| {
        let place = |name| screen.lines().position(|line| line.contains(name));
        screen.contains("last used first") && place("GitHub  ") < place("AWS  ")
    });
    pty.quit();
}
