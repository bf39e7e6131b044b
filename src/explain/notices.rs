//! What the full-screen interface says: one sentence each, ASCII, without a secret.

use crate::device::enrolment::{Answer, Verdict};
use crate::device::otpauth::UriError;
use crate::otp::{Base32Error, CodeError, Kind, ParameterError, SecretError};
use crate::vault::{RecipientError, Strength};

/// The vault's own states, as its first line says them.
pub const SAVED: &str = "saved";
/// A change is on its way to disk.
pub const SAVING: &str = "saving";
/// A change did not get there.
pub const NOT_SAVED: &str = "not saved";
/// Nothing may be written.
pub const READ_ONLY_STATE: &str = "read-only";
/// A throw-away vault.
pub const DEMO_STATE: &str = "demo";
/// There is no vault.
pub const NO_VAULT_STATE: &str = "new";
/// The vault is locked.
pub const LOCKED_STATE: &str = "locked";

/// The screen can't hold anything.
pub const TOO_SMALL: &str = "too small";
/// How large it has to be.
pub const TOO_SMALL_HINT: &str = "40x10 at least";

/// A passphrase that does not fit.
pub const DOES_NOT_OPEN: &str = "that passphrase does not open this vault";
/// What to do then.
pub const TRY_AGAIN: &str = "type it again; is Caps Lock on?";
/// While scrypt runs.
pub const UNLOCKING: &str = "opening the vault: this takes about a second, on purpose";
/// While a vault is made.
pub const MAKING: &str = "making the vault: this takes about a second, on purpose";
/// While a backup is written.
pub const EXPORTING: &str = "encrypting, writing and reading back: this takes about two seconds, on purpose";
/// Identity files open this vault.
pub const IDENTITIES_OPEN: &str = "It is locked to age recipients: the identity files given with -i open it.";
/// What to do then.
pub const IDENTITIES_HINT: &str = "Press enter. If an identity file has a passphrase, type that first.";

/// Nothing typed.
pub const NO_PASSPHRASE: &str = "type a passphrase";
/// The second field is empty.
pub const TYPE_IT_AGAIN: &str = "type the same again";
/// The two differ.
pub const NOT_THE_SAME: &str = "the two are not the same";
/// No path.
pub const NO_PATH: &str = "type where the backup goes";
/// No recipients.
pub const NO_RECIPIENT: &str = "type age1... or ssh-... recipients, with commas between";
/// No secret.
pub const NO_SECRET: &str = "type or paste the secret, or its otpauth:// URI";
/// Neither issuer nor account.
pub const NAME_IT: &str = "name the issuer or the account";
/// Not a number.
pub const NO_NUMBER: &str = "type a number";
/// Not a kind.
pub const KINDS: &str = "type totp, hotp or steam";
/// A Google migration URI.
pub const MIGRATION_NOT_READ: &str = "a migration URI of Google Authenticator: not read yet";
/// A path to a picture.
pub const PICTURE_NOT_READ: &str = "a path: pictures are not read yet";
/// A URI that is none of ours, pasted on the list.
pub const PASTE_WHAT: &str = "what was pasted is no otpauth:// URI; a opens the form";

/// Nothing may be written.
pub const READ_ONLY: &str = "opened read-only: nothing is added or changed";
/// Nothing may be written, so no counter can go up.
pub const COUNTER_READ_ONLY: &str = "opened read-only: a counter's next code would have to be saved first";
/// There is nothing selected.
pub const NO_DEVICE: &str = "no device is selected";
/// Counter devices have no next code.
pub const NO_NEXT_CODE: &str = "a counter device: enter takes its next code";
/// Counter devices have no pair.
pub const NO_PAIR: &str = "a counter device shows no pair: each code shown is used up";
/// Nothing to take back.
pub const NOTHING_TO_UNDO: &str = "nothing to undo";
/// The order of the list.
pub const BY_ISSUER: &str = "sorted by issuer";
/// The order of the list.
pub const BY_ACCOUNT: &str = "sorted by account";
/// The order of the list.
pub const NEWEST_FIRST: &str = "sorted by age, the newest first";

/// What undoing means for a deletion.
pub const DELETE_HINT: &str = "u brings it back, and it stays in the history.";
/// Esc in a form with something typed.
pub const DROP_TYPED: &str = "Drop what was typed?";
/// What that means.
pub const DROP_HINT: &str = "Nothing of it is saved.";
/// The file is there.
pub const OVERWRITE_HINT: &str = "What is in it now would be lost.";
/// Leaving with something unsaved.
pub const QUIT_UNSAVED: &str = "Quit without saving?";
/// Leaving with something unsaved.
pub const LOCK_UNSAVED: &str = "Lock without saving?";
/// What that means.
pub const UNSAVED_HINT: &str = "What is not saved would be lost; R tries again.";

/// What adding a device is for.
pub const ADD_UNIVERSAL: &str = "base32 secret, otpauth:// or steam:// URI";
/// A secret shorter than RFC 4226 asks for.
pub const SHORT_SECRET: &str = "a short secret (under 128 bits): is it complete?";
/// Compare it.
pub const COMPARE: &str = "compare with the service before you save";

