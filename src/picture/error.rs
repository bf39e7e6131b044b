//! Why a picture is no use.

/// Why a picture is no use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// It does not begin as any kind of picture that is known.
    #[error("no picture")]
    NotAPicture,
    /// It is larger than [`super::MAX_BYTES`].
    #[error("too large")]
    TooLarge,
    /// It has more pixels than [`super::MAX_PIXELS`], or wants more memory than it is given.
    #[error("too many pixels")]
    TooManyPixels,
    /// Its decoder does not understand it, or it ends early.
    #[error("damaged")]
    Damaged,
    /// There is no clipboard that could be read from here.
    #[error("no clipboard")]
    NoClipboard,
    /// There is something else than a picture on the clipboard, or nothing.
    #[error("no picture on the clipboard")]
    NotCopied,
    /// There is no QR code in it, or none that can be read.
    #[error("no code")]
    NoCode,
    /// Looking for codes took more time or memory than it is given.
    #[error("gave up")]
    GaveUp,
    /// The child process could not be started or confined.
    #[error("no child process: {0}")]
    NoChild(std::io::ErrorKind),
}
