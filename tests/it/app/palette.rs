//! The palette: every command that works, found as one types, done as its key would.

use super::stage::Stage;
use keyfob::app::keymap::{BINDINGS, Context, Needs};

/// The commands on the screen, in order.
fn commands(stage: &Stage) -> Vec<String> {
    let sentences = |line: &str| {
        let row = BINDINGS.iter().find(|row| !row.help.is_empty() && line.contains(row.help));
        row.map(|row| row.help.to_owned())
    };
    stage.screen().lines().filter_map(sentences).collect()
}

#[test]
fn the_best_fit_is_first_and_enter_does_it() {
    let mut stage = Stage::open();
    stage.keys(": 'backup'");
    assert_eq!(commands(&stage), ["Exports an encrypted backup, and reads it back."], "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.shows("Export a backup"), "{}", stage.screen());
}

#[test]
fn short_words_and_the_names_of_config_toml_are_found_too() {
    for (typed, first) in [
        ("hide-codes", "Shows or hides the codes."),
        ("favourite", "Lists a device first, or no longer."),
        ("find", "Finds as you type; esc shows all again."),
        ("undo", "Undoes the last change."),
    ] {
        let mut stage = Stage::open();
        stage.keys(&format!(": '{typed}'"));
        assert_eq!(commands(&stage).first().map(String::as_str), Some(first), "{typed}: {}", stage.screen());
    }
}

#[test]
fn each_command_does_just_what_its_key_does() {
    let rows = BINDINGS.iter().filter(|row| row.context == Context::List && !row.help.is_empty());
    for row in rows.filter(|row| row.needs != Needs::Unsaved && row.needs != Needs::Narrow) {
        let (Some(name), false) = (row.action.name(), row.action.moves()) else { continue };
        if name == "palette" {
            continue;
        }
        let mut by_key = Stage::open();
        by_key.keys("down").asked();
        by_key.keys(&row.keys[0].shown(false));
        let mut by_palette = Stage::open();
        by_palette.keys("down :").asked();
        let mut tries = 0;
        while !selected(&by_palette).contains(row.help) {
            by_palette.keys("down");
            tries += 1;
            assert!(tries < 40, "{name} is not there: {}", by_palette.screen());
        }
        by_palette.keys("enter");
        assert_eq!(by_palette.screen(), by_key.screen(), "{name}");
        assert_eq!(by_palette.asked(), by_key.asked(), "{name}");
        assert_eq!(by_palette.quit, by_key.quit, "{name}");
    }
}

/// The selected row of the palette.
fn selected(stage: &Stage) -> String {
    let screen = stage.screen();
    let inside = screen.lines().skip_while(|line| !line.contains("Commands"));
    inside.filter(|line| line.contains('▌')).last().unwrap_or_default().to_owned()
}

#[test]
fn esc_closes_it_and_nothing_was_done() {
    let mut stage = Stage::open();
    let before = stage.screen();
    stage.keys(": 'quit' esc");
    assert_eq!(stage.screen(), before);
    assert!(!stage.quit && stage.asked().is_empty());
}

#[test]
fn what_does_not_work_is_not_there() {
    let mut stage = Stage::changed(|options| options.read_only = true);
    stage.keys(": 'export'");
    assert!(stage.shows("No command fits.") || !stage.shows("Exports"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.asked().is_empty());
}

#[test]
fn up_and_down_move_and_a_paste_is_typed() {
    let mut stage = Stage::open();
    stage.keys(":");
    let first = selected(&stage);
    stage.keys("down");
    assert_ne!(selected(&stage), first);
    stage.keys("up up");
    assert_eq!(selected(&stage), first);
    stage.paste("Locks\n");
    assert_eq!(commands(&stage), ["Locks the vault."], "{}", stage.screen());
}

#[test]
fn what_was_found_is_marked() {
    use ratatui::style::Color;
    let mut stage = Stage::open();
    stage.keys(": 'lock'");
    let (buffer, _) = stage.buffer();
    let marked: String = buffer
        .content()
        .iter()
        .filter(|cell| cell.fg == Color::Cyan && cell.symbol().chars().all(char::is_alphabetic))
        .map(ratatui::buffer::Cell::symbol)
        .collect();
    assert!(marked.contains("Lock"), "{marked}");
}

#[test]
fn it_can_be_used_on_the_smallest_screen() {
    let mut stage = Stage::open().at_size(40, 10);
    stage.keys(": 'quit'");
    assert!(stage.shows("Quits."), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.quit);
}
