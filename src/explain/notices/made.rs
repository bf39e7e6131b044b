//! Sentences with a name or a number in them.

use super::fixed::{HARDWARE, ONLY_YOU, SHORT_SECRET};
use super::typed::{self, time_to_guess};
use crate::device::enrolment::{Answer, Verdict};
use crate::exchange::MigrationMisfit;
use crate::explain::field_in_words;
use crate::otp::{Kind, Method};
use crate::vault::{Strength, WorkFactor};

/// A vault that locked itself after so many seconds without a key.
pub fn locked_idle(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("locked after {seconds} s without a key"),
        (minutes, 0) => format!("locked after {minutes} min without a key"),
        (minutes, seconds) => format!("locked after {minutes} min {seconds} s without a key"),
    }
}

/// A code on the local clipboard, and after how many seconds it is taken off again, if it is.
pub fn copied(code: &str, seconds: Option<u64>) -> String {
    format!("copied {code}{}", cleared(seconds))
}

/// A code sent to the terminal, and after how many seconds it is taken off again, if it is.
pub fn sent(code: &str, seconds: Option<u64>) -> String {
    format!("sent {code} to your terminal's clipboard{}", cleared(seconds))
}

fn cleared(seconds: Option<u64>) -> String {
    seconds.map(|seconds| format!(", cleared in {seconds} s")).unwrap_or_default()
}

/// A code sent to a terminal that may have dropped it; why is said after this.
pub fn sent_perhaps(code: &str) -> String {
    format!("sent {code}")
}

/// A code that went nowhere, and why.
pub fn not_copied(code: &str, why: &str) -> String {
    format!("{code} not copied: {why}")
}

/// A code that is over soon.
pub fn soon_over(seconds: u64) -> String {
    format!("only {seconds} s left")
}

/// A code that is still to come.
pub fn valid_in(seconds: u64) -> String {
    format!("valid in {seconds} s")
}

/// A device was added.
pub fn added(label: &str) -> String {
    format!("added {label}, saved")
}

/// A change can't be taken back any more.
pub fn not_undone(why: &str) -> String {
    format!("not undone: {why}")
}

/// A change can't be made again any more.
pub fn not_redone(why: &str) -> String {
    format!("not redone: {why}")
}

/// After an undo or redo: the device is not there.
pub fn is_gone(label: &str) -> String {
    format!("{label} is gone")
}

/// After an undo or redo: the device is there.
pub fn is_back(label: &str) -> String {
    format!("{label} is back")
}

/// After an undo: the device has its earlier values.
pub fn is_as_before(label: &str) -> String {
    format!("{label} is as it was")
}

/// After a redo: the device has the new values.
pub fn is_changed_again(label: &str) -> String {
    format!("{label} is changed again")
}

/// After an undo or redo of a counter's step.
pub fn counts_from(label: &str, counter: u64) -> String {
    format!("{label} is at counter {counter}")
}

/// Before a counter is stepped back.
pub fn step_back(label: &str, from: u64) -> String {
    format!("Step {label} back from counter {from} to {}?", from.saturating_sub(1))
}

/// Before a device is deleted.
pub fn delete(label: &str) -> String {
    format!("Delete {label}?")
}

/// Before a file is replaced.
pub fn overwrite(path: &str) -> String {
    format!("{path} is there already. Replace it?")
}

/// `1 device`, `2 devices`.
pub fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// How long ago the last backup was, and what changed since.
pub fn last_backup(days: u64, changes: usize) -> String {
    let ago = match days {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{days} days ago"),
    };
    match changes {
        0 => format!("last backup {ago}, all is in it"),
        changes => format!("last backup {ago}, {} since", counted(changes, "change")),
    }
}

/// How much more there is below.
pub fn more_below(rows: usize) -> String {
    format!("{rows} more")
}

/// A size in bytes.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// The proof of an export, three lines.
pub fn exported(devices: usize, path: &str, bytes: u64) -> [String; 3] {
    let written = counted(devices, "device");
    let found = match devices {
        0 => "nothing was there to be lost".to_owned(),
        1 => "the device is in it".to_owned(),
        devices => format!("all {devices} devices are in it"),
    };
    [
        format!("wrote {written} to {path}"),
        format!("{}, {ONLY_YOU}", size(bytes)),
        format!("read back and compared: {found}"),
    ]
}

