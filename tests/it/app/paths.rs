//! Paths that are typed, and what completes them.

use super::stage::Stage;
use keyfob::app::{Entry, Folder, Outcome, PathField};

fn file(name: &str) -> Entry {
    Entry { name: name.to_owned(), is_folder: false }
}

fn folder(name: &str) -> Entry {
    Entry { name: name.to_owned(), is_folder: true }
}

fn home() -> Vec<Entry> {
    vec![
        folder("wood"),
        file("wallet.age"),
        folder("backups"),
        file(".bashrc"),
        file("new\u{1b}[31mred"),
        file("tail "),
    ]
}

/// A field in which this was typed, once the folder was read.
fn typed(text: &str) -> PathField {
    let mut path = PathField::filled("");
    path.field.insert(text).unwrap();
    if let Some(asked) = path.wants() {
        path.take_in(Folder { path: asked, entries: home() });
    }
    path
}

#[test]
fn the_first_name_that_fits_is_shown_after_the_cursor() {
    for (text, ghost) in [
        ("~/w", "allet.age"),
        ("~/wo", "od/"),
        ("~/wood", "/"),
        ("~/b", "ackups/"),
        ("b", "ackups/"),
        ("~", "/"),
        // Nothing is typed of a name, it is hidden, it is all there, there is none, it would be cut by a trim.
        ("~/", ""),
        ("~/ba", "ckups/"),
        ("~/wallet.age", ""),
        ("~/x", ""),
        ("~/tai", ""),
        ("~/.b", "ashrc"),
    ] {
        assert_eq!(typed(text).ghost(), ghost, "{text}");
    }
}

#[test]
fn hidden_names_fit_only_once_a_dot_is_typed() {
    let names = |text| typed(text).fitting().map(|entry| entry.name.clone()).collect::<Vec<_>>();
    assert_eq!(names("~/"), ["backups", "new\u{1b}[31mred", "wallet.age", "wood"]);
    assert_eq!(names("~/."), [".bashrc"]);
}

#[test]
fn it_is_shown_only_where_the_cursor_is_at_the_end() {
    let mut path = typed("~/wo");
    path.field.on_key("left".parse().unwrap()).unwrap();
    assert_eq!(path.ghost(), "");
}

#[test]
fn a_folder_is_asked_for_once_and_an_answer_for_another_is_dropped() {
    let mut path = typed("~/w");
    path.field.insert("o").unwrap();
    assert_eq!(path.wants(), None);
    path.field.insert("od/d").unwrap();
    assert_eq!(path.wants().as_deref(), Some("~/wood/"));
    assert_eq!(path.ghost(), "", "what was in the other folder is forgotten");
    path.take_in(Folder { path: "~/".to_owned(), entries: vec![file("dated")] });
    assert_eq!(path.ghost(), "");
    path.take_in(Folder { path: "~/wood/".to_owned(), entries: vec![file("dated")] });
    assert_eq!(path.ghost(), "ated");
}

/// The form for a backup, with an empty path, in a home folder with files.
fn exporting() -> Stage {
    let mut stage = Stage::open();
    stage.folders.insert("~/".to_owned(), home());
    stage.keys("x ctrl-u");
    stage
}

#[test]
fn right_and_end_take_it_and_tab_goes_on_to_the_next_field() {
    for key in ["right", "end", "ctrl-e"] {
        let mut stage = exporting();
        stage.keys(&format!(
            "'~/wo' {key} 'x.age' tab 'a backup passphrase 5' tab 'a backup passphrase 5' enter"
        ));
        assert!(stage.asked().contains(&"export ~/wood/x.age false".to_owned()), "{}", stage.screen());
    }
    let mut stage = exporting();
    stage.keys("'~/wo' tab 'a backup passphrase 5' tab 'a backup passphrase 5' enter");
    assert!(stage.asked().contains(&"export ~/wo false".to_owned()), "{}", stage.screen());
}

#[test]
fn the_names_stand_under_the_field_and_hostile_ones_are_harmless_but_taken_raw() {
    let mut stage = exporting();
    stage.keys("'~/'");
    assert!(stage.shows("backups/  new") && stage.shows("wallet.age  wood/"), "{}", stage.screen());
    assert!(!stage.screen().contains('\u{1b}'));
    stage.keys("'ne' right tab 'a backup passphrase 5' tab 'a backup passphrase 5' enter");
    assert!(!stage.screen().contains('\u{1b}'));
    assert!(stage.asked().contains(&"export ~/new\u{1b}[31mred false".to_owned()));
}

#[test]
fn a_slow_folder_holds_nothing_up_and_is_taken_in_late_or_not_at_all() {
    use super::stage::Disk;
    let mut stage = exporting();
    stage.disk = Disk::Away;
    stage.keys("'/slow/a'");
    assert!(stage.shows("/slow/a"), "{}", stage.screen());
    stage.keys("tab 'x'");
    stage.answer(Outcome::Folder(Folder { path: "/slow/".to_owned(), entries: vec![file("answer")] }));
    stage.keys("backtab");
    assert!(stage.shows("/slow/answer"), "{}", stage.screen());
    stage.keys("ctrl-u '/other/a'");
    stage.answer(Outcome::Folder(Folder { path: "/slow/".to_owned(), entries: vec![file("answer")] }));
    assert!(!stage.shows("answer"), "{}", stage.screen());
}

#[test]
fn the_words_are_those_of_the_table_and_only_there_when_it_woods() {
    let mut stage = exporting();
    stage.keys("'~/x'");
    assert!(!stage.shows("take it"), "{}", stage.screen());
    stage.keys("ctrl-u '~/w'");
    assert!(stage.shows("take it"), "{}", stage.screen());
}

#[test]
fn every_folder_is_asked_for_by_its_form_only() {
    let mut stage = exporting();
    stage.asked();
    stage.keys("'~/wood/' esc y");
    assert_eq!(stage.asked(), ["folder ~/", "folder ~/wood/"]);
    let mut reading = Stage::changed(|options| options.read_only = true);
    reading.keys("x '~/w'");
    assert!(reading.asked().is_empty());
}

#[test]
fn a_path_from_its_root_takes_the_place_of_one_that_was_only_proposed() {
    let field = |keys: &[&str]| {
        let mut path = PathField::filled("~/keyfob.age");
        for key in keys {
            path.field.insert(key).unwrap();
        }
        path.field.text().to_owned()
    };
    assert_eq!(field(&["/mnt/b.age"]), "/mnt/b.age");
    assert_eq!(field(&["~", "/", "b"]), "~/b");
    // What goes on from it, and what somebody typed, stays.
    assert_eq!(field(&[".bak"]), "~/keyfob.age.bak");
    assert_eq!(field(&[".d", "/", "b"]), "~/keyfob.age.d/b");
}
