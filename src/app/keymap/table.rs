//! The table itself, as it is before config.toml has its say.

use super::{Action as A, Binding, Context as C, Needs};
use crate::app::{Key, KeyPress};
use std::borrow::Cow;

const fn key(key: Key) -> KeyPress {
    KeyPress::plain(key)
}

const fn letter(letter: char) -> KeyPress {
    KeyPress::plain(Key::Char(letter))
}

const fn row(
    context: C,
    keys: &'static [KeyPress],
    action: A,
    short: &'static str,
    help: &'static str,
) -> Binding {
    Binding { context, keys: Cow::Borrowed(keys), action, short, help, needs: Needs::Nothing }
}

const fn only(needs: Needs, mut row: Binding) -> Binding {
    row.needs = needs;
    row
}

/// The table, as it is when nothing is configured.
pub const BINDINGS: &[Binding] = &[
    row(C::List, &[key(Key::Up), letter('k')], A::Up, "", "Moves up and down."),
    row(C::List, &[key(Key::Down), letter('j')], A::Down, "", ""),
    row(C::List, &[key(Key::PageUp)], A::PageUp, "", "Moves by pages, and to either end."),
    row(C::List, &[key(Key::PageDown)], A::PageDown, "", ""),
    row(C::List, &[key(Key::Home), letter('g')], A::First, "", ""),
    row(C::List, &[key(Key::End), letter('G')], A::Last, "", ""),
    row(
        C::List,
        &[key(Key::Enter), letter('c')],
        A::Copy,
        "copy",
        "Copies the code; a counter device's next one.",
    ),
    row(C::List, &[letter('n')], A::CopyNext, "next", "Copies the next code."),
    row(C::List, &[letter('/')], A::Find, "find", "Finds as you type; esc shows all again."),
    only(
        Needs::Writing,
        row(C::List, &[letter('a')], A::Add, "add", "Adds a device; pasting its URI here does too."),
    ),
    only(Needs::Writing, row(C::List, &[letter('e')], A::Edit, "edit", "Edits what a device is called.")),
    only(Needs::Writing, row(C::List, &[letter('d')], A::Delete, "", "Deletes a device, after a question.")),
    only(Needs::Writing, row(C::List, &[letter('u')], A::Undo, "", "Undoes the last change.")),
    only(Needs::Writing, row(C::List, &[KeyPress::ctrl('r')], A::Redo, "", "Redoes what was undone.")),
    only(
        Needs::Writing,
        row(C::List, &[letter('-')], A::StepBack, "", "Takes a counter back by one, after a question."),
    ),
    row(C::List, &[letter('v')], A::Check, "check", "Checks enrolment codes, and shows two in a row."),
    only(
        Needs::Writing,
        row(C::List, &[letter('x')], A::Export, "export", "Exports an encrypted backup, and reads it back."),
    ),
    only(
        Needs::Writing,
        row(C::List, &[letter('i')], A::Import, "", "Imports the devices of other apps' files."),
    ),
    only(
        Needs::Writing,
        row(C::List, &[letter('p')], A::PastePicture, "", "Adds what a picture on the clipboard shows."),
    ),
    only(
        Needs::Aws,
        row(C::List, &[letter('A')], A::Aws, "", "AWS: its profiles and sessions, enrolling, resyncing."),
    ),
    row(C::List, &[letter(' ')], A::HideCodes, "", "Shows or hides the codes."),
    row(C::List, &[letter('s')], A::Sort, "", "Sorts by issuer, account, last use or age."),
    row(C::List, &[letter('t')], A::Group, "", "Headings: by issuer, by tag, or none."),
    row(C::Heading, &[key(Key::Enter)], A::Fold, "fold", "On a heading, folds its devices or shows them."),
    row(C::Heading, &[key(Key::Right)], A::OpenGroup, "", ""),
    row(C::Group, &[key(Key::Left)], A::CloseGroup, "", "Goes to the heading, and there folds it."),
    only(
        Needs::Writing,
        row(C::List, &[letter('*')], A::Favourite, "", "Lists a device first, or no longer."),
    ),
    only(
        Needs::Writing,
        row(C::List, &[letter('V')], A::ShowSecret, "", "Shows a device's secret, after the passphrase."),
    ),
    only(
        Needs::Writing,
        row(
            C::List,
            &[letter('r')],
            A::ShowQr,
            "",
            "Shows its QR code, or a heading's, after the passphrase.",
        ),
    ),
    only(
        Needs::Narrow,
        row(
            C::List,
            &[key(Key::Right)],
            A::OpenDetail,
            "",
            "Opens the details of a device, turns their pages.",
        ),
    ),
    only(Needs::Narrow, row(C::List, &[key(Key::Left)], A::CloseDetail, "", "Closes the details.")),
    only(Needs::Unsaved, row(C::List, &[letter('R')], A::Retry, "retry", "Tries again to save.")),
    only(Needs::File, row(C::List, &[letter('L')], A::Lock, "", "Locks the vault.")),
    row(C::List, &[letter('?')], A::Help, "help", "Shows these keys."),
    row(C::List, &[letter(':')], A::Palette, "", "Lists all commands, to be found as you type."),
    row(C::List, &[letter('q')], A::Quit, "quit", "Quits."),
    row(C::List, &[key(Key::Esc)], A::Cancel, "", ""),
    row(C::Find, &[key(Key::Up)], A::Up, "", "Moves up and down while you type."),
    row(C::Find, &[key(Key::Down)], A::Down, "", ""),
    row(C::Find, &[key(Key::PageUp)], A::PageUp, "", ""),
    row(C::Find, &[key(Key::PageDown)], A::PageDown, "", ""),
    row(C::Find, &[key(Key::Enter)], A::KeepFound, "keep", "Goes back to the list, narrowed."),
    row(C::Find, &[key(Key::Esc)], A::Cancel, "show all", "Shows all again."),
    row(C::Form, &[key(Key::Tab), key(Key::Down)], A::NextField, "next field", "Goes to the next field."),
    row(C::Form, &[key(Key::BackTab), key(Key::Up)], A::PreviousField, "", "Goes to the field before."),
    row(C::Form, &[key(Key::Enter)], A::Submit, "go on", "Goes on, or does it when all is there."),
    row(C::Form, &[key(Key::Esc)], A::Cancel, "cancel", "Cancels; asks first when something was typed."),
    row(C::Form, &[KeyPress::ctrl('u')], A::EmptyField, "empty", "Empties the field."),
    row(C::Unlock, &[key(Key::Enter)], A::Submit, "unlock", "Unlocks the vault."),
    row(C::Unlock, &[KeyPress::ctrl('u')], A::EmptyField, "empty", "Empties the field."),
    row(C::Unlock, &[key(Key::Esc)], A::Cancel, "quit", "Empties the field, and quits when it is empty."),
    row(
        C::Add,
        &[KeyPress::ctrl('t')],
        A::Token,
        "token",
        "Adds a hardware token by its serial number, or a secret again.",
    ),
    row(
        C::Edit,
        &[KeyPress { key: Key::Enter, ctrl: false, alt: true }],
        A::NewLine,
        "new line",
        "Begins a new line in the note.",
    ),
    row(
        C::Edit,
        &[KeyPress::ctrl('o')],
        A::OpenMethod,
        "codes",
        "Changes algorithm, digits and period, after a question.",
    ),
    row(C::Prove, &[key(Key::Enter)], A::Submit, "show", "Shows it, if the passphrase is right."),
    row(C::Prove, &[KeyPress::ctrl('u')], A::EmptyField, "empty", "Empties the field."),
    row(C::Prove, &[key(Key::Esc)], A::Cancel, "cancel", "Cancels."),
    only(Needs::Hidden, row(C::Check, &[letter(' ')], A::HideCodes, "show", "Shows the codes.")),
    only(Needs::DigitsOnly, row(C::Check, &[letter('c')], A::Copy, "copy 1", "Copies the first code.")),
    only(Needs::DigitsOnly, row(C::Check, &[letter('n')], A::CopyNext, "copy 2", "Copies the second code.")),
    only(Needs::DigitsOnly, row(C::Check, &[letter('r')], A::NewPair, "new pair", "Shows the pair of now.")),
    only(
        Needs::OwnClock,
        row(
            C::Check,
            &[KeyPress::ctrl('o')],
            A::OurClock,
            "our clock",
            "Shows codes by our clock again, not by the device's own.",
        ),
    ),
    row(
        C::Export,
        &[KeyPress::ctrl('r')],
        A::OtherLock,
        "other lock",
        "Locks the backup to age recipients, or with a passphrase.",
    ),
    only(
        Needs::Console,
        row(C::Check, &[letter('e')], A::Enrolled, "enrolled", "Says that AWS's console took the codes."),
    ),
    only(
        Needs::Stopped,
        row(C::Aws, &[key(Key::Enter)], A::GoOn, "go on", "Goes on with an enrolment that stopped."),
    ),
    only(Needs::Writing, row(C::Aws, &[letter('e')], A::Enrol, "enrol", "Enrols a new device for a user.")),
    only(
        Needs::Writing,
        row(C::Aws, &[letter('r')], A::Resync, "resync", "Has AWS find out the device's clock anew."),
    ),
    only(
        Needs::Writing,
        row(C::Aws, &[letter('o')], A::Root, "root user", "Leads through a device for the root user."),
    ),
    row(C::Aws, &[key(Key::Up), letter('k')], A::Up, "", "Moves up and down."),
    row(C::Aws, &[key(Key::Down), letter('j')], A::Down, "", ""),
    row(C::Aws, &[key(Key::PageUp)], A::PageUp, "", "Moves by pages, and to either end."),
    row(C::Aws, &[key(Key::PageDown)], A::PageDown, "", ""),
    row(C::Aws, &[key(Key::Home), letter('g')], A::First, "", ""),
    row(C::Aws, &[key(Key::End), letter('G')], A::Last, "", ""),
    row(C::Aws, &[key(Key::Esc), letter('q')], A::Cancel, "close", "Closes it."),
    row(C::Aws, &[letter('?')], A::Help, "", "Shows the keys that work here."),
    row(C::Asking, &[key(Key::Esc)], A::Cancel, "leave", "Does not wait for AWS; what it makes is kept."),
    row(C::Asked, &[key(Key::Enter)], A::Submit, "go on", "Reads the file."),
    row(C::Asked, &[KeyPress::ctrl('u')], A::EmptyField, "empty", "Empties the field."),
    row(C::Asked, &[key(Key::Esc)], A::Cancel, "cancel", "Goes back, or cancels."),
    row(C::Reading, &[key(Key::Esc)], A::Cancel, "cancel", "Goes back, and does not wait for the file."),
    row(C::Import, &[key(Key::Enter)], A::Submit, "add", "Adds all that are chosen, in one save."),
    row(C::Import, &[letter(' ')], A::Choose, "choose", "Chooses a new device, or no longer."),
    row(C::Import, &[letter('*')], A::ChooseAll, "all", "Chooses all shown that is new, or nothing of it."),
    row(C::Import, &[letter('/')], A::Find, "find", "Finds as you type; esc shows all again."),
    row(C::Import, &[letter('a')], A::AnotherFile, "another file", "Reads one more file."),
    row(C::Import, &[key(Key::Up), letter('k')], A::Up, "", "Moves up and down."),
    row(C::Import, &[key(Key::Down), letter('j')], A::Down, "", ""),
    row(C::Import, &[key(Key::PageUp)], A::PageUp, "", "Moves by pages, and to either end."),
    row(C::Import, &[key(Key::PageDown)], A::PageDown, "", ""),
    row(C::Import, &[key(Key::Home), letter('g')], A::First, "", ""),
    row(C::Import, &[key(Key::End), letter('G')], A::Last, "", ""),
    row(
        C::Import,
        &[key(Key::Esc), letter('q')],
        A::Cancel,
        "cancel",
        "Shows all again; leaves, and adds nothing.",
    ),
    row(C::Import, &[letter('?')], A::Help, "", "Shows the keys that work here."),
    only(
        Needs::Completion,
        row(
            C::Path,
            &[key(Key::Right), key(Key::End), KeyPress::ctrl('e')],
            A::Complete,
            "take it",
            "Takes the path that is shown after the cursor.",
        ),
    ),
    row(C::Question, &[letter('y'), letter('Y')], A::Yes, "yes", "Yes."),
    row(C::Question, &[key(Key::Esc), letter('n'), letter('N'), letter('q')], A::No, "no", "No."),
    row(
        C::Pages,
        &[key(Key::Right), letter(' ')],
        A::PageDown,
        "next page",
        "Shows the next page, and the one before.",
    ),
    row(C::Pages, &[key(Key::Left)], A::PageUp, "", ""),
    row(C::Told, &[key(Key::Up), letter('k')], A::Up, "", "Moves up and down, where there is more."),
    row(C::Told, &[key(Key::Down), letter('j')], A::Down, "", ""),
    row(C::Told, &[key(Key::PageUp)], A::PageUp, "", ""),
    row(C::Told, &[key(Key::PageDown), letter(' ')], A::PageDown, "", ""),
    row(C::Told, &[key(Key::Esc), key(Key::Enter), letter('q')], A::Cancel, "close", "Closes it."),
    row(C::Told, &[letter('?')], A::Help, "", "Shows the keys that work here."),
    row(C::Start, &[key(Key::Enter)], A::Submit, "go on", "Goes on to the passphrase."),
    row(C::Start, &[key(Key::Esc), letter('q')], A::Cancel, "quit", "Quits; nothing was made."),
    only(Needs::Writing, row(C::Made, &[letter('a')], A::Add, "add a device", "Adds the first device.")),
    only(Needs::Writing, row(C::Made, &[letter('i')], A::Import, "import", "Imports another app's devices.")),
    only(Needs::Writing, row(C::Made, &[letter('x')], A::Export, "backup", "Exports a backup.")),
    row(C::Palette, &[key(Key::Up)], A::Up, "", "Moves up and down."),
    row(C::Palette, &[key(Key::Down)], A::Down, "", ""),
    row(C::Palette, &[key(Key::PageUp)], A::PageUp, "", ""),
    row(C::Palette, &[key(Key::PageDown)], A::PageDown, "", ""),
    row(C::Palette, &[key(Key::Enter)], A::Submit, "do it", "Does it, as its key would."),
    row(C::Palette, &[KeyPress::ctrl('u')], A::EmptyField, "empty", "Empties the field."),
    row(C::Palette, &[key(Key::Esc)], A::Cancel, "close", "Closes it."),
    row(C::Everywhere, &[key(Key::F(1))], A::Help, "", "Shows the keys of any place, and closes them again."),
    row(C::Everywhere, &[KeyPress::ctrl('l')], A::Redraw, "", "Draws the screen anew."),
    row(C::Everywhere, &[KeyPress::ctrl('z')], A::Suspend, "", "Stops the program; fg brings it back."),
    row(C::Everywhere, &[KeyPress::ctrl('c')], A::Quit, "", "Quits from every place."),
];
