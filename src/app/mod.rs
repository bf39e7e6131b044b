//! The full-screen interface without a screen: messages in, effects out, no I/O and no clock.

mod effect;
mod key;
mod message;

pub use effect::{Effect, ExportLock, ExportRequest};
pub use key::{Key, KeyPress};
pub use message::{CopyOutcome, ExportReport, Message, Moment, Outcome};
