//! How texts look: what config.toml may say, and what is drawn.

use super::stage::Stage;
use keyfob::app::{Appearance, Colour, Look, Looks, Role};
use ratatui::style::{Color, Modifier, Style};

fn look(text: &str) -> Look {
    text.parse().unwrap()
}

#[test]
fn looks_are_a_colour_and_attributes() {
    let plain = Look::default();
    for (text, wanted) in [
        ("default", plain),
        ("cyan", Look { colour: Some(Colour::Numbered(6)), ..plain }),
        ("bright-black", Look { colour: Some(Colour::Numbered(8)), ..plain }),
        ("208", Look { colour: Some(Colour::Numbered(208)), ..plain }),
        ("#FF8700", Look { colour: Some(Colour::Rgb(255, 135, 0)), ..plain }),
        (
            "bold red  underline",
            Look { colour: Some(Colour::Numbered(1)), bold: true, underline: true, ..plain },
        ),
        ("dim reverse", Look { dim: true, reverse: true, ..plain }),
    ] {
        assert_eq!(look(text), wanted, "{text}");
    }
    for (text, word) in [
        ("", ""),
        ("  ", ""),
        ("cyna", "cyna"),
        ("bold cyna", "cyna"),
        ("256", "256"),
        ("-1", "-1"),
        ("+1", "+1"),
        ("#ff870", "#ff870"),
        ("#ff87001", "#ff87001"),
        ("#+f8700", "#+f8700"),
        ("red blue", "blue"),
    ] {
        assert_eq!(text.parse::<Look>().unwrap_err().0, word, "{text}");
    }
}

#[test]
fn what_is_written_is_read_again() {
    for number in 0..=255 {
        for text in [format!("{number}"), format!("#{number:02x}7f00 bold dim underline reverse")] {
            assert_eq!(look(&look(&text).to_string()), look(&text), "{text}");
        }
    }
    for role in Role::ALL {
        let usual = Looks::default().look(role);
        assert_eq!(look(&usual.to_string()), usual);
        assert_eq!(Role::named(role.name()), Some(role));
    }
}

/// A list with these looks, and the style of the cell at which a text begins.
fn style(looks: &[(Role, &str)], text: &str) -> Style {
    let stage = Stage::changed(|options| {
        for (role, text) in looks {
            options.looks.set(*role, look(text));
        }
    });
    let screen = stage.screen();
    let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains(text)).unwrap();
    let column = keyfob::text::width(line.split_once(text).unwrap().0);
    let (buffer, _) = stage.buffer();
    buffer[(u16::try_from(column).unwrap(), u16::try_from(row).unwrap())].style()
}

#[test]
fn every_role_looks_as_it_is_told() {
    let there = [
        (Role::Good, "saved"),
        (Role::Dim, "ops@acme.example"),
        (Role::Text, "Cloudflare"),
        (Role::Selection, "Amazon Web Services  "),
        (Role::Accent, "enter copy"),
        (Role::Strong, "~/vault.age"),
    ];
    for (role, text) in there {
        let numbered = style(&[(role, "208 underline")], text);
        assert_eq!(numbered.fg, Some(Color::Indexed(208)), "{role:?}");
        assert!(numbered.add_modifier.contains(Modifier::UNDERLINED), "{role:?}");
        assert_eq!(style(&[(role, "#0a0b0c")], text).fg, Some(Color::Rgb(10, 11, 12)), "{role:?}");
        assert_eq!(style(&[(role, "bright-red")], text).fg, Some(Color::LightRed), "{role:?}");
    }
}

#[test]
fn nothing_is_drawn_on_a_ground_of_ours() {
    let stage = Stage::open();
    assert!(stage.buffer().0.content().iter().all(|cell| cell.bg == Color::Reset));
}

#[test]
fn without_colour_the_looks_do_not_count() {
    let mut stage = Stage::changed(|options| {
        for role in Role::ALL {
            options.looks.set(role, look("208 reverse"));
        }
        options.appearance = Appearance { colour: false, unicode: true };
    });
    stage.keys("c");
    for cell in stage.buffer().0.content() {
        assert!(cell.fg == Color::Reset && !cell.modifier.contains(Modifier::REVERSED), "{cell:?}");
    }
}