/// Over the pair of the enrolment check.
pub const CHECK_PAIR: &str = "Type these two, in this order, where the service asks for them:";
/// Over the fields of the enrolment check.
pub const CHECK_TYPED: &str = "Or check two codes that something else shows for this device:";

/// The passphrase of the first run.
pub const FIRST_PASSPHRASE: &str = "A passphrase for the vault. Four or five random words are good.";
/// The vault is made.
pub const MADE: &str = "The vault is made and open.";
/// What to do next.
pub const MADE_THEN: &str = "Two things to do next:";
/// What to do next: keys, and what they do.
pub const MADE_NEXT: [(&str, &str); 2] = [
    ("a", "adds the first device: paste its otpauth:// URI or its secret"),
    ("x", "makes a backup, encrypted with a passphrase of its own"),
];
/// An empty list.
pub const NO_DEVICES: &str = "No devices yet: a adds one.";
/// An empty list that can't be added to.
pub const NO_DEVICES_READ_ONLY: &str = "No devices.";
/// Nothing found.
pub const NOTHING_FOUND: &str = "Nothing fits; esc shows all.";

/// Before a counter device's code is taken.
pub const TAKE_KEY: &str = "enter";
/// Before a counter device's code is taken.
pub const NO_CODE_TAKEN: &str = "enter takes the next code and copies it";
/// What shows hidden codes.
pub const SPACE_SHOWS: &str = "space shows codes";
/// Typed codes never proved it.
pub const NOT_CHECKED: &str = "not checked yet";
/// A counter device that is being added.
pub const COUNTER_SHOWS_LATER: &str = "a counter device: its codes are taken once it is saved";
/// A base32 secret.
pub const IS_SECRET: &str = "a secret in base32";
/// What the keys beside the pair do.
pub const CHECK_KEYS: [&str; 2] = ["c copies", "n copies"];
/// What recipients are.
pub const RECIPIENTS_TOLD: &str = "age1... or ssh-... public keys, with commas between";

/// What the export form is for.
pub const EXPORT_TOLD: &str = "A backup of all devices, encrypted; any age program opens it.";
/// The proof of an export.
pub const ONLY_YOU: &str = "only you can read it";

/// How long guessing a passphrase would take.
pub fn time_to_guess(strength: Strength) -> String {
    const DAY: f64 = 86_400.0;
    const YEAR: f64 = 31_557_600.0;
    let seconds = strength.seconds_to_guess();
    let time = match seconds {
        s if s < 60.0 => "seconds".to_owned(),
        s if s < 3600.0 => "minutes".to_owned(),
        s if s < DAY => "hours".to_owned(),
        s if s < 60.0 * DAY => format!("{:.0} days", (s / DAY).max(2.0)),
        s if s < 2.0 * YEAR => format!("{:.0} months", s / (YEAR / 12.0)),
        s if s < 1000.0 * YEAR => format!("{:.0} years", s / YEAR),
        _ => "more than a thousand years".to_owned(),
    };
    format!("{time} to guess")
}

/// A strength in one word.
pub fn strength(strength: Strength) -> &'static str {
    match strength.score() {
        0 => "very weak",
        1 => "weak",
        2 => "fair",
        3 => "good",
        _ => "strong",
    }
}

/// A text over a field's limit.
pub fn too_long(limit: usize) -> String {
    format!("too long: {limit} bytes at most")
}

/// What is wrong with a base32 secret.
pub fn secret(error: SecretError) -> String {
    match error {
        SecretError::Empty => NO_SECRET.to_owned(),
        SecretError::TooLong => "this secret is too long".to_owned(),
        SecretError::Base32(error) => base32(error),
    }
}

fn base32(error: Base32Error) -> String {
    match error {
        Base32Error::Character { position, hint: Some(hint) } => {
            format!("character {position} is not base32; is it the letter {hint}?")
        }
        Base32Error::Character { position, hint: None } => {
            format!("character {position} is not base32 (A to Z, 2 to 7)")
        }
        Base32Error::Padding { position } => format!("the = at character {position} is not at the end"),
        Base32Error::Length { length } => {
            format!("{length} characters can't be a whole secret; is one missing?")
        }
        Base32Error::DanglingBits { position } => {
            format!("character {position}, the last, does not fit; is one missing or wrong?")
        }
    }
}

/// What is wrong with a URI.
pub fn uri(error: &UriError) -> String {
    match error {
        UriError::Secret(error) => format!("the URI's secret: {}", secret(*error)),
        UriError::Parameter(error) => format!("the URI's {}", parameter(*error)),
        other => format!("this URI can't be used: {other}"),
    }
}

/// A parameter out of range.
pub fn parameter(error: ParameterError) -> String {
    match error {
        ParameterError::Digits => "digits are 6 to 10",
        ParameterError::Period => "period is 1 to 300 seconds",
        ParameterError::Algorithm => "algorithm is SHA1, SHA256 or SHA512",
    }
    .to_owned()
}

