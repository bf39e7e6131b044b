//! Sorting, grouping and finding, by keys and by mouse.

use super::stage::{Stage, add, empty, line, options, sample};
use keyfob::app::{Message, Mouse, Row, Start};
use keyfob::device::DeviceId;
use keyfob::state::{Grouping, Remembered, Sort};
use keyfob::vault::Vault;
use proptest::prelude::*;
use ratatui::style::Modifier;
use std::time::Duration;

/// Devices of two issuers and three tags, one without either.
fn tagged() -> Vault {
    let mut vault = empty();
    let devices: [(&str, &str, &[&str]); 6] = [
        ("GitHub", "alice", &["work"]),
        ("github", "bob", &["Work", "home"]),
        ("Amazon Web Services", "zoe@acme", &["aws", "work"]),
        ("Zulip", "anna", &[]),
        ("", "nobody", &[]),
        ("GitLab", "carol", &["home"]),
    ];
    for ((issuer, account, tags), last) in devices.into_iter().zip("QRSTUV".chars()) {
        let uri = format!("otpauth://totp/x:y?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ{last}&issuer=x");
        add(&mut vault, &uri, |candidate| {
            candidate.issuer = line(issuer);
            candidate.account = line(account);
            candidate.tags = tags.iter().map(|tag| line(tag)).collect();
        });
    }
    vault
}

/// The rows of the list, headings with their number of devices.
fn rows(stage: &Stage) -> Vec<String> {
    let open = stage.model.open().unwrap();
    let shown = |row: &Row| match row {
        Row::Heading(at) => {
            let group = open.list.group(*at).unwrap();
            let sign = if group.folded { '+' } else { '-' };
            format!("{sign} {} {}", group.name, group.places.len())
        }
        Row::Device { place, .. } => open.vault.device_at(*place).unwrap().account.to_string(),
    };
    open.list.rows().iter().map(shown).collect()
}

fn accounts(stage: &Stage) -> String {
    rows(stage).join(" ")
}

#[test]
fn s_goes_through_the_orders_and_says_which() {
    let mut stage = Stage::of(tagged());
    assert_eq!(accounts(&stage), "nobody zoe@acme alice bob carol anna");
    stage.keys("s");
    assert!(stage.shows("sorted by account") && stage.shows("Devices, sorted by account"));
    assert_eq!(accounts(&stage), "alice anna bob carol nobody zoe@acme");
    stage.keys("s");
    assert!(stage.shows("the last used first"), "{}", stage.screen());
    stage.keys("s");
    assert_eq!(accounts(&stage), "carol nobody anna zoe@acme bob alice");
    stage.keys("s");
    assert_eq!(accounts(&stage), "nobody zoe@acme alice bob carol anna");
}

#[test]
fn favourites_are_first_in_every_order_and_under_every_heading() {
    let mut stage = Stage::of(tagged());
    stage.keys("/ 'bob' enter * esc");
    for _ in 0..4 {
        assert_eq!(rows(&stage)[0], "bob");
        stage.keys("s");
    }
    stage.keys("t");
    let rows = rows(&stage);
    let heading = rows.iter().position(|row| row == "- github 2").unwrap();
    assert_eq!(rows[heading + 1..heading + 3], ["bob", "alice"]);
}

#[test]
fn the_last_used_are_first_once_the_order_is_taken_and_nothing_moves_under_the_hand() {
    let mut stage = Stage::of(tagged());
    stage.keys("s s");
    let before = accounts(&stage);
    stage.keys("end c home c");
    assert_eq!(accounts(&stage), before);
    stage.keys("s s s s");
    assert_eq!(accounts(&stage), "nobody anna zoe@acme alice bob carol");
    assert_eq!(stage.asked().iter().filter(|asked| *asked == "spend true").count(), 2);
}

#[test]
fn t_goes_through_headings_by_issuer_and_by_tag() {
    let mut stage = Stage::of(tagged());
    stage.keys("t");
    assert_eq!(
        rows(&stage),
        [
            "- Amazon Web Services 1",
            "zoe@acme",
            "- GitHub 2",
            "alice",
            "bob",
            "- GitLab 1",
            "carol",
            "- Zulip 1",
            "anna",
            "-  1",
            "nobody"
        ]
    );
    stage.keys("t");
    assert_eq!(
        rows(&stage),
        [
            "- aws 1", "zoe@acme", "- home 2", "bob", "carol", "- work 3", "zoe@acme", "alice", "bob",
            "-  2", "nobody", "anna"
        ]
    );
    assert!(stage.shows("without a tag") && stage.shows("Devices by tag"), "{}", stage.screen());
    stage.keys("t");
    assert_eq!(accounts(&stage), "nobody zoe@acme alice bob carol anna");
}

