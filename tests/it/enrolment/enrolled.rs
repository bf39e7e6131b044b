//! How far an enrolment got, as the device itself says it.

use super::*;
use keyfob::device::{Enrolled, enrolled_for, note_for};
use keyfob::text::Text;

fn with(tags: &[&str], note: &str) -> Device {
    let tags = tags.iter().map(|tag| Text::line(tag).unwrap()).collect();
    Device { tags, note: Text::note(note).unwrap(), ..alice() }
}

#[test]
fn a_tag_says_how_far_it_got_and_the_later_of_two_counts() {
    for how_far in [Enrolled::Created, Enrolled::Enabled] {
        assert_eq!(Enrolled::of(&with(&["work", how_far.tag()], "")), Some(how_far));
    }
    let both = [Enrolled::Created.tag(), Enrolled::Enabled.tag()];
    assert_eq!(Enrolled::of(&with(&both, "")), Some(Enrolled::Enabled));
    assert_eq!(Enrolled::of(&with(&["work", "aws"], "")), None);
}

#[test]
fn going_on_changes_that_tag_alone_and_the_end_takes_it_away() {
    let device = with(&["aws-not-enabled", "work"], "");
    let tags = |how_far: Enrolled| {
        how_far.tags_of(&device).iter().map(|tag| tag.raw().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(tags(Enrolled::Created), ["aws-not-enabled", "work"]);
    assert_eq!(tags(Enrolled::Enabled), ["aws-not-verified", "work"]);
    assert_eq!(tags(Enrolled::Verified), ["work"]);
}

#[test]
fn a_line_of_the_note_says_for_whom_and_the_consoles_has_none() {
    assert_eq!(enrolled_for(&note_for("alice")), Some("alice"));
    assert_eq!(enrolled_for(&format!("spare phone\n{}", note_for("bob"))), Some("bob"));
    for nobody in ["", "alice", &note_for("")] {
        assert_eq!(enrolled_for(nobody), None, "{nobody:?}");
    }
    let created = Enrolled::Created.tag();
    assert!(with(&[created], "in the safe").waits_for_console());
    assert!(!with(&[created], &note_for("alice")).waits_for_console());
    assert!(!with(&[], "").waits_for_console());
}