/// How a backup is opened without this program.
pub fn open_anywhere(name: &str) -> String {
    format!("open it anywhere: age -d {name} | any MessagePack reader")
}

/// What typed codes prove. `other` is the label of the device that they belong to.
pub fn answer(answer: &Answer, two: bool, other: Option<&str>) -> String {
    match answer.verdict {
        Verdict::Ok if two => "Both come from this device, one after the other. Clocks agree.".to_owned(),
        Verdict::Ok => "It comes from this device. Clocks agree.".to_owned(),
        Verdict::Drifted => {
            let what = if two {
                "Both come from this device, one after the other"
            } else {
                "It comes from this device"
            };
            format!("{what}, but {}.", drift(answer))
        }
        Verdict::SameCode => "That is the same code twice: wait for the next one.".to_owned(),
        Verdict::Reversed => "Right codes, wrong order: the second one comes first.".to_owned(),
        Verdict::NotConsecutive => "They come from this device, but not next to each other.".to_owned(),
        Verdict::SecondWrong => "Only the first comes from this device; the second is wrong.".to_owned(),
        Verdict::FirstWrong => "Only the second comes from this device; the first is wrong.".to_owned(),
        Verdict::OtherDevice => {
            format!("These are codes of {}, not of this device.", other.unwrap_or("another device"))
        }
        Verdict::NoMatch => no_match(answer),
    }
}

/// The codes are good by the clock that the device's codes go by.
pub fn by_its_clock(answer: &Answer, two: bool) -> String {
    let what = if two { "Both come" } else { "It comes" };
    format!("{what} from this device, by its own clock: {}.", behind(answer.drift_seconds.unwrap_or(0)))
}

/// Before a device's codes go by a clock that is so many seconds ahead of ours.
pub fn ask_for_its_clock(seconds: i64) -> String {
    format!("That clock runs {}. Show this device's codes by it?", behind(seconds))
}

/// Before a device's codes go by our clock again.
pub const ASK_FOR_OUR_CLOCK: &str = "The clocks agree now. Show this device's codes by ours again?";
/// How far a device's clock is from ours.
pub fn its_clock(seconds: i64) -> String {
    format!("its clock: {}", behind(seconds))
}

fn behind(seconds: i64) -> String {
    let side = if seconds < 0 { "behind" } else { "ahead of" };
    format!("{} s {side} ours", seconds.unsigned_abs())
}

fn no_match(_: &Answer) -> String {
    "Nothing fits within 10 minutes: another secret, or a clock far off.".to_owned()
}

fn drift(answer: &Answer) -> String {
    match (answer.drift_seconds, answer.drift_steps) {
        (Some(seconds), _) => format!("that clock runs {}", behind(seconds)),
        (None, Some(steps)) => format!("that counter is {steps} ahead of ours"),
        (None, None) => "its clock is off".to_owned(),
    }
}

/// A code that is valid now.
pub fn valid_now(seconds: u64) -> String {
    format!("valid now, {seconds} s left")
}

/// A code that becomes valid at this time of day.
pub fn valid_from(time: &str, seconds: u64) -> String {
    format!("from {time}, in {seconds} s")
}

/// A code that was valid.
pub const JUST_OVER: &str = "just over";

/// A strength, drawn and in words.
pub fn strength_meter(strength: Strength, score: u8) -> String {
    let full = usize::from(score) + 1;
    format!(
        "[{}{}] {}, {}",
        "#".repeat(full),
        ".".repeat(5 - full.min(5)),
        typed::strength(strength),
        time_to_guess(strength)
    )
}

/// A URI, by its kind.
pub fn is_uri(kind: Kind) -> String {
    format!("a {} URI", kind.as_str())
}

/// A URI, by its kind, with a short secret.
pub fn short_uri(kind: Kind) -> String {
    format!("a {} URI with {SHORT_SECRET}", kind.as_str())
}

/// A counter.
pub fn counter(counter: u64) -> String {
    format!("counter {counter}")
}

/// The length of a code.
pub fn digits(digits: u8) -> String {
    format!("{digits} digits")
}

/// Seconds until the next code.
pub fn next_in(seconds: u64) -> String {
    format!("in {seconds:>2} s")
}

/// Seconds until a code that was not copied yet.
pub fn fresh_in(seconds: u64) -> String {
    format!("fresh in {seconds:>2} s")
}

