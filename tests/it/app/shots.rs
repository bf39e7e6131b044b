//! Pictures in the form for a new device.

use super::stage::{Disk, Stage, explained};
use keyfob::app::{Codes, Message, Outcome};
use keyfob::explain::Exit;
use zeroize::Zeroizing;

const URI: &str = "otpauth://totp/Lab:carol?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=Lab";

#[allow(clippy::unnecessary_wraps)] // as reading a picture answers
fn codes(texts: &[&str]) -> Codes {
    Ok(texts.iter().map(|text| Zeroizing::new((*text).to_owned())).collect())
}

fn with(codes: Codes) -> Stage {
    let mut stage = Stage::open();
    stage.picture = Some(codes);
    stage
}

#[test]
fn a_path_is_read_by_enter_and_its_code_fills_the_form() {
    let mut stage = with(codes(&[URI]));
    stage.keys("a '~/shot.png'");
    assert!(stage.shows("enter reads the QR code"), "{}", stage.screen());
    stage.asked();
    stage.keys("enter");
    assert_eq!(stage.asked(), ["read ~/shot.png"]);
    assert!(stage.shows("Lab") && stage.shows("carol") && stage.shows("its code now"), "{}", stage.screen());
    assert!(!stage.shows("KRSX") && !stage.shows("shot.png"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(stage.vault.devices().len(), 9);
}

#[test]
fn a_dropped_file_may_be_in_quotes() {
    let mut stage = with(codes(&[URI]));
    stage.keys("a");
    stage.paste("'/tmp/my shot.png'");
    stage.asked();
    stage.keys("enter");
    assert_eq!(stage.asked(), ["read /tmp/my shot.png"]);
}

#[test]
fn a_picture_that_is_dropped_on_the_list_is_read_at_once() {
    let mut stage = with(codes(&[URI]));
    stage.asked();
    stage.paste("~/shot.png\n");
    assert_eq!(stage.asked(), ["read ~/shot.png"]);
    assert!(stage.shows("Add a device") && stage.shows("carol"), "{}", stage.screen());
    let mut stage = Stage::changed(|options| options.read_only = true);
    stage.asked();
    stage.paste("~/shot.png");
    assert!(stage.asked().is_empty() && stage.shows("read-only"), "{}", stage.screen());
}

#[test]
fn a_picture_that_is_no_use_says_why_and_another_can_be_tried() {
    let cases = [
        (Err(explained("shot.png: no QR code was found in it", Exit::BadInput)), "no QR code was found"),
        (codes(&["https://example.com"]), "something else than a device"),
        (codes(&["otpauth://totp/a?secret=1"]), "not base32"),
    ];
    for (answer, why) in cases {
        let mut stage = with(answer);
        stage.keys("a './shot.png' enter");
        assert!(stage.shows(why), "{why}: {}", stage.screen());
        stage.picture = Some(codes(&["https://example.com", URI]));
        stage.keys("ctrl-u './other.png' enter");
        assert!(stage.shows("carol"), "{}", stage.screen());
    }
}

#[test]
fn an_answer_that_comes_too_late_is_not_taken() {
    let mut stage = with(codes(&[URI]));
    stage.disk = Disk::Away;
    stage.keys("a './shot.png' enter");
    assert!(stage.shows("reading the picture"), "{}", stage.screen());
    stage.asked();
    stage.keys("enter");
    assert!(stage.asked().is_empty(), "read twice");
    stage.keys("backspace");
    stage.send(Message::Done(Outcome::PictureRead { path: "./shot.png".into(), codes: codes(&[URI]) }));
    assert!(!stage.shows("carol"), "{}", stage.screen());
    stage.keys("esc y");
    stage.send(Message::Done(Outcome::PictureRead { path: "./shot.png".into(), codes: codes(&[URI]) }));
    assert!(!stage.shows("carol"), "{}", stage.screen());
}

#[test]
fn a_picture_on_the_clipboard_fills_the_form_or_opens_the_table() {
    let mut stage = Stage::open();
    stage.picture = Some(codes(&["https://example.com", URI]));
    stage.keys("p");
    assert_eq!(stage.asked(), ["read the clipboard"]);
    assert!(stage.shows("Add a device") && !stage.shows("reading"), "{}", stage.screen());
    stage.keys("esc y");
    stage.picture = Some(codes(&[URI, &URI.replace("otpauth://totp/", "otpauth://totp/x")]));
    stage.keys("p");
    assert!(stage.shows("pasted: picture, 2 entries"), "{}", stage.screen());
}

#[test]
fn a_clipboard_without_a_code_says_so_and_one_that_answers_late_disturbs_nobody() {
    let mut stage = Stage::open();
    stage.picture = Some(Err(explained("the clipboard: there is no picture on it", Exit::BadInput)));
    stage.keys("p");
    assert!(stage.shows("there is no picture on it"), "{}", stage.screen());
    stage.disk = Disk::Away;
    stage.keys("p p");
    assert_eq!(stage.held.len(), 1, "it is asked for once");
    assert!(stage.shows("reading the picture on the clipboard"), "{}", stage.screen());
    stage.keys("i");
    stage.picture = Some(codes(&[URI]));
    stage.release();
    assert!(stage.shows("Import") && !stage.shows("Add a device"), "{}", stage.screen());
    // Nobody asked for this one.
    stage.keys("esc");
    stage.send(Message::Done(Outcome::ClipboardRead { codes: codes(&[URI]) }));
    assert!(!stage.shows("Add a device"), "{}", stage.screen());
}

#[test]
fn nothing_is_pasted_read_only() {
    let mut stage = Stage::changed(|options| options.read_only = true);
    stage.asked();
    stage.keys("p");
    assert!(stage.asked().is_empty(), "{}", stage.screen());
}
