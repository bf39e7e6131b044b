//! Pictures, and the texts of the QR codes in them.
//!
//! A picture is hostile input for a lot of code: 58 kB can ask for a gigabyte and ten seconds. So it is decoded in a
//! child process of our own binary that has little memory and time and can do nothing but read and answer.
//! [`Reader`] is the parent's side, [`answer`] the child's. A picture on the clipboard is the child's business altogether.

mod answer;
mod board;
mod confine;
mod error;
mod find;
mod frame;
mod grey;
mod kind;
mod load;
mod pipe;
mod reader;

#[doc(hidden)]
pub use answer::decode;
pub use answer::{ARGUMENT, answer, is_for_child};
pub use error::PictureError;
pub use kind::Kind;
pub use reader::Reader;

/// The largest picture that is read, in bytes.
pub const MAX_BYTES: u64 = 32 << 20;
/// The most pixels of a picture: what a telephone's camera makes, and some more. A fuzzer gets further with few.
pub const MAX_PIXELS: u64 = if cfg!(fuzzing) { 1 << 15 } else { 52_000_000 };
/// The most codes that are taken from one picture.
pub const MAX_CODES: usize = 64;
/// The longest text of a QR code, in bytes (ISO/IEC 18004 table 7: 7089 digits, 2953 bytes of anything), as UTF-8.
const MAX_TEXT: usize = 8 << 10;