#[test]
fn a_heading_folds_by_enter_left_and_copying_and_opens_by_right() {
    let mut stage = Stage::of(tagged());
    stage.keys("t home");
    for (keys, folded) in
        [("enter", true), ("enter", false), ("left", true), ("left", true), ("right", false), ("c", true)]
    {
        stage.keys(keys);
        assert_eq!(rows(&stage)[0].starts_with('+'), folded, "{keys}");
        assert_eq!(rows(&stage).contains(&"zoe@acme".to_owned()), !folded, "{keys}");
    }
    assert_eq!(stage.clipboard, None);
    assert!(stage.shows("▸ Amazon Web Services  1"), "{}", stage.screen());
    // Left on a device goes to its heading first.
    stage.keys("down down down left");
    assert_eq!(stage.selected(), "");
    stage.keys("left");
    assert_eq!(rows(&stage)[1], "+ GitHub 2");
}

#[test]
fn what_needs_a_device_says_so_on_a_heading() {
    for key in ["e", "d", "v", "n", "*"] {
        let mut stage = Stage::of(tagged());
        stage.keys("t home");
        stage.asked();
        stage.keys(key);
        assert!(stage.shows("a heading is selected"), "{key}: {}", stage.screen());
        assert_eq!(stage.asked(), Vec::<String>::new());
    }
}

#[test]
fn the_last_line_names_the_key_that_folds_and_copies_nothing() {
    let mut stage = Stage::of(tagged());
    stage.keys("t home");
    let last = |stage: &Stage| stage.screen().lines().last().unwrap().to_owned();
    assert!(last(&stage).contains("fold") && !last(&stage).contains("copy"), "{}", stage.screen());
    stage.keys("down");
    assert!(last(&stage).contains("copy"), "{}", stage.screen());
}

#[test]
fn the_selected_device_stays_so_through_headings_and_orders() {
    let mut stage = Stage::of(tagged());
    stage.keys("/ 'carol' enter esc");
    for keys in ["t", "s", "t", "s", "t", "s"] {
        stage.keys(keys);
        assert_eq!(stage.selected(), "GitLab:carol", "{keys}");
    }
    // Where its group is folded its heading is selected.
    stage.keys("t left left");
    assert_eq!(stage.selected(), "");
    assert!(rows(&stage).contains(&"+ GitLab 1".to_owned()));
    stage.keys("t");
    assert_eq!(stage.selected(), "GitLab:carol");
    stage.keys("t t");
    assert_eq!(stage.selected(), "");
    assert!(stage.model.open().unwrap().list.heading().is_some_and(|group| group.name == "GitLab"));
}

#[test]
fn a_new_device_is_seen_in_a_folded_group() {
    let mut stage = Stage::of(tagged());
    stage.keys("t home enter");
    assert!(rows(&stage)[0].starts_with('+'));
    stage.paste(
        "otpauth://totp/AWS:new?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=Amazon%20Web%20Services",
    );
    stage.keys("enter esc");
    assert_eq!(stage.selected(), "Amazon Web Services:new");
}

#[test]
fn how_a_vault_is_looked_at_is_remembered() {
    let mut stage = Stage::of(tagged());
    stage.keys("s t t home enter");
    assert_eq!(stage.remembered.view.sort, Sort::Account);
    assert_eq!(stage.remembered.view.grouping, Grouping::Tag);
    let vault = tagged();
    // The ids of devices are drawn at random: only the headings are the same.
    let mut opened = options(Start::Open(Box::new(vault.clone())));
    opened.remembered = stage.remembered.clone();
    let again = Stage::with(vault, opened);
    assert_eq!(rows(&again), rows(&stage));
    // The same after the vault was locked.
    stage.keys(&format!("L '{}' enter", super::stage::PASSPHRASE));
    assert_eq!(rows(&again), rows(&stage));
}

#[test]
fn nothing_is_remembered_of_a_throw_away_vault_or_read_only() {
    for change in [
        |options: &mut keyfob::app::Options| options.read_only = true,
        |options: &mut keyfob::app::Options| options.demo = true,
    ] {
        let mut stage = Stage::changed(change);
        stage.keys("s t home enter down down c");
        assert_eq!(stage.asked(), ["copy"]);
    }
}

