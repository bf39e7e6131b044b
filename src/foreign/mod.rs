//! Foreign files, read: a file, a whole folder, a picture, a text that was pasted. What stands in them is for
//! `exchange`; here they are found, opened, and given what they need (a password, a yes) by whoever can ask for it.

mod bytes;
mod error;
mod gpg;
mod helper;
mod picture;
mod read;
mod reader;
mod tree;

pub use bytes::{read_regular, read_within};
pub use error::NotRead;
pub use helper::Helper;
pub use picture::{FORMAT as PICTURE, contents as picture_contents};
pub use read::{Read, of_codes, of_text};
pub use reader::Reader;
