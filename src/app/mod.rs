//! The full-screen interface without a screen: messages in, effects out, no I/O and no clock.

mod effect;
mod key;
mod message;
mod model;
mod options;

pub use effect::{Effect, ExportLock, ExportRequest};
pub use key::{Key, KeyPress};
pub use message::{CopyOutcome, ExportReport, Message, Moment, Mouse, NotChanged, Outcome};
pub use model::Model;
pub use options::{Appearance, Options, Start};
