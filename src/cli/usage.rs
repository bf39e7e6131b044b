//! clap's errors, in keyfob's form.
//!
//! Values are never said again: an otpauth URI that stands one place off is a secret.

use crate::explain::{Explanation, Misuse};
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What was wrong with the command line. `command` is the subcommand, as far as one was found.
pub(super) fn explain(error: &clap::Error, command: &str) -> Explanation {
    misuse(error).about(command)
}

fn misuse(error: &clap::Error) -> Misuse {
    match error.kind() {
        ErrorKind::UnknownArgument => unknown(error),
        ErrorKind::InvalidSubcommand => Misuse::NoSuchCommand {
            name: text(error, ContextKind::InvalidSubcommand).filter(|name| is_a_word(name)),
            meant: text(error, ContextKind::SuggestedSubcommand),
        },
        ErrorKind::ArgumentConflict => conflict(error),
        ErrorKind::MissingRequiredArgument => {
            Misuse::Missing(texts(error, ContextKind::InvalidArg).iter().map(|usage| wanted(usage)).collect())
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Misuse::Missing(vec!["a command".into()])
        }
        _ => bad_value(error),
    }
}

/// What is missing, from clap's way of writing it: `<QUERY>`, `--into <VAULT>`, `<URI|--secret-file <F>>`.
fn wanted(usage: &str) -> String {
    let group = usage.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(usage);
    let names: Vec<&str> = group.split('|').map(|name| name.split(' ').next().unwrap_or_default()).collect();
    if names.len() > 1 { format!("one of {}", names.join(" or ")) } else { names.concat() }
}

fn unknown(error: &clap::Error) -> Misuse {
    let option = text(error, ContextKind::InvalidArg).unwrap_or_default();
    if !option.starts_with('-') {
        return Misuse::OneTooMany;
    }
    let option = option.split('=').next().unwrap_or_default().to_owned();
    Misuse::NoSuchOption { option, meant: text(error, ContextKind::SuggestedArg) }
}

fn conflict(error: &clap::Error) -> Misuse {
    let one = option(error);
    match texts(error, ContextKind::PriorArg).into_iter().next() {
        Some(other) if other != one => Misuse::Conflict(without_value(&other), one),
        _ => Misuse::BadValue { option: one, takes: "one value, given once".into() },
    }
}

fn bad_value(error: &clap::Error) -> Misuse {
    if matches!(error.get(ContextKind::InvalidValue), Some(ContextValue::String(value)) if value.is_empty()) {
        return Misuse::NoValue(option(error));
    }
    let known = texts(error, ContextKind::ValidValue);
    let takes = match (known.is_empty(), error.kind()) {
        (false, _) => known.join(", "),
        (true, ErrorKind::ValueValidation) => why(error),
        (true, _) => "another value".into(),
    };
    Misuse::BadValue { option: option(error), takes }
}

/// What the value's own parser says, where it says it without the value.
fn why(error: &clap::Error) -> String {
    let source = std::error::Error::source(error).map(ToString::to_string);
    source.unwrap_or_else(|| "another value".into())
}

fn option(error: &clap::Error) -> String {
    without_value(&text(error, ContextKind::InvalidArg).unwrap_or_else(|| "argument".into()))
}

fn without_value(argument: &str) -> String {
    argument.trim_matches(['[', ']', '<', '>']).split([' ', '=']).next().unwrap_or_default().to_owned()
}

fn is_a_word(name: &str) -> bool {
    name.len() <= 20 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    texts(error, kind).into_iter().next()
}

fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}
