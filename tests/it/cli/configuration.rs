//! config.toml: what is refused and how that is told, and what `config` says is in force.

use super::harness::{bare, transcript};
use crate::harness::home::Home;
use serde_json::Value;

/// A home with this config.toml.
fn home(text: &str) -> Home {
    let home = Home::empty();
    std::fs::create_dir_all(home.path("config/keyfob")).unwrap();
    std::fs::write(home.path("config/keyfob/config.toml"), text).unwrap();
    home
}

fn told(text: &str) -> String {
    let home = home(text);
    let told = transcript(&home, &bare(&home, &["config"], &[]));
    told.replace("! keyfob: ~/config/keyfob/config.toml: ", "")
}

/// The settings of `config --json`, each as its whole name, its value, and where it comes from.
fn in_force(home: &Home, arguments: &[&str], variables: &[(&str, &str)]) -> Vec<(String, Value, String)> {
    let ran = bare(home, &[&["config", "--json"], arguments].concat(), variables);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let told: Value = serde_json::from_str(&ran.stdout).unwrap();
    let setting = |setting: &Value| {
        let text = |name: &str| setting[name].as_str().unwrap().to_owned();
        let table = setting["table"].as_str().map(|table| format!("{table}.")).unwrap_or_default();
        let line = setting["line"].as_u64().map(|line| format!(":{line}")).unwrap_or_default();
        (table + &text("name"), setting["value"].clone(), text("from") + &line)
    };
    told["settings"].as_array().unwrap().iter().map(setting).collect()
}

#[track_caller]
fn says(settings: &[(String, Value, String)], name: &str, value: impl Into<Value>, from: &str) {
    let found = settings.iter().find(|(known, ..)| known == name).unwrap();
    assert_eq!((&found.1, found.2.as_str()), (&value.into(), from), "{name}");
}

/// The pages of docs/ that speak of settings.
fn page(name: &str) -> String {
    std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).unwrap()
}