#[test]
fn a_code_that_another_session_handed_out_is_not_fresh() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter");
    assert!(!stage.shows("fresh in"));
    let step = stage.now / 30;
    let id = stage.device("PyPI").id;
    let recalled = |step| {
        let spent = [(id, step)].into();
        keyfob::app::Outcome::Recalled(Box::new(Remembered { spent, ..Remembered::default() }))
    };
    // Nobody was handed a code of the far future.
    stage.answer(recalled(step + 1000));
    assert!(!stage.shows("fresh in"), "{}", stage.screen());
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter");
    let id = stage.device("PyPI").id;
    let spent = [(id, step)].into();
    stage.answer(keyfob::app::Outcome::Recalled(Box::new(Remembered { spent, ..Remembered::default() })));
    assert!(stage.shows("fresh in 17 s"), "{}", stage.screen());
    stage.wait(17);
    assert!(!stage.shows("fresh in"), "{}", stage.screen());
}

#[test]
fn letters_in_their_order_are_found_the_best_fit_first_and_counted() {
    let mut stage = Stage::of(tagged());
    stage.keys("t / 'gb'");
    assert_eq!(accounts(&stage), "alice bob carol", "no headings while something is looked for");
    assert!(stage.shows("3 of 6"), "{}", stage.screen());
    stage.keys("ctrl-u 'hub bob'");
    assert_eq!(accounts(&stage), "bob");
    stage.keys("esc");
    assert!(rows(&stage)[0].starts_with('-'));
    stage.keys("/ 'zzz'");
    assert!(stage.shows("0 of 6") && stage.shows("Nothing fits"), "{}", stage.screen());
}

#[test]
fn going_on_typing_finds_what_typing_all_at_once_finds() {
    for text in ["github bob", "wo za", "a\\ b", "é x", "home g"] {
        let mut typed = Stage::of(tagged());
        typed.keys(&format!("/ '{text}'"));
        let mut pasted = Stage::of(tagged());
        pasted.keys("/");
        pasted.paste(text);
        assert_eq!(rows(&typed), rows(&pasted), "{text}");
    }
}

#[test]
fn what_was_found_is_underlined_with_colours_and_without() {
    for colour in [true, false] {
        let mut stage = Stage::changed(|options| options.appearance.colour = colour);
        stage.keys("/ 'gtl'");
        let (buffer, _) = stage.buffer();
        let row: Vec<_> = buffer.content().chunks(100).nth(2).unwrap().iter().take(50).collect();
        let marked: String = row
            .iter()
            .filter(|cell| cell.modifier.contains(Modifier::UNDERLINED))
            .map(|cell| cell.symbol())
            .collect();
        assert_eq!(marked, "GtL", "{}", stage.screen());
    }
}

#[test]
fn a_row_says_where_else_it_was_found() {
    for (typed, said) in
        [("'work'", "tag work"), ("'mfa/ali'", "mfa/alice"), ("'123456789012'", "alice@123456789012")]
    {
        let mut stage = Stage::open().at_size(120, 30);
        stage.keys(&format!("/ {typed}"));
        assert!(stage.screen().lines().nth(2).unwrap().contains(said), "{typed}: {}", stage.screen());
    }
    let mut vault = sample();
    add(
        &mut vault,
        "otpauth://totp/AWS:dan?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=AWS",
        |candidate| {
            candidate.serial = Some(line("arn:aws:iam::999999999999:mfa/dan"));
        },
    );
    let mut stage = Stage::of(vault).at_size(120, 30);
    stage.keys("/ '99999'");
    assert!(
        stage.screen().lines().nth(2).unwrap().contains("dan  account 999999999999"),
        "{}",
        stage.screen()
    );
}

#[test]
fn what_others_save_does_not_move_the_selection_while_one_types() {
    let mut stage = Stage::of(tagged());
    stage.keys("/ 'carol' enter esc / 'g'");
    let best = stage.selected();
    assert_ne!(best, "GitLab:carol");
    stage.vault.apply(&keyfob::vault::Change::Exported { devices: 6 }, keyfob::clock::UnixTime(1)).unwrap();
    stage.send(Message::FileChanged);
    assert_eq!(stage.selected(), best);
    stage.keys("esc");
    assert_eq!(stage.selected(), "GitLab:carol");
}

#[test]
fn esc_goes_back_to_where_one_was_and_enter_stays_with_what_was_found() {
    let mut stage = Stage::open();
    stage.keys("down down");
    let before = stage.selected();
    stage.keys("/ 'steam' esc");
    assert_eq!(stage.selected(), before);
    stage.keys("/ 'steam' enter esc");
    assert_eq!(stage.selected(), "Steam:alice_games");
}

fn press(stage: &mut Stage, words: &str, at: u64) {
    let screen = stage.screen();
    let row =
        screen.lines().position(|line| line.chars().take(50).collect::<String>().contains(words)).unwrap();
    let row = u16::try_from(row).unwrap();
    stage.send(Message::Mouse(Mouse::Press { column: 8, row, at: Duration::from_millis(at) }));
}

