//! What is said when all went well, or beside the point.

use crate::aws::Listed;
use crate::device::Device;
use crate::explain::{counted, report};
use crate::text::{Text, safe};

/// Another process begins the same session.
pub const ANOTHER_ASKS: &str = "another keyfob asks for this session: waiting for its answer";
/// What is asked for on the terminal.
pub const CODE: &str = "code";

/// The device's codes come from elsewhere.
pub fn not_here(serial: &str) -> String {
    format!("no device here has the serial number {}: its code has to be typed", safe(serial))
}

/// The device is a hardware token.
pub fn on_token(label: &str, serial: &str) -> String {
    format!("{}: its code is on the token {}", safe(label), safe(serial))
}

/// AWS refused a code.
pub const SECOND_CODE: &str = "AWS refuses the code, which may have been used elsewhere: trying the next one";
/// AWS refused a code that was typed.
pub const TYPE_NEXT: &str =
    "AWS refuses the code: it was mistyped, or used before; type the one that comes next";
/// AWS took the next one.
pub const USED_ELSEWHERE: &str = "the first code was refused and the next one taken: somebody else used the first, with a copy of this device";
/// There is no place for a key.
pub const NOT_KEPT: &str =
    "the session is not kept, so the next command asks again: there is no XDG_RUNTIME_DIR of your own";

/// The session could not be written.
pub fn not_kept(error: &std::io::Error) -> String {
    format!("the session is not kept, so the next command asks again: {}", error.kind())
}

/// After `aws forget`.
pub fn forgot(sessions: usize) -> String {
    format!("forgot {}\n", counted(sessions, "session"))
}

/// The secret could not be saved.
pub const DELETED_AGAIN: &str = "the device that AWS made is deleted again, since it could not be kept";

/// And AWS could not delete the device.
pub fn not_deleted(serial: &str, why: &str) -> String {
    format!("{}: it could not be kept, nor deleted again: {why}", safe(serial))
}

/// After `aws enroll`.
pub fn enrolled(device: &Device, user: &str) -> String {
    let serial = device.serial.as_ref().map(Text::to_string).unwrap_or_default();
    format!(
        "enrolled {} ({}) for {}\nmfa_serial = {serial}\n",
        safe(&device.label()),
        report::short(device.id),
        safe(user)
    )
}

/// After `aws resync`.
pub fn resynced(device: &Device) -> String {
    format!("resynced {} ({})\n", safe(&device.label()), report::short(device.id))
}

/// After `aws unenroll`.
pub fn unenrolled(serial: &str, label: Option<&str>) -> String {
    let here = label.map_or("it was not here".into(), |label| format!("here it was {}", safe(label)));
    format!("deleted {}; {here}\n", safe(serial))
}

/// A line of `aws list`.
pub fn listed(listed: &Listed, device: Option<&Device>) -> String {
    let here = device.map_or("not here".into(), |device| {
        format!("{} ({})", safe(&device.label()), report::short(device.id))
    });
    format!("{}  {here}\n", safe(&listed.serial))
}

/// A line of `aws list` for a device that AWS does not have.
pub fn only_here(device: &Device) -> String {
    let serial = device.serial.as_ref().map(Text::to_string).unwrap_or_default();
    format!("{serial}  {} ({}), and AWS does not have it\n", safe(&device.label()), report::short(device.id))
}

/// How many devices a user has: there may be eight.
pub fn how_many(count: usize, user: &str) -> String {
    format!("{} has {count} of at most 8 devices", safe(user))
}
