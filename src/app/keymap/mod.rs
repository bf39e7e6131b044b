//! Every key in one table: where it works, what it means, and one sentence. The screens' last line, the
//! help and the documentation print this table.
//!
//! [`Keymap`] is the table as it is in force: config.toml may give other keys to what has a name.

mod bound;
mod names;
mod table;

pub use bound::{BadKeys, Keymap};
pub use table::BINDINGS;

use super::KeyPress;
use std::borrow::Cow;

/// Where a key works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// In every place.
    Everywhere,
    /// On the list of devices.
    List,
    /// On the list where it has headings, before its own keys.
    Group,
    /// On a heading of the list, before these.
    Heading,
    /// While a text to find is typed.
    Find,
    /// In forms: adding, editing, exporting, the first run's passphrase.
    Form,
    /// Unlocking.
    Unlock,
    /// Checking enrolment codes, besides the keys of a form.
    Check,
    /// Adding, besides the keys of a form.
    Add,
    /// Editing, besides the keys of a form.
    Edit,
    /// The passphrase again, before something guarded is shown.
    Prove,
    /// Exporting, besides the keys of a form.
    Export,
    /// Where one thing is asked for: a file to import, or its password.
    Asked,
    /// While a file is read.
    Reading,
    /// In the table of what an import would do.
    Import,
    /// Typing a path, besides the keys of a form.
    Path,
    /// Where a question stands.
    Question,
    /// Where something is only told: help, the proof of an export, what a vault will be.
    Told,
    /// The QR codes of a group, besides the keys of what is told.
    Pages,
    /// Where the first run says what it will make.
    Start,
    /// After a vault was made.
    Made,
    /// What a device has to do with AWS.
    Aws,
    /// While AWS is asked.
    Asking,
    /// In the list of all commands.
    Palette,
}

/// What a key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// Copies the code.
    Copy,
    /// Copies the code after it.
    CopyNext,
    /// Shows or hides codes.
    HideCodes,
    /// Starts finding.
    Find,
    /// Keeps what was found, and goes back to the list.
    KeepFound,
    /// Opens the form for a new device.
    Add,
    /// Opens the form for what people call a device.
    Edit,
    /// Deletes a device, after a question.
    Delete,
    /// Takes the last change back.
    Undo,
    /// Makes the change again that was taken back last.
    Redo,
    /// Takes a counter back by one, after a question.
    StepBack,
    /// Shows a device's secret, after the passphrase.
    ShowSecret,
    /// Shows a device's QR code, after the passphrase.
    ShowQr,
    /// Opens algorithm, digits and period for changing, after a question.
    OpenMethod,
    /// A hardware token instead of a secret, or a secret again.
    Token,
    /// Begins a new line in a note.
    NewLine,
    /// Opens the check of enrolment codes.
    Check,
    /// A new pair of codes to check with.
    NewPair,
    /// Codes by our clock again, not by the device's own.
    OurClock,
    /// Opens the form for a backup.
    Export,
    /// Opens the import.
    Import,
    /// Opens what a device has to do with AWS.
    Aws,
    /// Has AWS make a device.
    Enrol,
    /// Goes on with an enrolment that stopped.
    GoOn,
    /// Has AWS find out a device's clock anew.
    Resync,
    /// Leads through the root user's device.
    Root,
    /// The console took the codes.
    Enrolled,
    /// Chooses a device for import, or no longer.
    Choose,
    /// Chooses all devices for import, or none.
    ChooseAll,
    /// Reads one more file.
    AnotherFile,
    /// Adds what a picture on the clipboard shows.
    PastePicture,
    /// Between a passphrase and recipients.
    OtherLock,
    /// The next order of the list.
    Sort,
    /// The next headings of the list.
    Group,
    /// Hides the devices under a heading, or shows them again.
    Fold,
    /// Goes to the heading; there it hides its devices.
    CloseGroup,
    /// Shows the devices under a heading.
    OpenGroup,
    /// Lists a device first, or no longer.
    Favourite,
    /// Opens the details where there is no room beside the list.
    OpenDetail,
    /// Closes them.
    CloseDetail,
    /// Tries again to save.
    Retry,
    /// Locks the vault.
    Lock,
    /// Draws everything anew.
    Redraw,
    /// Stops the program as a shell expects.
    Suspend,
    /// Opens the help, or closes it.
    Help,
    /// Opens the list of all commands.
    Palette,
    /// Ends the program.
    Quit,
    /// To the next field.
    NextField,
    /// To the field before.
    PreviousField,
    /// Goes on, or does what the form is for.
    Submit,
    /// Takes the path that is shown after the cursor.
    Complete,
    /// Empties a field; the field itself does it.
    EmptyField,
    /// Closes what is open.
    Cancel,
    /// Yes.
    Yes,
    /// No.
    No,
}

impl Action {
    /// Whether it only moves.
    pub fn moves(self) -> bool {
        matches!(self, Self::Up | Self::Down | Self::PageUp | Self::PageDown | Self::First | Self::Last)
    }
}

/// What must be so for a key to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// That the vault may be written.
    Writing,
    /// A vault that can be opened again.
    File,
    /// Changes that are not saved.
    Unsaved,
    /// No room for the details beside the list.
    Narrow,
    /// Hidden codes.
    Hidden,
    /// Codes of digits, so that letters can be commands.
    DigitsOnly,
    /// A device whose codes go by a clock of its own, and that the vault may be written.
    OwnClock,
    /// A path that could be gone on with.
    Completion,
    /// That AWS can be asked.
    Aws,
    /// A device whose enrolment stopped, and that the vault may be written.
    Stopped,
    /// A device that waits in AWS's console for its codes, and that the vault may be written.
    Console,
}

/// A row of the table.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Where it works.
    pub context: Context,
    /// The keys, the one to be named first.
    pub keys: Cow<'static, [KeyPress]>,
    /// What they mean.
    pub action: Action,
    /// One word or two for the last line of the screen; empty: not there.
    pub short: &'static str,
    /// One sentence; empty: told with the row before.
    pub help: &'static str,
    /// What must be so.
    pub needs: Needs,
}

/// What is so now, for [`Needs`].
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // independent facts, each named where it is set
pub struct Facts {
    /// Nothing may be written.
    pub read_only: bool,
    /// A throw-away vault.
    pub demo: bool,
    /// There are unsaved changes.
    pub unsaved: bool,
    /// There is no room for the details beside the list.
    pub narrow: bool,
    /// Codes are hidden.
    pub hidden: bool,
    /// The checked device's codes are not of digits.
    pub letters: bool,
    /// The checked device's codes go by a clock of its own.
    pub own_clock: bool,
    /// There is more of a path after the cursor.
    pub completion: bool,
    /// AWS can be asked.
    pub aws: bool,
    /// The enrolment of the device that AWS is asked about stopped.
    pub stopped: bool,
    /// The checked device waits in AWS's console for its codes.
    pub by_console: bool,
}

impl Binding {
    /// Whether it works now.
    pub fn works(&self, facts: Facts) -> bool {
        match self.needs {
            Needs::Nothing => true,
            Needs::Writing => !facts.read_only,
            Needs::File => !facts.demo,
            Needs::Unsaved => facts.unsaved,
            Needs::Narrow => facts.narrow,
            Needs::Hidden => facts.hidden,
            Needs::DigitsOnly => !facts.letters,
            Needs::Completion => facts.completion,
            Needs::Aws => facts.aws,
            Needs::Stopped => facts.stopped && !facts.read_only,
            Needs::Console => facts.by_console && !facts.read_only,
            Needs::OwnClock => facts.own_clock && !facts.read_only,
        }
    }
}