#[test]
fn a_double_click_copies_and_two_slow_ones_do_not() {
    let mut stage = Stage::open();
    press(&mut stage, "PyPI", 1000);
    assert_eq!(stage.selected(), "PyPI:alice");
    press(&mut stage, "PyPI", 1401);
    assert_eq!(stage.clipboard, None);
    press(&mut stage, "GitHub", 1500);
    press(&mut stage, "PyPI", 1600);
    assert_eq!(stage.clipboard, None);
    press(&mut stage, "PyPI", 2000);
    assert_eq!(stage.clipboard, Some(stage.code("PyPI")));
    // A third press begins a new double click.
    stage.asked();
    press(&mut stage, "PyPI", 2100);
    assert_eq!(stage.asked(), Vec::<String>::new());
}

#[test]
fn a_click_on_a_heading_folds_it_and_one_on_the_details_does_nothing() {
    let mut stage = Stage::of(tagged());
    stage.keys("t");
    press(&mut stage, "▾ GitHub", 0);
    assert!(rows(&stage).contains(&"+ GitHub 2".to_owned()));
    press(&mut stage, "▸ GitHub", 100);
    assert!(rows(&stage).contains(&"- GitHub 2".to_owned()));
    let before = (stage.model.open().unwrap().list.cursor(), rows(&stage));
    for at in [1000, 1100] {
        let at = Duration::from_millis(at);
        stage.send(Message::Mouse(Mouse::Press { column: 80, row: 4, at }));
    }
    assert_eq!((stage.model.open().unwrap().list.cursor(), rows(&stage)), before);
    assert_eq!(stage.clipboard, None);
}

#[test]
fn the_wheel_scrolls_and_the_selection_stays_in_sight() {
    let mut stage = Stage::open().at_size(40, 10);
    let shown = |stage: &Stage| {
        let list = &stage.model.open().unwrap().list;
        (list.top(), list.cursor())
    };
    assert_eq!(shown(&stage), (0, 0));
    stage.send(Message::Mouse(Mouse::WheelDown));
    assert_eq!(shown(&stage), (1, 1), "eight devices, seven rows");
    stage.send(Message::Mouse(Mouse::WheelUp));
    assert_eq!(shown(&stage), (0, 1));
}

#[derive(Clone, Debug)]
enum Step {
    Keys(&'static str),
    Remove(usize),
    Size(u16, u16),
}

fn step() -> impl Strategy<Value = Step> {
    let keys = prop::sample::select(vec![
        "s",
        "t",
        "enter",
        "left",
        "right",
        "up",
        "down",
        "pgup",
        "pgdn",
        "home",
        "end",
        "*",
        "esc",
        "/ 'g'",
        "/ 'a'",
        "'x'",
        "backspace",
    ]);
    prop_oneof![
        12 => keys.prop_map(Step::Keys),
        1 => (0usize..6).prop_map(Step::Remove),
        1 => (40u16..120, 10u16..30).prop_map(|(columns, rows)| Step::Size(columns, rows)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_the_cursor_is_on_a_row_and_each_row_is_there(steps in prop::collection::vec(step(), 1..40)) {
        let mut stage = Stage::of(tagged());
        for step in steps {
            match step {
                Step::Keys(keys) => drop(stage.keys(keys)),
                Step::Size(columns, rows) => stage.resize(columns, rows),
                Step::Remove(at) => {
                    let ids: Vec<DeviceId> = stage.vault.devices().map(|device| device.id).collect();
                    if let Some(id) = ids.get(at) {
                        let now = keyfob::clock::UnixTime(stage.now);
                        stage.vault.apply(&keyfob::vault::Change::Remove(*id), now).unwrap();
                        stage.send(Message::FileChanged);
                    }
                }
            }
            let open = stage.model.open().unwrap();
            let list = &open.list;
            prop_assert!(list.cursor() < list.rows().len().max(1));
            prop_assert!(list.top() <= list.cursor());
            let mut under_heading = std::collections::HashSet::new();
            for row in list.rows() {
                match row {
                    Row::Heading(at) => prop_assert!(!list.group(*at).unwrap().places.is_empty()),
                    Row::Device { place, group } => {
                        prop_assert!(open.vault.device_at(*place).is_some());
                        prop_assert!(under_heading.insert((*place, *group)), "a device twice under one heading");
                    }
                }
            }
            prop_assert_eq!(open.selected().map(|device| device.id), list.selected());
            prop_assert!(!stage.screen().is_empty());
        }
    }
}
