//! From a file's bytes to pixels. Runs in the child process alone.

use super::error::PictureError;
use super::grey::Grey;
use super::kind::Kind;
use super::{MAX_BYTES, MAX_PIXELS};
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// The longest side, in pixels.
const MAX_SIDE: u32 = 32_768;
/// The most memory for the decoded picture and its decoder, in bytes: a telephone's photo has four a pixel at most.
const MAX_ALLOCATION: u64 = 256 << 20;

impl From<Kind> for ImageFormat {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Png => Self::Png,
            Kind::Jpeg => Self::Jpeg,
            Kind::Webp => Self::WebP,
            Kind::Gif => Self::Gif,
            Kind::Bmp => Self::Bmp,
        }
    }
}

/// The picture in shades of grey: once as it is, or where parts of it are transparent over white and over black.
pub(super) fn load(bytes: &[u8]) -> Result<Vec<Grey>, PictureError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(PictureError::TooLarge);
    }
    let kind = Kind::of(bytes).ok_or(PictureError::NotAPicture)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), kind.into());
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOCATION);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(refusal)?;
    // What the file says of itself, before a byte of its pixels is unpacked.
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_ALLOCATION {
        return Err(PictureError::TooManyPixels);
    }
    layers(DynamicImage::from_decoder(decoder).map_err(refusal)?)
}

/// The same of a picture that is decoded.
pub(super) fn layers(picture: DynamicImage) -> Result<Vec<Grey>, PictureError> {
    let layers = shades(picture);
    if layers.is_empty() { Err(PictureError::Damaged) } else { Ok(layers) }
}

// Owned as `map_err` hands it over.
#[allow(clippy::needless_pass_by_value)]
fn refusal(error: ImageError) -> PictureError {
    match error {
        ImageError::Limits(_) => PictureError::TooManyPixels,
        _ => PictureError::Damaged,
    }
}

fn shades(picture: DynamicImage) -> Vec<Grey> {
    let width = usize::try_from(picture.width()).unwrap_or_default();
    if !picture.color().has_alpha() {
        return Grey::new(width, picture.into_luma8().into_raw()).into_iter().collect();
    }
    let pixels = picture.into_luma_alpha8().into_raw();
    let (pairs, _) = pixels.as_chunks::<2>();
    let over = |ground: u8| Grey::new(width, pairs.iter().map(|pair| blended(*pair, ground)).collect());
    let opaque = pairs.iter().all(|[_, alpha]| *alpha == u8::MAX);
    let grounds: &[u8] = if opaque { &[u8::MAX] } else { &[u8::MAX, 0] };
    grounds.iter().filter_map(|ground| over(*ground)).collect()
}

/// A pixel with its opacity, on this ground.
fn blended([shade, alpha]: [u8; 2], ground: u8) -> u8 {
    let [shade, alpha, ground] = [shade, alpha, ground].map(u32::from);
    u8::try_from((shade * alpha + ground * (255 - alpha)) / 255).unwrap_or(u8::MAX)
}
