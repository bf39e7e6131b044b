//! Which modules a file speaks of: `use` lines, and paths in the middle of the code.

use super::tokens::{Token, code, is};
use std::collections::{BTreeMap, BTreeSet};

/// A module as its path: `["vault", "lock"]`; the crate's root is empty.
pub type Module = Vec<String>;

/// One source file.
pub struct File {
    /// From the project's folder: `src/vault/lock.rs`.
    pub path: String,
    pub text: String,
}

/// One path that leads out of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    pub from: Module,
    pub to: Module,
    pub file: String,
    pub line: usize,
}

/// A path as it is written, made absolute.
struct Mention {
    path: Module,
    line: usize,
    /// The name under which a `pub use` passes it on.
    passed_on_as: Option<String>,
}

/// The module that a file is: `src/vault/mod.rs` is `vault`.
pub fn module_of(path: &str) -> Module {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs");
    let mut module: Module = inner.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| last == "mod" || last == "lib") {
        module.pop();
    }
    module
}

/// Every import among these files. What a facade passes on with `pub use` counts for whoever uses it,
/// as an import of the file that it really comes from; the facade itself imports nothing by that.
pub fn imports(files: &[File]) -> Vec<Import> {
    let modules: BTreeSet<Module> = files.iter().map(|file| module_of(&file.path)).collect();
    let mentions: Vec<(&File, Module, Vec<Mention>)> = files
        .iter()
        .map(|file| {
            let module = module_of(&file.path);
            let found = mentions(&file.text, &module, &modules);
            (file, module, found)
        })
        .collect();
    let facades: BTreeMap<Module, Module> = mentions
        .iter()
        .flat_map(|(_, module, found)| {
            found.iter().filter_map(|mention| {
                let name = mention.passed_on_as.clone()?;
                Some((module.iter().cloned().chain([name]).collect(), mention.path.clone()))
            })
        })
        .collect();
    let mut all = BTreeSet::new();
    for (file, module, found) in &mentions {
        for mention in found {
            let to = home_of(&mention.path, &modules, &facades);
            let facade = mention.passed_on_as.is_some() && to.starts_with(module);
            if to != *module && !facade {
                all.insert(Import { from: module.clone(), to, file: file.path.clone(), line: mention.line });
            }
        }
    }
    all.into_iter().collect()
}

/// The module whose file holds what this path names.
fn home_of(path: &Module, modules: &BTreeSet<Module>, facades: &BTreeMap<Module, Module>) -> Module {
    let mut path = path.clone();
    // A facade may pass on what another facade passes on.
    for _ in 0..8 {
        let Some((length, real)) =
            (1..=path.len()).find_map(|length| Some((length, facades.get(&path[..length])?)))
        else {
            break;
        };
        path = real.iter().chain(&path[length..]).cloned().collect();
    }
    (0..=path.len())
        .rev()
        .map(|length| &path[..length])
        .find(|start| modules.contains(*start))
        .map(<[String]>::to_vec)
        .unwrap_or_default()
}

fn mentions(text: &str, module: &Module, modules: &BTreeSet<Module>) -> Vec<Mention> {
    let tokens = code(text);
    let mut here = module.clone();
    let mut opened: Vec<bool> = Vec::new();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].text {
            "{" => {
                let inline = at >= 2 && tokens[at - 2].text == "mod";
                if inline {
                    here.push(tokens[at - 1].text.to_owned());
                }
                opened.push(inline);
            }
            "}" if opened.pop() == Some(true) => drop(here.pop()),
            _ => {}
        }
        let start = starts_path(&tokens, at, &here, modules).then(|| absolute(&tokens, at, &here));
        if let Some((prefix, next)) = start {
            let passed_on = is_pub_use(&tokens, at);
            at = tree(&tokens, next, &prefix, passed_on, &mut found);
        } else {
            at += 1;
        }
    }
    found
}

/// `crate::`, `super::`, `self::`, or a child module's name with `::` after it.
fn starts_path(tokens: &[Token<'_>], at: usize, here: &Module, modules: &BTreeSet<Module>) -> bool {
    let before = at.checked_sub(1).map_or("", |before| tokens[before].text);
    let two_before = at.checked_sub(2).map_or("", |before| tokens[before].text);
    // `pub(in crate::vault)` says who may see, and imports nothing.
    if !is(tokens, at + 1, &[":", ":"])
        || before == ":"
        || before == "."
        || (two_before, before) == ("(", "in")
    {
        return false;
    }
    let word = tokens[at].text;
    let child = || modules.contains(&here.iter().cloned().chain([word.to_owned()]).collect::<Module>());
    matches!(word, "crate" | "super" | "self") || child()
}

/// The module in which the path's first word looks, and where the path goes on.
fn absolute(tokens: &[Token<'_>], mut at: usize, here: &Module) -> (Module, usize) {
    let mut prefix = here.clone();
    if tokens[at].text == "crate" {
        return (Module::new(), at + 3);
    }
    loop {
        match tokens[at].text {
            "super" => drop(prefix.pop()),
            "self" => {}
            _ => return (prefix, at),
        }
        if !is(tokens, at + 1, &[":", ":"]) {
            return (prefix, at + 1);
        }
        at += 3;
    }
}

fn is_pub_use(tokens: &[Token<'_>], at: usize) -> bool {
    let before: Vec<&str> = tokens[at.saturating_sub(6)..at].iter().map(|token| token.text).collect();
    matches!(before.as_slice(), [.., "pub", "use"]) || matches!(before.as_slice(), [.., ")", "use"])
}

/// Reads `a::{b, c::d as e, self}` and gives where it ends.
fn tree(
    tokens: &[Token<'_>],
    mut at: usize,
    prefix: &Module,
    passed_on: bool,
    found: &mut Vec<Mention>,
) -> usize {
    let mut path = prefix.clone();
    let line = tokens.get(at).map_or(0, |token| token.line);
    while let Some(token) = tokens.get(at) {
        match token.text {
            "{" => {
                at += 1;
                while !is(tokens, at, &["}"]) && at < tokens.len() {
                    // A comma names nothing, least of all the module before the brace.
                    if is(tokens, at, &[","]) {
                        at += 1;
                        continue;
                    }
                    at = tree(tokens, at, &path, passed_on, found).max(at + 1);
                }
                return at + 1;
            }
            "self" => {}
            word if word.starts_with(|c: char| c == '_' || c.is_alphabetic()) => path.push(word.to_owned()),
            _ => break,
        }
        at += 1;
        if !is(tokens, at, &[":", ":"]) {
            break;
        }
        at += 2;
    }
    let mut name = path.last().cloned();
    if is(tokens, at, &["as"]) {
        name = tokens.get(at + 1).map(|token| token.text.to_owned());
        at += 2;
    }
    found.push(Mention { path, line, passed_on_as: name.filter(|_| passed_on) });
    at
}
