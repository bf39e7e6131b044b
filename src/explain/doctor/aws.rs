//! What is said of AWS's profiles against the devices here.

use super::Finding;
use crate::explain::counted;
use crate::text::safe;

/// All that could be looked at is well.
pub fn fine(profiles: usize) -> Finding {
    match profiles {
        0 => Finding::fine("aws", "no profile has an mfa_serial"),
        n => Finding::fine(
            "aws",
            format!("{} with an mfa_serial, each with its device here", counted(n, "profile")),
        ),
    }
}

/// The vault was not opened.
pub fn unopened(profiles: usize) -> Finding {
    Finding::note(
        "aws",
        format!(
            "{} with an mfa_serial; whether their devices are here was not looked at",
            counted(profiles, "profile")
        ),
    )
}

/// A profile whose device is not here. A token's number is no fault: its codes are typed.
pub fn no_device(profile: &str, serial: &str, is_token: bool) -> Finding {
    let message = format!("profile {}: no device here has the serial number {}", safe(profile), safe(serial));
    if is_token {
        return Finding::note("aws", format!("{message}, so its code will be asked for"));
    }
    Finding::to_do("aws", message, "keyfob edit QUERY --serial ARN, or another mfa_serial in ~/.aws/config")
}

/// A device that no profile names.
pub fn no_profile(label: &str, serial: &str) -> Finding {
    let finding = Finding::note("aws", format!("{}: no profile names it", safe(label)));
    Finding { hint: Some(format!("mfa_serial = {} in a profile of ~/.aws/config", safe(serial))), ..finding }
}
