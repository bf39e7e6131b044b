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