/// Seconds that a code is valid.
pub fn left(seconds: u64) -> String {
    format!("{seconds} s left")
}

/// When typed codes last proved a device.
pub fn checked(date: &str) -> String {
    format!("checked {date}")
}

/// A field that was typed in has another value elsewhere: this one, where it fits on a line.
pub fn changed_elsewhere(field: &str, value: Option<&str>) -> String {
    let name = field_in_words(field);
    match value {
        Some(value) => format!("The {name} is {value} by now. Replace it?"),
        None => format!("The {name} is another one by now. Replace it?"),
    }
}

/// Before a secret is shown where nobody can be asked for a passphrase.
pub fn show_secret(label: &str) -> String {
    format!("Show the secret of {label}?")
}

/// Before a device's QR code is shown, where no passphrase can be asked for.
pub fn show_qr(label: &str) -> String {
    format!("Show the QR code of {label}?")
}

/// Before a group's QR codes are shown, where no passphrase can be asked for.
pub fn show_pages(name: &str) -> String {
    format!("Show the QR codes of {name}?")
}

/// Which page of how many.
pub fn page(number: usize, of: usize) -> String {
    format!("page {number} of {of}")
}

/// How many devices of a group are in none of its QR codes, which the page after the last one lists.
pub fn on_no_page(devices: usize) -> String {
    format!("{} can't be on a page: the page after the last lists them", counted(devices, "device"))
}

/// A device that is in none of its group's QR codes, and why.
pub fn left_out(label: &str, why: &str) -> String {
    format!("{label}: {why}")
}

/// Why a device can't be in a migration URI.
pub fn misfit(misfit: MigrationMisfit) -> String {
    match misfit {
        MigrationMisfit::NoSecret => "its secret is in the token".to_owned(),
        MigrationMisfit::Steam => "no such page holds Steam codes".to_owned(),
        MigrationMisfit::Digits(digits) => format!("no such page holds codes of {digits} digits"),
        MigrationMisfit::Period(seconds) => format!("no such page holds codes of {seconds} s"),
    }
}

/// A page's QR code that does not fit the screen: one device is on it then, whose own URI is shorter.
pub fn page_too_large(columns: usize, rows: usize) -> String {
    format!(
        "Its code needs {columns}x{rows}: make the window larger or its letters smaller, or take the device's own, \
         which is smaller"
    )
}

/// A QR code that does not fit the screen.
pub fn qr_too_large(columns: usize, rows: usize) -> String {
    format!(
        "Its code needs {columns}x{rows}: make the window larger or its letters smaller, or use keyfob qr --png"
    )
}

/// What to do with a vault that was locked anew.
pub fn relocked_hint(changes: usize) -> String {
    if changes == 0 {
        "unlock it again".to_owned()
    } else {
        let wait = if changes == 1 { "waits" } else { "wait" };
        format!("unlock it again; {} {wait} to be saved then", counted(changes, "change"))
    }
}

/// Before much memory is taken.
pub fn dear(cost: WorkFactor) -> String {
    format!("Opening this takes {} MiB of memory. Go on?", cost.mebibytes())
}

/// Seconds until a secret is taken off the screen.
pub fn gone_in(seconds: u64) -> String {
    format!("gone in {seconds} s, or by esc")
}

/// How a device makes codes: `TOTP  SHA1  6 digits  30 s`.
pub fn method(method: &Method) -> String {
    if !method.has_secret() {
        return HARDWARE.into();
    }
    let kind = method.kind().as_str().to_uppercase();
    let period = method.period().map(|period| format!("  {} s", period.get())).unwrap_or_default();
    format!("{kind}  {}  {}{period}", method.algorithm(), digits(method.digits()))
}

/// Which passphrase is asked for, where an identity file opens the vault.
pub fn type_identitys(name: &str) -> String {
    format!("Type the passphrase of {name} again.")
}

/// An older copy of the vault stands there than this machine saw before, or another one of that age.
pub fn rolled_back(rollback: &crate::vault::Rollback) -> String {
    let crate::vault::Rollback { here, seen, held } = *rollback;
    let what = if here < seen {
        format!("an older copy of the vault came back: generation {here}, after {seen} was here")
    } else {
        format!("another copy of the vault's generation {here} came in its place")
    };
    let but = if held { "; nothing is lost, the next change saves all of it" } else { "" };
    format!("{what}{but}")
}
