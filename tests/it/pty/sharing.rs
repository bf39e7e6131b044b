//! Two terminals and the command line on one vault.

use super::{holds, two};
use crate::harness::home::{Home, OTHER_SECRET, THIRD_SECRET, uri};

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
