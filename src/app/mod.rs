//! The full-screen interface without a screen: messages in, effects out, no I/O and no clock.

mod add;
mod aws;
mod check;
mod dropped;
mod edit;
mod effect;
mod export;
mod field;
mod first_run;
mod form;
mod help;
mod history;
mod import;
mod key;
pub mod keymap;
pub mod layout;
mod list;
mod message;
mod model;
mod notice;
mod on_aws;
mod on_aws_answer;
mod on_change;
mod on_clock;
mod on_dialog;
mod on_edit;
mod on_help;
mod on_hide;
mod on_import;
mod on_key;
mod on_leave;
mod on_list;
mod on_mouse;
mod on_outcome;
mod on_pages;
mod on_palette;
mod on_path;
mod on_picture;
mod on_prove;
mod on_relock;
mod on_submit;
mod on_undo;
mod open;
mod options;
mod pages;
mod palette;
mod passphrase_field;
mod passphrase_form;
mod pasted;
mod path_field;
mod place;
mod prove;
mod question;
mod recognised;
mod theme;
mod unlock;

pub use add::{AddField, AddForm};
pub use aws::{
    AwsAnswer, AwsAsk, AwsCall, AwsDialog, AwsField, AwsForm, AwsOver, AwsProfile, AwsProfiles, AwsPurpose,
    AwsSession, AwsStep, AwsWho, OnDevice, RootField, RootForm,
};
pub use check::{CheckField, CheckForm, Paired, Told, When};
pub use edit::{EditField, EditForm};
pub use effect::{Effect, ExportLock, ExportRequest};
pub use export::{ExportField, ExportForm, ExportState};
pub use field::{Full, TextField};
pub use first_run::{FirstField, FirstRun, FirstStep};
pub use form::Form;
pub use help::{HelpPage, HelpRow};
pub use history::{History, Why};
pub use import::{
    Foreseen, ImportField, ImportForm, ImportRequest, ImportRow, ImportStep, ImportTable, Imported,
    NotImported, PasswordOf,
};
pub use key::{Key, KeyPress, NoSuchKey};
pub use list::{Find, Group, List, Row, Widths};
pub use message::{
    Codes, CopyOutcome, ExportReport, Message, Moment, Mouse, NotChanged, NotExported, NotProved,
    NotReloaded, Outcome, Proof, Relock,
};
pub use model::{Model, Screen};
pub use notice::{Notice, Tone};
pub use open::{Dialog, Open, Taken, Unsaved};
pub use options::{Appearance, Options, Start};
pub use pages::{LeftOut, Page, PagesShown};
pub use palette::{Found, Palette};
pub use passphrase_field::PassphraseField;
pub use passphrase_form::NewPassphrase;
pub use pasted::Pasted;
pub use path_field::{Entry, Folder, PathField};
pub use prove::{Asked, Guarded, ProveForm, QrShown, SecretShown};
pub use question::{Leave, Question, Then};
pub use recognised::Recognised;
pub use theme::{Colour, Look, Looks, NoSuchLook, Role};
pub use unlock::UnlockForm;