const REFUSED: &[(&str, &str)] = &[
    ("valt = \"x\"", "line 1: there is no setting valt\n!   try: vault"),
    ("\n\nidlelock = 3", "line 3: there is no setting idlelock\n!   try: idle_lock"),
    ("passphrase = \"x\"", "line 1: there is no setting passphrase"),
    ("vault = 3", "line 1: vault takes a path in quotes"),
    ("vault = \"x.age\"", "line 1: vault takes a whole path, from / or ~/ on"),
    ("idle_lock = -1", "line 1: idle_lock takes a number of seconds, 0 for never"),
    ("idle_lock = \"5\"", "line 1: idle_lock takes a number of seconds, 0 for never"),
    ("clear_clipboard = 1.5", "line 1: clear_clipboard takes a number of seconds, 0 for never"),
    ("clear_clipboard = 99999999999", "line 1: clear_clipboard takes a number of seconds, 0 for never"),
    (
        "clipboard = \"osc\"",
        "line 1: clipboard takes \"auto\", \"osc52\", \"system\" or \"off\"\n!   try: clipboard = \"osc52\"",
    ),
    ("clipboard = true", "line 1: clipboard takes \"auto\", \"osc52\", \"system\" or \"off\""),
    ("hide_codes = \"yes\"", "line 1: hide_codes takes true or false"),
    ("blank_unfocused = 1", "line 1: blank_unfocused takes true or false"),
    ("ascii = 1", "line 1: ascii takes true or false"),
    ("theme = \"dark\"", "line 1: theme takes a table of settings"),
    ("[theme]\nacent = \"red\"", "line 2: there is no setting theme.acent\n!   try: theme.accent"),
    (
        "[theme]\naccent = \"cyna\"",
        "line 2: theme.accent: \"cyna\" is no colour and no attribute\n!   try: cyan",
    ),
    (
        "[theme]\ndim = 256",
        "line 2: theme.dim: \"256\" is no colour and no attribute\n!   try: cyan, 208, #ff8700; bold, dim, underline, reverse",
    ),
    (
        "theme.text = \"#ff870\"",
        "line 1: theme.text: \"#ff870\" is no colour and no attribute\n!   try: cyan, 208, #ff8700; bold, dim, underline, reverse",
    ),
    ("theme.text = \"red blue\"", "line 1: theme.text takes no more than one colour"),
    ("theme.text = true", "line 1: theme.text takes a colour and attributes in quotes, or a colour's number"),
    ("keys = 3", "line 1: keys takes a table of settings"),
    ("[keys]\ncpoy = \"y\"", "line 2: there is no setting keys.cpoy\n!   try: keys.copy"),
    ("[keys]\nadd = 3", "line 2: keys.add takes a key in quotes, or a list of keys"),
    ("[keys]\nadd = [\"b\", 3]", "line 2: keys.add takes a key in quotes, or a list of keys"),
    ("[keys]\nadd = \"enetr\"", "line 2: keys.add: \"enetr\" is no key\n!   try: enter"),
    ("[keys]\nadd = \"ctrl-spce\"", "line 2: keys.add: \"ctrl-spce\" is no key\n!   try: ctrl-space"),
    (
        "[keys]\nadd = \"strg-c\"",
        "line 2: keys.add: \"strg-c\" is no key\n!   try: a, enter, f5, ctrl-x, alt-x",
    ),
    (
        "[keys]\nadd = \"ctrl-i\"",
        "line 2: keys.add: terminals send no ctrl-i of its own\n!   try: another key",
    ),
    (
        "[keys]\nadd = \"/\"",
        "line 2: keys.add and keys.find are both /\n!   try: another key for one of them",
    ),
    (
        "[keys]\nfind = \"a\"",
        "line 2: keys.find and keys.add are both a\n!   try: another key for one of them",
    ),
    (
        "[keys]\ncopy = \"y\"\nadd = \"esc\"",
        "line 3: keys.add: what esc means there can't be changed\n!   try: another key",
    ),
    (
        "[keys]\nredraw = \"r\"",
        "line 2: keys.redraw: it works while a text is typed, and r is for the text\n!   try: a key with ctrl-, or one of f1 to f12",
    ),
    (
        "[keys]\nsuspend = \"ctrl-w\"",
        "line 2: keys.suspend: it works while a text is typed, and ctrl-w is for the text\n!   try: a key with ctrl-, or one of f1 to f12",
    ),
    (
        "[keys]\nquit = []",
        "line 2: keys.quit: no key would quit while a text is typed\n!   try: quit = [\"q\", \"ctrl-c\"]",
    ),
];

#[test]
fn what_is_wrong_is_told_with_its_line_and_what_was_meant() {
    for (text, why) in REFUSED {
        assert_eq!(told(&format!("{text}\n")), format!("{why}\n[4]"), "{text}");
    }
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    for (text, line) in
        [("idle_lock = 3\nvault = \n", 2), ("a = [1\nb = 3\n", 2), ("ascii = true\nascii = true\n", 2)]
    {
        let told = told(text);
        assert!(told.starts_with(&format!("line {line}: ")) && told.ends_with("\n[4]"), "{told}");
    }
}

#[test]
fn a_wrong_configuration_ends_every_command_that_needs_it() {
    let home = home("valt = 1\n");
    for arguments in [&["list"][..], &["config"], &["init"]] {
        let told = transcript(&home, &bare(&home, arguments, &[]));
        assert!(told.contains("line 1: there is no setting valt") && told.ends_with("[4]"), "{told}");
    }
    // A vault that is named needs none of it.
    let told = transcript(&home, &bare(&home, &["--vault", "nowhere.age", "list"], &[]));
    assert!(told.contains("there is no vault here"), "{told}");
}

