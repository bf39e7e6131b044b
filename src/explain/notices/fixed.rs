//! Sentences that are always the same.

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
/// The window has not the focus, and nothing may be seen meanwhile.
pub const BLANK: &str = "hidden while you are elsewhere";
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
pub const EXPORTING: &str = "encrypting, writing and reading back: about two seconds, on purpose";
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
/// A hardware token's codes are not here.
pub const ON_TOKEN: &str = "its code is on the token";
/// A token has no number.
pub const NO_TOKEN_SERIAL: &str = "type the serial number that is printed on the token";
/// What adding a token means.
pub const TOKEN_TOLD: &str = "A hardware token keeps its secret: here it is kept by its serial number.";
/// In the place of a token's code in the list.
pub const TOKEN: &str = "token";
/// How a token makes codes, as far as that is known.
pub(super) const HARDWARE: &str = "hardware token";
/// Not a kind.
pub const KINDS: &str = "type totp, hotp or steam";
/// A Google migration URI.
pub const BATCH: &str = "a URI with several devices: enter shows them";
/// A path to a picture.
pub const PICTURE: &str = "a path: enter reads the QR code in that picture";
/// A picture is on its way.
pub const READING_CLIPBOARD: &str = "reading the picture on the clipboard";
/// While a picture is read.
pub const READING_PICTURE: &str = "reading the picture";
/// A picture's codes are no use.
pub const OTHER_CODE: &str = "its QR code holds something else than a device";

/// A URI with a secret in it, pasted where it would be seen.
pub const URI_NOT_HERE: &str =
    "an otpauth:// URI holds a secret: paste it on the list, or where a device is added";

/// Nothing may be written.
pub const READ_ONLY: &str = "opened read-only: nothing is added or changed";
/// Nothing may be written, so no counter can go up.
pub const COUNTER_READ_ONLY: &str = "opened read-only: a counter's next code would have to be saved first";
/// There is nothing selected.
pub const NO_DEVICE: &str = "no device is selected";
/// A heading is selected.
pub const ON_HEADING: &str = "a heading is selected: go to a device for that";
/// What a heading's key does.
pub const HEADING_FOLDS: &str = "enter folds it";
/// What a folded heading's key does.
pub const HEADING_OPENS: &str = "enter shows its devices";
/// The heading over devices without an issuer.
pub const WITHOUT_ISSUER: &str = "without an issuer";
/// The heading over devices without a tag.
pub const WITHOUT_TAG: &str = "without a tag";
/// Counter devices have no pair.
pub const NO_PAIR: &str = "a counter device shows no pair: each code shown is used up";
/// Nothing to take back.
pub const NOTHING_TO_UNDO: &str = "nothing to undo";
/// Nothing to make again.
pub const NOTHING_TO_REDO: &str = "nothing to redo";
/// Only HOTP has one.
pub const NO_COUNTER: &str = "this device has no counter to step back";
/// There is nothing before that.
pub const COUNTER_AT_START: &str = "its counter is 0: there is nothing to step back to";
/// What stepping back means.
pub const STEP_BACK_HINT: &str = "Only if its last code was not used.";

/// Over the keys that work in a place.
pub const HELP_TITLE: &str = "Keys";
/// Over all commands.
pub const PALETTE_TITLE: &str = "Commands";
/// What keys are about.
pub const TOPIC_LIST: &str = "The list";
/// What keys are about.
pub const TOPIC_CODES: &str = "Codes";
/// What keys are about.
pub const TOPIC_DEVICES: &str = "Devices";
/// What keys are about.
pub const TOPIC_VAULT: &str = "The vault";
/// What keys are about.
pub const TOPIC_PROGRAM: &str = "keyfob";
/// Keys of the place where one is.
pub const TOPIC_HERE: &str = "Here";
/// Keys of every place.
pub const TOPIC_EVERYWHERE: &str = "In every place";
/// No command fits what is typed in the palette.
pub const NO_COMMAND: &str = "No command fits.";

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
pub const UNSAVED_HINT: &str = "What is not saved is lost then.";

/// What adding a device is for.
pub const ADD_UNIVERSAL: &str = "base32 secret, otpauth:// or steam:// URI, picture's path";
/// A secret shorter than RFC 4226 asks for.
pub const SHORT_SECRET: &str = "a short secret (under 128 bits): is it complete?";
/// Compare it.
pub const COMPARE: &str = "compare with the service before you save";

/// Over the pair of the enrolment check.
pub const CHECK_PAIR: &str = "Type these two, in this order, where the service asks for them:";
/// Over the fields of the enrolment check.
pub const CHECK_TYPED: &str = "Or check two codes that something else shows for this device:";

/// The machine's clock is kept by nobody, as far as the kernel knows.
pub const UNSYNCHRONISED: &str = "The kernel says this clock is not synchronised: codes may be refused.";
/// The same where there is little room.
pub const UNSYNCHRONISED_SHORT: &str = "our clock is not synchronised";
/// The codes go by our clock already.
pub const BY_OUR_CLOCK: &str = "this device's codes go by our clock";

