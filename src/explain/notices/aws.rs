//! What the screen about AWS says.

use super::made::counted;
use crate::text::safe;

/// While the AWS CLI's files are read.
pub const AWS_READING: &str = "reading the AWS CLI's files";
/// Over the profiles of a device.
pub const AWS_USED_BY: &str = "Profiles that use it:";
/// Over all profiles.
pub const AWS_PROFILES: &str = "Profiles:";
/// No profile names the device.
pub const AWS_UNUSED: &str = "No profile has it as its mfa_serial.";
/// The files name no profile at all.
pub const AWS_NO_PROFILES: &str = "There are no profiles in ~/.aws/config and ~/.aws/credentials.";
/// How a profile comes to use a device.
pub const AWS_USE_IT: &str = "mfa_serial = ARN in a profile of ~/.aws/config has it used.";
/// A device has no serial number.
pub const AWS_NO_SERIAL: &str = "It has no serial number: edit it, and type its ARN.";
/// No session of a profile is kept.
pub const AWS_NO_SESSION: &str = "no session";
/// The device was made, and AWS does not use it yet.
pub const AWS_NOT_ENABLED: &str = "Its enrolment stopped: AWS does not use it yet.";
/// AWS took its codes.
pub const AWS_NOT_VERIFIED: &str =
    "Its enrolment stopped: AWS took its codes, and was not asked whether it lists it.";

/// What the form for a new device does.
pub const AWS_ENROL_TOLD: &str =
    "AWS makes a virtual device, it is saved here, and then given to its user with two of its codes.";
/// What the form for going on does.
pub const AWS_GO_ON_TOLD: &str =
    "The device is here: AWS is given two of its codes, and asked whether it lists it.";
/// What the form for a resync does.
pub const AWS_RESYNC_TOLD: &str = "AWS finds out the device's clock anew, by two of its codes in a row.";
/// What the form for a resync does for a token.
pub const AWS_RESYNC_TOKEN_TOLD: &str = "AWS finds out the token's clock anew: read two codes in a row off it, the second after the first is gone.";
/// An empty profile.
pub const AWS_PROFILE_TOLD: &str = "whose keys sign; empty: the environment's, or AWS_PROFILE's";
/// An empty user.
pub const AWS_USER_TOLD: &str = "empty: the user whose keys these are";
/// An empty name.
pub const AWS_NAME_TOLD: &str = "the device's; empty: the user's name";
/// Two codes that are one.
pub const AWS_SAME_CODE: &str = "this is the first code again: wait for the next one";

/// The steps of an enrolment, in their order.
pub const AWS_STEPS: [&str; 4] = [
    "AWS makes the device",
    "its secret is saved here",
    "AWS takes two of its codes",
    "AWS lists it as the user's",
];
/// While AWS is asked.
pub const AWS_ASKING: &str = "asking AWS";

/// The vault is being left while AWS makes a device.
pub const AWS_LEAVING: &str = "AWS is making a device: its answer is waited for, so that the device is kept; ctrl-c again does not wait";
/// A device was made for a form that was left.
pub const AWS_KEPT_ANYWAY: &str = "the device that AWS made is saved, and AWS does not use it yet";
/// A device that could not be kept was deleted again.
pub const AWS_DELETED_AGAIN: &str = "the device that AWS made is deleted again, since it could not be kept";
/// AWS has nothing to do with a counter.
pub const AWS_NO_COUNTER: &str = "its codes come from a counter, and AWS takes those of a clock";
/// There is nothing to go on with.
pub const AWS_NOTHING_STOPPED: &str = "no enrolment of it stopped";
/// A command of the screen about AWS needs a device.
pub const AWS_NO_DEVICE: &str = "that is done to a device: select one in the list first";

/// What the console is asked for.
pub const AWS_ROOT_TOLD: [&str; 2] = [
    "AWS gives the root user its devices in the console alone. There, as root: Security credentials, Assign MFA device, Authenticator app, Show secret key.",
    "Paste that key here. It is saved before its codes are shown.",
];
/// What the field for the secret takes.
pub const AWS_ROOT_SECRET: &str =
    "the secret key that the console shows, or the otpauth:// URI of its QR code";
/// What the field for the account takes.
pub const AWS_ROOT_ACCOUNT: &str = "twelve digits: in the console at the top right";
/// What is typed is none.
pub const AWS_NO_ACCOUNT: &str = "type the account id, twelve digits, or the device's ARN";
/// Over the codes of a device that the console waits for.
pub const AWS_CONSOLE_PAIR: &str = "Type these two in the console, in this order, and there press Add MFA:";
/// Under them.
pub const AWS_CONSOLE_THEN: &str = "e once AWS has taken them; r shows another pair, if it says no";
/// After the console took them.
pub const AWS_CONSOLE_DONE: &str = "the root user's device is enrolled, saved";

/// How long a session lasts yet.
pub fn aws_session(until: &str, seconds: u64) -> String {
    match seconds {
        0 => "its session is over".into(),
        1..=59 => format!(
            "session until {until}, {} left",
            counted(usize::try_from(seconds).unwrap_or(59), "second")
        ),
        _ => format!("session until {until}, {} left", span(seconds / 60)),
    }
}

fn span(minutes: u64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// There can't be a session.
pub fn aws_never(why: &str) -> String {
    format!("no session: {}", safe(why))
}

/// Two codes that were not handed out are waited for.
pub fn aws_waiting(seconds: u64) -> String {
    format!("waiting {seconds} s for two codes that were not handed out")
}

/// A device is enrolled.
pub fn aws_enrolled(label: &str) -> String {
    format!("enrolled {}, saved", safe(label))
}

/// A device's clock was found out anew.
pub fn aws_resynced(label: &str) -> String {
    format!("resynced {}", safe(label))
}

/// A device could be neither kept nor deleted again.
pub fn aws_not_deleted(why: &str) -> String {
    format!("the device that AWS made could not be kept, nor deleted again: {why}")
}

/// What to do about what went wrong.
pub fn tried(hint: &str) -> String {
    format!("try: {hint}")
}