#[test]
fn every_setting_says_where_it_comes_from() {
    let home = home(
        "clipboard = \"off\"\nvault = \"~/a.age\"\n[theme]\naccent = \"#FF8700 bold\"\n\n[keys]\ncopy = \"y\"\n",
    );
    let settings = in_force(&home, &[], &[]);
    says(&settings, "clipboard", "off", "config.toml:1");
    says(&settings, "vault", home.path("a.age").display().to_string(), "config.toml:2");
    says(&settings, "idle_lock", 300, "default");
    says(&settings, "ascii", false, "$LANG");
    says(&settings, "theme.accent", "#ff8700 bold", "config.toml:4");
    says(&settings, "theme.text", "default", "default");
    says(&settings, "keys.copy", vec!["y"], "config.toml:7");
    says(&settings, "keys.quit", vec!["q", "ctrl-c"], "default");

    let settings = in_force(&home, &[], &[("KEYFOB_VAULT", "/b.age"), ("LC_ALL", "C")]);
    says(&settings, "vault", "/b.age", "$KEYFOB_VAULT");
    says(&settings, "ascii", true, "$LC_ALL");
    let settings = in_force(&home, &["--vault", "c.age"], &[("KEYFOB_VAULT", "/b.age")]);
    says(&settings, "vault", home.path("c.age").display().to_string(), "--vault");
}

#[test]
fn what_config_prints_can_be_pasted_into_config_toml() {
    let first = Home::empty();
    let odd = "/tmp/a \"b\" \\c\u{202e}d.age";
    let printed = bare(&first, &["--vault", odd, "config"], &[]).stdout;
    assert!(!printed.contains('\u{202e}') && printed.is_ascii(), "{printed}");
    let second = home(&printed);
    let values = |home, arguments: &[&str]| -> Vec<(String, Value)> {
        in_force(home, arguments, &[]).into_iter().map(|(name, value, _)| (name, value)).collect()
    };
    assert_eq!(values(&second, &[]), values(&first, &["--vault", odd]));
    for (name, _, from) in in_force(&second, &[], &[]) {
        assert!(from.starts_with("config.toml:"), "{name} comes from {from}");
    }
}

#[test]
fn config_names_the_files_that_are_used() {
    let home = Home::empty();
    let printed = transcript(&home, &bare(&home, &["config"], &[("NO_COLOR", "1")]));
    let start = "# What is in force; ~/config/keyfob/config.toml (not there) may hold any of it.\n# State folder: ~/state/keyfob\n# NO_COLOR is set: the theme is not used.\nvault = \"~/data/keyfob/vault.age\"";
    assert!(printed.starts_with(start), "{printed}");
    let told: Value = serde_json::from_str(&bare(&home, &["config", "--json"], &[]).stdout).unwrap();
    assert_eq!(told["paths"]["config_exists"], Value::Bool(false));
    assert_eq!(told["no_color"], Value::Bool(false));
}

/// The example is the page's one block that is marked as TOML.
#[test]
fn the_example_of_the_documentation_is_a_config_toml() {
    let page = page("configuration.md");
    let example = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let given: Vec<String> = in_force(&home(example), &[], &[])
        .into_iter()
        .filter(|(_, _, from)| from.starts_with("config.toml:"))
        .map(|(name, ..)| name)
        .collect();
    let before_tables = given.iter().filter(|name| !name.contains('.')).count();
    assert!(before_tables >= 7 && given.iter().any(|name| name.starts_with("theme.")), "{given:?}");
}

#[test]
fn the_documentation_names_every_setting_and_no_other() {
    let page = page("configuration.md");
    let first_cells =
        page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(name, _)| name);
    let mut documented: Vec<String> = first_cells.map(str::to_owned).collect();
    let mut known: Vec<String> =
        in_force(&Home::empty(), &[], &[]).into_iter().map(|(name, ..)| name).collect();
    documented.sort();
    known.sort();
    assert_eq!(documented, known);
}

/// The keys that the page gives are those of the table.
#[test]
fn the_documentation_gives_every_setting_its_default() {
    let page = page("configuration.md");
    for (name, value, _) in
        in_force(&Home::empty(), &[], &[]).into_iter().filter(|(name, ..)| name.contains('.'))
    {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{name}` "))).unwrap();
        let usual = row.split('|').nth(2).unwrap().trim().replace('`', "");
        let value = match &value {
            Value::Array(keys) => keys.iter().map(|key| key.as_str().unwrap()).collect::<Vec<_>>().join(" "),
            value => value.as_str().unwrap().to_owned(),
        };
        assert_eq!(usual, value, "{name}");
    }
}
