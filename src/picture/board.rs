//! The picture on the clipboard. Runs in the child process alone: what an app puts there is decoded while it is fetched.

use super::error::PictureError;
use super::grey::Grey;

/// The variables that lead to a display.
pub(super) const VARIABLES: [&str; 5] =
    ["DISPLAY", "HOME", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR"];

/// The picture on the clipboard, in shades of grey.
#[cfg(feature = "clipboard-pictures")]
pub(super) fn fetch() -> Result<Vec<Grey>, PictureError> {
    use super::{MAX_PIXELS, load};
    use arboard::{Clipboard, Error};
    let mut board = Clipboard::new().map_err(|_| PictureError::NoClipboard)?;
    let picture = board.get_image().map_err(|error| match error {
        Error::ContentNotAvailable => PictureError::NotCopied,
        Error::ConversionFailure => PictureError::Damaged,
        _ => PictureError::NoClipboard,
    })?;
    if picture.width as u64 * picture.height as u64 > MAX_PIXELS {
        return Err(PictureError::TooManyPixels);
    }
    let [width, height] = [picture.width, picture.height].map(u32::try_from);
    let (Ok(width), Ok(height)) = (width, height) else { return Err(PictureError::TooManyPixels) };
    let pixels = image::RgbaImage::from_raw(width, height, picture.bytes.into_owned());
    load::layers(pixels.ok_or(PictureError::Damaged)?.into())
}

/// Built without it.
#[cfg(not(feature = "clipboard-pictures"))]
pub(super) fn fetch() -> Result<Vec<Grey>, PictureError> {
    Err(PictureError::NoClipboard)
}
