//! Pictures in and out: what is read from them, what a hostile one can do, and whether what is drawn can be read.
//!
//! The pictures are drawn here. Those in `data/` come in clothes that no encoder here makes; Pillow made them.

mod commands;
mod copied;
mod drawing;
mod hostile;
pub mod paint;
mod reading;

use crate::harness::home::KEYFOB;
use keyfob::picture::{PictureError, Reader};

/// The texts in a picture's file, as the program's own child process reads them, sorted.
pub(crate) fn read(file: &[u8]) -> Result<Vec<String>, PictureError> {
    let texts = Reader::of(KEYFOB).read(file)?;
    let mut texts: Vec<String> = texts.iter().map(|text| text.as_str().to_owned()).collect();
    texts.sort();
    Ok(texts)
}

/// The texts that another decoder, of another origin, reads in a picture.
fn read_elsewhere(picture: &paint::Paint) -> Vec<String> {
    let (width, height) = (picture.width, picture.height());
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| picture.pixels[y * width + x]);
    prepared.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
}
