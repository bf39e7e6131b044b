//! What must not be there, and where it may be all the same.

use super::imports::File;
use super::tokens::{code, is, tokens};

/// Words of code that only some files may hold.
pub struct Rule {
    pub words: &'static [&'static str],
    /// Paths that may, each a file or a folder with `/` at its end.
    pub only_in: &'static [&'static str],
}

const fn rule(words: &'static [&'static str], only_in: &'static [&'static str]) -> Rule {
    Rule { words, only_in }
}

/// The rules for the code in `src/`, its test modules left out.
pub const RULES: &[Rule] = &[
    // Time is an argument.
    rule(&["SystemTime", ":", ":", "now"], &["src/clock.rs"]),
    rule(&["Instant", ":", ":", "now"], &["src/clock.rs"]),
    // A device may go by a clock of its own: only `Device` and what is older than a device (a form, a check by
    // our clock) ask the method. `Period::step_at` is for the method alone.
    rule(&["step_at"], &["src/otp/"]),
    rule(&["method", ".", "factor_at"], &["src/device/"]),
    rule(&["method", ".", "code"], &["src/device/"]),
    rule(&["method", ".", "code_at"], &["src/device/", "src/view/dialogs.rs"]),
    rule(&["method", ".", "next_code_at"], &["src/device/"]),
    // What must be read with the greatest care stands in one place.
    rule(&["unsafe"], &["src/agent/locked.rs", "src/terminal/wipe.rs", "src/clock/kernel.rs"]),
    // The streams have owners; whoever else wrote to them would write over the screen.
    rule(&["println", "!"], &["src/cli/output.rs"]),
    rule(&["print", "!"], &["src/cli/output.rs"]),
    rule(&["eprintln", "!"], &["src/cli/output.rs"]),
    rule(&["eprint", "!"], &["src/cli/output.rs"]),
    rule(&["dbg", "!"], &[]),
    // Nothing is left for later.
    rule(&["todo", "!"], &[]),
    rule(&["unimplemented", "!"], &[]),
    // No picture is decoded but in a child.
    rule(&["picture", ":", ":", "decode"], &[]),
    // A library is known to the floors that it is for.
    rule(&["ratatui", ":", ":"], &["src/view/", "src/terminal/"]),
    rule(&["crossterm", ":", ":"], &["src/terminal/"]),
    rule(&["clap", ":", ":"], &["src/cli/"]),
    rule(&["ureq", ":", ":"], &["src/aws/http.rs"]),
    rule(&["age", ":", ":"], &["src/vault/"]),
    rule(&["rmp_serde", ":", ":"], &["src/vault/"]),
    rule(&["serde", ":", ":"], &["src/vault/", "src/exchange/", "src/cli/"]),
];

/// The rules for the tests: none is switched off, and none waits for luck.
pub const TEST_RULES: &[Rule] = &[
    rule(&["#", "[", "ignore"], &[]),
    rule(&["todo", "!"], &[]),
    rule(&["unimplemented", "!"], &[]),
    rule(&["sleep"], &["tests/it/harness/mod.rs"]),
];

/// A sentence for each place where a rule is broken.
pub fn broken_rules(file: &File, rules: &[Rule]) -> Vec<String> {
    let tokens = code(&file.text);
    let mut broken = Vec::new();
    for rule in rules {
        if rule
            .only_in
            .iter()
            .any(|place| file.path == *place || place.ends_with('/') && file.path.starts_with(place))
        {
            continue;
        }
        for (at, token) in tokens.iter().enumerate() {
            // `crate::age::…` would be a module of ours, not the library.
            let ours = at > 0 && tokens[at - 1].text == ":" && rule.words.len() == 3;
            if is(&tokens, at, rule.words) && !ours {
                broken.push(format!("{}:{}: `{}`", file.path, token.line, rule.words.concat()));
            }
        }
    }
    broken
}

/// A sentence for each line that holds one of these texts, in comments and strings too.
pub fn broken_texts(file: &File, texts: &[&str]) -> Vec<String> {
    let mut broken = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        for text in texts.iter().filter(|text| line.contains(**text)) {
            broken.push(format!("{}:{}: {text:?}", file.path, number + 1));
        }
    }
    broken
}

/// How many lines a file has before its test modules.
pub fn lines_of_code(text: &str) -> usize {
    let all = tokens(text);
    let tests = (0..all.len()).find(|at| is(&all, *at, &["#", "[", "cfg", "(", "test", ")", "]", "mod"]));
    tests.map_or_else(|| text.lines().count(), |at| all[at].line - 1)
}
