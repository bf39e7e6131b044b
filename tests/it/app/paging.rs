//! A group's devices on pages of QR codes.

use super::stage::{Identity, PASSPHRASE, Stage, add, empty};
use keyfob::app::{Dialog, Page, PagesShown};
use keyfob::exchange::{self, Place};
use keyfob::qr::to_png;
use zeroize::Zeroizing;

const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// Seven devices of Work that fit, and three that do not.
fn work() -> Stage {
    let mut vault = empty();
    for number in 1..=7 {
        add(&mut vault, &format!("otpauth://totp/Work:fits{number}?secret={SECRET}&issuer=Work"), |_| {});
    }
    for (name, kind, more) in
        [("lives", "totp", "period=60"), ("seven", "totp", "digits=7"), ("plays", "steam", "")]
    {
        add(&mut vault, &format!("otpauth://{kind}/Work:{name}?secret={SECRET}&issuer=Work&{more}"), |_| {});
    }
    add(&mut vault, &format!("otpauth://totp/Zoo:other?secret={SECRET}&issuer=Zoo"), |_| {});
    Stage::of(vault)
}

fn shown(columns: u16, rows: u16) -> Stage {
    let mut stage = work().at_size(columns, rows);
    stage.keys(&format!("t home r '{PASSPHRASE}' enter"));
    stage
}

fn pages(stage: &Stage) -> &PagesShown {
    match &stage.model.open().unwrap().dialog {
        Some(Dialog::Pages(pages)) => pages,
        other => panic!("{other:?}"),
    }
}

/// The accounts that another app reads from the page's code, as a picture of it.
fn accounts(stage: &Stage) -> Vec<String> {
    let png = to_png(pages(stage).code().unwrap()).unwrap();
    let codes = crate::pictures::read(&png).unwrap().into_iter().map(Zeroizing::new).collect::<Vec<_>>();
    let contents = exchange::from_codes(&codes).unwrap();
    assert!(exchange::missing_parts(&contents.parts).is_empty(), "a page stands for itself");
    let accounts = contents.entries.iter().map(|entry| {
        assert_eq!(entry.place, Place::Code(1));
        entry.found.as_ref().unwrap().account.raw().to_owned()
    });
    accounts.collect()
}

#[test]
fn the_pages_of_a_heading_carry_all_of_its_devices_that_fit() {
    let fits: Vec<String> = (1..=7).map(|number| format!("fits{number}")).collect();
    for (columns, rows) in [(80, 24), (100, 30), (160, 50)] {
        let mut stage = shown(columns, rows);
        let (mut read, all) = (Vec::new(), pages(&stage).codes());
        for number in 1..=all {
            assert!(stage.shows(&format!("page {number} of {all}")), "{}", stage.screen());
            assert!(stage.shows("█▀▀▀▀▀█") && stage.shows("3 devices can't be"), "{}", stage.screen());
            let page = accounts(&stage);
            assert!(page.iter().all(|account| stage.shows(&format!("Work:{account}"))), "{}", stage.screen());
            read.extend(page);
            stage.keys(if number % 2 == 0 { "space" } else { "right" });
        }
        assert_eq!(read, fits, "{columns}x{rows}");
        assert!(matches!(pages(&stage).page(), Page::LeftOut(devices) if devices.len() == 3));
        for told in ["Work:lives: no such page holds codes of 60 s", "of 7 digits", "Steam codes"] {
            assert!(stage.screen().replace('\n', " ").contains(told), "{told}: {}", stage.screen());
        }
        assert!(!stage.shows("Zoo") && !stage.shows("█▀▀▀▀▀█"), "{}", stage.screen());
        stage.keys("right left");
        assert!(stage.shows(&format!("page {all} of {all}")), "{}", stage.screen());
    }
}

#[test]
fn a_larger_screen_takes_more_on_a_page() {
    let mut stage = shown(80, 24);
    let small = pages(&stage).codes();
    stage.keys("right right");
    let Page::Code { devices, .. } = pages(&stage).page() else { panic!("{}", stage.screen()) };
    let first = devices[0];
    stage.resize(160, 50);
    assert!(pages(&stage).codes() < small, "{}", stage.screen());
    let Page::Code { devices, .. } = pages(&stage).page() else { panic!("{}", stage.screen()) };
    assert!(devices.contains(&first), "what was scanned next is scanned next");
    stage.resize(40, 10);
    assert!(stage.shows("Its code needs") && !stage.shows("█▀▀▀▀▀█"), "{}", stage.screen());
}

#[test]
fn nothing_of_it_is_shown_without_the_passphrase_and_for_longer_than_a_minute_a_page() {
    let mut stage = work().at_size(80, 24);
    stage.keys("t home r");
    assert!(stage.shows("QR codes of Work") && !stage.shows("█▀▀▀▀▀█"), "{}", stage.screen());
    stage.keys("'wrong' enter");
    assert!(stage.shows("does not open") && !stage.shows("█▀▀▀▀▀█"), "{}", stage.screen());
    stage.keys(&format!("'{PASSPHRASE}' enter"));
    assert!(stage.shows("gone in 60 s"), "{}", stage.screen());
    stage.wait(50).keys("right");
    assert!(stage.shows("page 2 of") && stage.shows("gone in 60 s"), "{}", stage.screen());
    stage.wait(59);
    assert!(stage.shows("█▀▀▀▀▀█"), "{}", stage.screen());
    stage.asked();
    stage.wait(1);
    assert!(!stage.shows("█▀▀▀▀▀█") && stage.shows("Zoo"), "{}", stage.screen());
    assert_eq!(stage.asked(), ["wipe"]);
}

#[test]
fn a_question_stands_where_no_passphrase_is_and_nothing_works_read_only() {
    let mut stage = work();
    stage.identity = Identity::Open;
    stage.keys("t home r");
    assert!(stage.shows("Show the QR codes of Work?"), "{}", stage.screen());
    stage.keys("y");
    assert!(stage.shows("page 1 of"), "{}", stage.screen());
    stage.keys("q");
    let mut stage = Stage::changed(|options| options.read_only = true);
    stage.keys("t home r");
    assert!(!stage.shows("passphrase"), "{}", stage.screen());
}
