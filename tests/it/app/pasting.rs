//! What is pasted onto the list.

use super::stage::Stage;
use keyfob::app::Pasted;

const ONE: &str = "otpauth://totp/One:a?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=One";
const TWO: &str = "otpauth://totp/Two:b?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLA&issuer=Two";
const SECRET: &str = "krsx g5ct mvrx ezlu krsx g5ct mvrx ezlu";

fn of(text: &str) -> Pasted<'_> {
    Pasted::of(text, |_| false)
}

#[test]
fn a_uri_is_found_within_other_text() {
    for text in [
        ONE.to_owned(),
        format!("  {ONE}\n"),
        format!("Your URI is {ONE} and is valid today."),
        format!("<a href=\"{ONE}\">"),
        format!("- {ONE}, the first"),
    ] {
        assert_eq!(of(&text), Pasted::Uri(ONE, 0), "{text}");
    }
}

#[test]
fn of_several_the_first_is_taken_and_the_others_are_counted() {
    for text in [format!("{ONE}\n{TWO}\nsteam://{SECRET}"), format!("one {ONE} two {TWO} three {TWO}")] {
        assert_eq!(of(&text), Pasted::Uri(ONE, 2), "{text}");
    }
    // One inside a value of another is none of its own.
    let inside = format!("{ONE}&image=otpauth://totp/x");
    assert_eq!(of(&inside), Pasted::Uri(&inside, 0));
}

#[test]
fn a_uri_alone_keeps_its_spaces_and_its_broken_line() {
    let spaced = "otpauth://totp/Amazon Web Services:a?secret=KRSXG5CTMVRXEZLUKRSX\nG5CTMVRXEZLU";
    assert_eq!(of(spaced), Pasted::Uri(spaced, 0));
    let with_another = format!("otpauth://totp/Amazon Web Services:a?secret=KRSX more\n{TWO}");
    assert_eq!(of(&with_another), Pasted::Uri("otpauth://totp/Amazon Web Services:a?secret=KRSX", 1));
}

#[test]
fn a_secret_is_long_base32_that_no_device_is_called() {
    assert_eq!(of(SECRET), Pasted::Secret(SECRET));
    assert_eq!(Pasted::of(SECRET, |_| true), Pasted::Words(SECRET));
    for words in ["alice", "GITHUB22", "arn:aws:iam::123456789012:mfa/alice", "123456789012", "a b"] {
        assert_eq!(of(words), Pasted::Words(words));
    }
    assert_eq!(of(" \n "), Pasted::Nothing);
    assert_eq!(of("\n first \nsecond"), Pasted::Words("first"));
}

#[test]
fn several_uris_open_the_form_with_the_first_and_say_how_many_there_were() {
    let mut stage = Stage::open();
    stage.paste(&format!("{ONE}\n{TWO}"));
    assert!(stage.shows("One") && stage.shows("the first of 2 URIs"), "{}", stage.screen());
}

#[test]
fn a_secret_opens_the_form_where_only_its_names_are_missing() {
    let mut stage = Stage::open();
    stage.paste(SECRET);
    assert!(stage.shows("a secret in base32") && !stage.shows("krsx"), "{}", stage.screen());
    stage.keys("'Handmade' tab 'dave'");
    assert!(stage.shows("Handmade"), "{}", stage.screen());
}

#[test]
fn anything_else_is_found() {
    let mut stage = Stage::open();
    stage.paste("arn:aws:iam::123456789012:mfa/alice\n");
    assert!(stage.shows("1 of 8"), "{}", stage.screen());
    stage.keys("enter c");
    assert!(stage.clipboard.is_some());
    assert_eq!(stage.selected(), "Amazon Web Services:alice@123456789012");
}

#[test]
fn read_only_finds_but_takes_no_secret_and_shows_none() {
    let mut stage = Stage::changed(|options| options.read_only = true);
    for text in [ONE, SECRET] {
        stage.paste(text);
        assert!(stage.shows("read-only") && !stage.shows("krsx"), "{}", stage.screen());
    }
    stage.paste("pypi");
    assert!(stage.shows("1 of 8"), "{}", stage.screen());
}
