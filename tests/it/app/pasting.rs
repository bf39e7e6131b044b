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
        assert_eq!(of(&text), Pasted::Uri(ONE), "{text}");
    }
}

#[test]
fn several_are_taken_one_by_one() {
    assert_eq!(of(&format!("{ONE}\n{TWO}\nsteam://KRSX")), Pasted::Uris(vec![ONE, TWO, "steam://KRSX"]));
    assert_eq!(of(&format!("one {ONE} two {TWO}, three {TWO}")), Pasted::Uris(vec![ONE, TWO, TWO]));
    let batch = "otpauth-migration://offline?data=CgA";
    assert_eq!(of(batch), Pasted::Uris(vec![batch]));
    // One inside a value of another is none of its own.
    let inside = format!("{ONE}&image=otpauth://totp/x");
    assert_eq!(of(&inside), Pasted::Uri(&inside));
}

#[test]
fn a_uri_alone_keeps_its_spaces_and_its_broken_line() {
    let spaced = "otpauth://totp/Amazon Web Services:a?secret=KRSXG5CTMVRXEZLUKRSX\nG5CTMVRXEZLU";
    assert_eq!(of(spaced), Pasted::Uri(spaced));
    let with_another = format!("otpauth://totp/Amazon Web Services:a?secret=KRSX more\n{TWO}");
    assert_eq!(
        of(&with_another),
        Pasted::Uris(vec!["otpauth://totp/Amazon Web Services:a?secret=KRSX", TWO])
    );
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
fn several_uris_open_the_table_of_what_would_be_added() {
    let mut stage = Stage::open();
    stage.paste(&format!("{ONE}\n{TWO}"));
    assert!(stage.shows("Import: 2 to add") && stage.shows("One:a"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.shows("added 2 devices, saved") && stage.selected() == "One:a", "{}", stage.screen());
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

#[test]
fn a_secret_that_is_pasted_onto_a_field_that_shows_itself_is_not_shown() {
    for text in [ONE.to_owned(), SECRET.to_owned(), format!("here it is: {ONE}")] {
        let mut stage = Stage::open();
        stage.keys(":");
        stage.paste(&text);
        assert!(
            stage.shows("issuer") && !stage.screen().to_lowercase().contains("krsx"),
            "{}",
            stage.screen()
        );
    }
    for keys in ["e", "v", "x", "/"] {
        let mut stage = Stage::open();
        stage.keys(keys);
        stage.paste(&format!("here it is: {ONE}"));
        assert!(!stage.screen().to_lowercase().contains("krsx"), "{keys}: {}", stage.screen());
    }
    let mut stage = Stage::open();
    stage.keys(":");
    stage.paste("sort");
    assert!(stage.shows("sort"), "{}", stage.screen());
}
