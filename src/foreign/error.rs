//! Why a file was not read.

use crate::exchange::ReadError;
use crate::explain::{Explain, Explanation, Reason as _, Trouble};
use crate::picture::PictureError;
use std::path::PathBuf;

/// Why a file was not read. The paths are those that were asked for.
#[derive(Debug)]
pub enum NotRead {
    /// It can't be read as a file of any app.
    Format(PathBuf, ReadError),
    /// It is a picture, and no good one.
    Picture(PathBuf, PictureError),
    /// The system says no.
    Trouble(Trouble),
}

impl Explain for NotRead {
    fn explain(&self) -> Explanation {
        match self {
            Self::Format(path, error) => error.about(path.display()),
            Self::Picture(path, error) => error.about(path.display()),
            Self::Trouble(trouble) => trouble.explain(),
        }
    }
}

impl From<Trouble> for NotRead {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}
