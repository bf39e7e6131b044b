//! Which codes were handed out: a line a device, `ID STEP`. Nothing else is known of a vault from it.

use crate::device::DeviceId;
use std::collections::HashMap;

/// The last steps whose codes were handed out.
pub type Steps = HashMap<DeviceId, u64>;

/// Codes are handed out at most this many steps ahead. A later step was written by a clock that stood wrong.
const MOST_AHEAD: u64 = 2;

/// Whether the code of this step was handed out, when the last one that was is of the step `last`.
pub fn is_spent(last: u64, step: u64) -> bool {
    last >= step && last <= step.saturating_add(MOST_AHEAD)
}

/// The step of two codes in a row, of this step and the one before, where neither was handed out; else the step from
/// which on there are such two.
pub fn fresh_pair(last: Option<u64>, step: u64) -> Result<u64, u64> {
    match last.filter(|last| is_spent(*last, step.saturating_sub(1))) {
        Some(last) => Err(last.saturating_add(2)),
        None => Ok(step),
    }
}

/// Takes a step, unless it was taken before: then the last one that was.
pub(super) fn take(steps: &mut Steps, device: DeviceId, step: u64) -> Option<u64> {
    match steps.get(&device) {
        Some(last) if is_spent(*last, step) => Some(*last),
        _ => {
            steps.insert(device, step);
            None
        }
    }
}

pub(super) fn parse(text: &str) -> Steps {
    let line = |line: &str| {
        let (id, step) = line.split_once(' ')?;
        Some((DeviceId(id.parse().ok()?), step.parse().ok()?))
    };
    text.lines().filter_map(line).collect()
}

/// In the order of the ids, so that the same steps are the same text.
pub(super) fn write(steps: &Steps) -> String {
    let mut lines: Vec<String> = steps.iter().map(|(id, step)| format!("{id} {step}\n")).collect();
    lines.sort_unstable();
    lines.concat()
}
