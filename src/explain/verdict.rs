//! What typed codes prove, in words.

use super::counted;
use crate::device::Device;
use crate::device::enrolment::{Answer, HOTP_WINDOW, Verdict, WINDOW};
use crate::text::safe;

/// One typed code, or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// One.
    One,
    /// Two, in this order.
    Two,
}

/// What an answer about `device` means. `other` is the label of the device that the codes belong to,
/// `window` how many steps were looked at, unless the usual ones.
pub fn sentence(
    answer: &Answer,
    device: &Device,
    typed: Typed,
    other: Option<&str>,
    window: Option<u32>,
) -> String {
    let they = match typed {
        Typed::One => "This code comes from this device.",
        Typed::Two => "Both come from this device, one after the other.",
    };
    match answer.verdict {
        Verdict::Ok | Verdict::Drifted => format!("{they} {}", clocks(answer, device)),
        Verdict::SameCode => "This is the same code twice: wait for the next one.".into(),
        Verdict::Reversed => {
            "These come from this device, but in the wrong order: the earlier one goes first.".into()
        }
        Verdict::NotConsecutive => format!("These come from this device, but {}.", gap(answer)),
        Verdict::SecondWrong => "The first comes from this device, the second does not.".into(),
        Verdict::FirstWrong => "The second comes from this device, the first does not.".into(),
        Verdict::OtherDevice => belongs(typed, other),
        Verdict::NoMatch => nothing(device, typed, window),
    }
}

fn clocks(answer: &Answer, device: &Device) -> String {
    match (device.method.period(), answer.drift_steps.unwrap_or(0), answer.drift_seconds.unwrap_or(0)) {
        (None, 0, _) => "The counters agree.".into(),
        (None, ahead, _) => format!("Its counter is {ahead} ahead of ours."),
        (Some(_), steps, seconds) if answer.verdict == Verdict::Drifted => {
            let side = if steps < 0 { "behind" } else { "ahead of" };
            let many = usize::try_from(steps.unsigned_abs()).unwrap_or(usize::MAX);
            format!(
                "The clock that made them runs {} s {side} ours ({}).",
                seconds.unsigned_abs(),
                counted(many, "step")
            )
        }
        _ => "Clocks agree.".into(),
    }
}

fn gap(answer: &Answer) -> String {
    let between = answer.first.zip(answer.second).map(|(first, second)| second.factor.abs_diff(first.factor));
    match between.map(|steps| steps.saturating_sub(1)) {
        Some(missing @ 1..) => {
            format!(
                "{} between them left out",
                counted(usize::try_from(missing).unwrap_or(usize::MAX), "code")
            )
        }
        _ => "not one after the other".into(),
    }
}

fn belongs(typed: Typed, other: Option<&str>) -> String {
    let other = other.map_or("another device".into(), safe);
    match typed {
        Typed::One => format!("This is a code of {other}, not of this device."),
        Typed::Two => format!("These are codes of {other}, not of this device."),
    }
}

fn nothing(device: &Device, typed: Typed, window: Option<u32>) -> String {
    let subject = match typed {
        Typed::One => "This code does not come",
        Typed::Two => "Neither code comes",
    };
    if let Some(period) = device.method.period() {
        let seconds = u64::from(window.unwrap_or(WINDOW)) * period.get();
        format!("{subject} from this device: nothing fits within {} either way.", span(seconds))
    } else {
        let ahead = window.unwrap_or(HOTP_WINDOW);
        format!("{subject} from this device: nothing fits among the next {ahead} of its counter.")
    }
}

/// Seconds as people say them: `45 s`, `10 minutes`, `2 hours`.
fn span(seconds: u64) -> String {
    let whole = |n: u64, one| counted(usize::try_from(n).unwrap_or(usize::MAX), one);
    match seconds {
        s if s >= 7200 && s % 3600 == 0 => whole(s / 3600, "hour"),
        s if s >= 120 && s % 60 == 0 => whole(s / 60, "minute"),
        s => format!("{s} s"),
    }
}