/// What is wrong with a recipient, counted from 1.
pub fn recipient(position: usize, error: &RecipientError) -> String {
    let what = match error {
        RecipientError::IsIdentity => "is a secret key: never paste that; its public age1... is wanted",
        RecipientError::Unsupported => "is of a kind that is not done here",
        RecipientError::UnsupportedSsh => "is an ssh key of a kind that age does not do",
        _ => "is neither age1... nor an ssh public key",
    };
    format!("recipient {position} {what}")
}

/// What is wrong with a typed code.
pub fn code(error: CodeError) -> String {
    match error {
        CodeError::Empty => "type a code".to_owned(),
        CodeError::Character { position } => format!("character {position} is not of a code"),
        CodeError::Length { length, expected } => {
            format!("{length} characters typed; this device's codes have {expected}")
        }
        #[allow(unreachable_patterns)]
        other => other.to_string(),
    }
}

/// Another device has the secret.
pub fn secret_taken(label: &str) -> String {
    format!("{label} has this secret already: a secret belongs to one device")
}

/// A code on the local clipboard.
pub fn copied(code: &str, seconds: u64) -> String {
    format!("copied {code}, cleared in {seconds} s")
}

/// A code sent to the terminal.
pub fn sent(code: &str, seconds: u64) -> String {
    format!("sent {code} to your terminal's clipboard, cleared in {seconds} s")
}

/// A code that went nowhere.
pub fn not_copied(why: &str) -> String {
    format!("not copied: {why}")
}

/// A code that is over soon.
pub fn soon_over(seconds: u64) -> String {
    format!("only {seconds} s left, n copies the next")
}

/// A code that is still to come.
pub fn valid_in(seconds: u64) -> String {
    format!("valid in {seconds} s")
}

/// A device was added.
pub fn added(label: &str) -> String {
    format!("added {label}, saved")
}

/// A device was deleted.
pub fn deleted(label: &str) -> String {
    format!("deleted {label}, saved; u brings it back")
}

/// A device was brought back.
pub fn brought_back(label: &str) -> String {
    format!("brought back {label}, saved")
}

/// A device was changed.
pub fn changed(label: &str) -> String {
    format!("changed {label}, saved; u undoes it")
}

/// Before a device is deleted.
pub fn delete(label: &str) -> String {
    format!("Delete {label}?")
}

/// Before a file is replaced.
pub fn overwrite(path: &str) -> String {
    format!("{path} is there already. Replace it?")
}

/// What is not saved, and why.
pub fn not_saved(changes: usize, why: &str) -> String {
    let changes = counted(changes, "change");
    format!("not saved, {changes}: {why}; R tries again")
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

/// There was no backup.
pub const NO_BACKUP: &str = "no backup yet: x makes one";

/// A size in bytes.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// The proof of an export, two lines.
pub fn exported(devices: usize, path: &str, bytes: u64) -> [String; 2] {
    let written = counted(devices, "device");
    let found = match devices {
        0 => "nothing was there to be lost".to_owned(),
        1 => "the device is in it".to_owned(),
        devices => format!("all {devices} devices are in it"),
    };
    [
        format!("wrote {written} to {path} ({}, {ONLY_YOU})", size(bytes)),
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

fn no_match(_: &Answer) -> String {
    "Nothing fits within 10 minutes: another secret, or a clock far off.".to_owned()
}

fn drift(answer: &Answer) -> String {
    match (answer.drift_seconds, answer.drift_steps) {
        (Some(seconds), _) if seconds < 0 => {
            format!("that clock runs {} s behind ours", seconds.unsigned_abs())
        }
        (Some(seconds), _) => format!("that clock runs {seconds} s ahead of ours"),
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

/// What will be made, line by line; whether the line is the vault's path.
pub fn first_told(path: &str) -> Vec<(String, bool)> {
    let text = |words: &str| (words.to_owned(), false);
    vec![
        text("Your one-time codes will come from a vault: one file, encrypted"),
        text("with a passphrase that only you know. It will be made here:"),
        text(""),
        (format!("  {path}"), true),
        text(""),
        text("Nobody can bring back a forgotten passphrase: write it down, and"),
        text("keep it safe. Earlier states of the vault are kept beside it."),
        text(""),
        text("enter goes on, q leaves without making anything."),
    ]
}

/// A strength, drawn and in words.
pub fn strength_meter(strength: Strength, score: u8) -> String {
    let full = usize::from(score) + 1;
    format!(
        "[{}{}] {}, {}",
        "#".repeat(full),
        ".".repeat(5 - full.min(5)),
        self::strength(strength),
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
    format!("in {seconds} s")
}

/// Seconds until a code that was not copied yet.
pub fn fresh_in(seconds: u64) -> String {
    format!("fresh in {seconds} s")
}

/// Seconds that a code is valid.
pub fn left(seconds: u64) -> String {
    format!("{seconds} s left")
}

/// When typed codes last proved a device.
pub fn checked(date: &str) -> String {
    format!("checked {date}")
}

/// There was no backup, and none can be made here.
pub const NO_BACKUP_YET: &str = "no backup yet";
