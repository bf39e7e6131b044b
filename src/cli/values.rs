//! Values from the command line.
//!
//! What a parser says about a bad value is what the option takes: never what was typed.

use super::failure::Failure;
use crate::agent::MAX_LIFETIME;
use crate::device::enrolment::MAX_WINDOW;
use crate::explain::{Exit, Misuse, Reason};
use crate::text::{Text, TooLong};
use crate::vault::WorkFactor;
use std::time::Duration;

/// Takes a whole number. clap's own words about a bad one say what was typed.
pub(super) fn number(typed: &str) -> Result<u64, &'static str> {
    typed.parse().map_err(|_| "a whole number")
}

/// Takes a work factor from the command line.
pub(super) fn work_factor(typed: &str) -> Result<WorkFactor, String> {
    typed.parse().ok().and_then(WorkFactor::new).ok_or_else(|| format!("1 to {}", WorkFactor::MAX.get()))
}

/// Takes how many steps are looked at to either side.
pub(super) fn window(typed: &str) -> Result<u32, String> {
    let steps = typed.parse().ok().filter(|steps| *steps <= MAX_WINDOW);
    steps.ok_or_else(|| format!("0 to {MAX_WINDOW}"))
}

/// Takes a time: a number of seconds, or one with `s`, `m` or `h` after it.
pub(super) fn lifetime(typed: &str) -> Result<Duration, &'static str> {
    let digits = typed.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = match typed.get(digits.len()..) {
        Some("" | "s") => Some(1),
        Some("m") => Some(60),
        Some("h") => Some(3600),
        _ => None,
    };
    let seconds = digits.parse().ok().zip(unit).and_then(|(count, unit): (u64, u64)| count.checked_mul(unit));
    let time = seconds.map(Duration::from_secs).filter(|time| !time.is_zero() && *time <= MAX_LIFETIME);
    time.ok_or("90s, 15m or 8h, a week at most")
}

/// Takes a text of one line.
pub(super) fn line(option: &'static str, typed: &str) -> Result<Text, Failure> {
    Text::line(typed).map_err(|error| too_long(option, &error))
}

/// Takes a text of one line; an empty one is none.
pub(super) fn some_line(option: &'static str, typed: &str) -> Result<Option<Text>, Failure> {
    Ok(Some(line(option, typed)?).filter(|text| !text.is_empty()))
}

/// Takes tags; an empty one is no tag.
pub(super) fn texts(option: &'static str, typed: &[String]) -> Result<Vec<Text>, Failure> {
    let tag = |tag: &String| some_line(option, tag)?.ok_or_else(|| Misuse::Empty(option).about("").into());
    typed.iter().map(tag).collect()
}

/// A text does not fit.
pub(super) fn too_long(option: &'static str, error: &TooLong) -> Failure {
    Failure::from(error.about(option)).with_exit(Exit::Usage)
}
