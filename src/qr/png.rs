//! A QR code as a PNG.

use super::matrix::{Matrix, QUIET};
use png::{BitDepth, ColorType, Encoder, EncodingError};
use zeroize::Zeroizing;

/// How many pixels a module is wide and high.
const SCALE: usize = 8;

/// The file: black on white, one bit a pixel, with the quiet zone that the standard asks for.
pub fn to_png(code: &Matrix) -> Result<Zeroizing<Vec<u8>>, EncodingError> {
    let side = (code.side() + 2 * QUIET) * SCALE;
    // Modules of eight pixels are whole bytes of eight bits: a light one is all ones.
    let mut bits = Zeroizing::new(Vec::with_capacity(side * side / 8));
    for row in code.rows(QUIET) {
        for _ in 0..SCALE {
            bits.extend(row.iter().map(|dark| if *dark { 0 } else { u8::MAX }));
        }
    }
    let mut file = Zeroizing::new(Vec::with_capacity(bits.len() + 1024));
    let pixels = u32::try_from(side).unwrap_or(u32::MAX);
    let mut encoder = Encoder::new(&mut *file, pixels, pixels);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&bits)?;
    writer.finish()?;
    Ok(file)
}