/// The first run: what will be made (its path stands under that), and what to know.
pub const FIRST_TOLD: [&str; 3] = [
    "One encrypted file for all your devices, which only your passphrase opens:",
    "Nobody can bring back a forgotten passphrase: write it down.",
    "Earlier states of the vault are kept beside it, encrypted too.",
];
/// The passphrase of the first run.
pub const FIRST_PASSPHRASE: &str = "A passphrase for the vault. Four or five random words are good.";
/// The vault is made.
pub const MADE: &str = "The vault is made and open.";
/// What to do next.
pub const MADE_THEN: &str = "What to do next:";
/// What to do next: what the keys for it do.
pub const MADE_NEXT: [&str; 3] = [
    "adds a device: paste its URI or its secret",
    "imports the devices of another app",
    "makes an encrypted backup",
];
/// What else to know.
pub const MADE_KNOW: &str = "And two keys to know:";
/// What else to know: what the keys for it do.
pub const MADE_KEYS: [&str; 2] = ["copies the selected code", "shows all keys"];
/// An empty list that can't be added to.
pub const NO_DEVICES_READ_ONLY: &str = "No devices.";
/// Nothing found.
pub const NOTHING_FOUND: &str = "Nothing fits; esc shows all.";

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
/// How a backup can be locked.
pub const EXPORT_LOCKS: &str = "ctrl-r locks it to age recipients instead of a passphrase, and back.";
/// The proof of an export.
pub const ONLY_YOU: &str = "only you can read it";

/// While it is proved who is there.
pub const PROVING: &str = "trying the passphrase: this takes about a second, on purpose";
/// An identity file's passphrase does not fit.
pub const IDENTITY_STAYS_SHUT: &str = "that passphrase does not open the identity file";
/// Nothing secret is shown.
pub const SECRET_READ_ONLY: &str = "opened read-only: no secret is shown";
/// Before the passphrase is asked for again.
pub const PROVE_TOLD: &str = "Whoever has the secret can make all codes of this device, for ever.";
/// The same of all devices of a group.
pub const PROVE_PAGES_TOLD: &str = "Whoever has these codes can make all codes of these devices, for ever.";
/// The same, in one line under a question.
pub const PAGES_HINT: &str = "Whoever sees them can make all codes of these devices.";
/// Beside a group's QR code.
pub const SCAN_PAGE: &str =
    "Scan each page with the other app. Whoever sees it can make all codes of these devices.";
/// Before the devices on a page.
pub const ON_PAGE: &str = "On it:";
/// Before the devices that are on no page.
pub const LEFT_OUT: &str = "On no page:";
/// Of a page, the device's names make its URI too long.
pub const NAMES_TOO_LONG: &str = "names too long for a QR code";
/// Of a device, in one line under a question.
pub const SECRET_HINT: &str = "Whoever sees it can make all codes of this device.";
/// What the passphrase of a throw-away vault is.
pub const DEMO_PASSPHRASE: &str = "The passphrase of this throw-away vault is: demo";
/// Beside a QR code.
pub const SCAN_IT: &str = "Scan it with the other app. Whoever sees it can make all codes of this device.";
/// A device's names make its URI too long.
pub const NO_QR: &str = "Its names are too long for any QR code.";
/// Under a secret.
pub const SECRET_TOLD: &str = "base32; spaces do not matter";
/// Before algorithm, digits and period can be changed.
pub const OPEN_METHOD: &str = "Change how its codes are made?";
/// What that means.
pub const OPEN_METHOD_HINT: &str = "Other values make other codes: change them only when the issuer says so.";
/// Steam's codes have no parameters.
pub const STEAM_IS_FIXED: &str = "Steam's codes are made in one way only";
/// What a yes does to a field that was changed elsewhere.
pub const CHANGED_ELSEWHERE_HINT: &str = "It was changed elsewhere while this form was open.";
/// Esc in the enrolment check with codes typed.
pub const LEAVE_UNCHECKED: &str = "Leave these codes unchecked?";
/// What that means.
pub const LEAVE_UNCHECKED_HINT: &str = "Enter checks them.";
/// The vault was locked anew elsewhere.
pub const RELOCKED: &str = "how this vault is locked was changed elsewhere";
/// The agent holds it no more, and what is on disk now needs it.
pub const LET_GO: &str = "saved elsewhere, and the agent holds it no more";
/// Another vault stands where changes were kept for one.
pub const OTHER_VAULT: &str = "that is another vault than the one that was open here";
/// What opening a dear vault takes, before it is tried.
pub const DEAR_HINT: &str = "That memory may not be there.";
/// A code that is not to be shown.
pub const THE_CODE: &str = "the code";
/// Before the fields that say how codes are made.
pub const METHOD_LABEL: &str = "codes";
/// The key that opens them.
pub const OPENS_METHOD: &str = "ctrl-o changes them";
/// Which passphrase is asked for.
pub const TYPE_VAULTS: &str = "Type the passphrase of the vault again.";
/// What a counter device does in the edit form.
pub const COUNTER_STAYS: &str = "its counter stays, and its next code is made this way";
