//! QR codes in shades of grey. Runs in the child process alone.

use super::grey::Grey;
use super::{MAX_CODES, MAX_TEXT};
use rxing::common::HybridBinarizer;
use rxing::multi::MultipleBarcodeReader;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8LuminanceSource, RXingResult};
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use zeroize::Zeroizing;

/// A picture of more pixels is never looked at as it is: no camera's single pixels say anything.
const LARGE: usize = 16_000_000;
/// A picture of more pixels is looked at in half its size first: a photo's own grain hides the code.
const GRAINY: usize = 9_000_000;
/// A picture of fewer pixels is looked at in double size, too: its modules may be smaller than two pixels.
const SMALL: usize = 2_000_000;

/// The texts of all codes, each once, in the order in which they were found.
pub(super) fn texts(layers: &[Grey]) -> Vec<Zeroizing<String>> {
    let mut found = Vec::new();
    for layer in layers {
        let smaller = (layer.pixels().len() > LARGE).then(|| layer.halved()).flatten();
        search(&smaller.as_ref().unwrap_or(layer).stretched(), &mut found);
    }
    found
}

/// Looks at a picture in more than one way, each with its shades turned round too. The first two ways find
/// nearly every code; the others are for when they found none.
fn search(picture: &Grey, found: &mut Vec<Zeroizing<String>>) {
    let pixels = picture.pixels().len();
    let half = picture.halved();
    if pixels <= GRAINY {
        look(picture, found);
    }
    if let Some(half) = &half {
        look(half, found);
    }
    let more: [&dyn Fn() -> Option<Grey>; 6] = [
        &|| (pixels <= SMALL).then(|| picture.doubled()),
        &|| half.as_ref()?.halved(),
        &|| Some(picture.blurred()),
        &|| half.as_ref()?.halved()?.halved(),
        &|| (pixels > GRAINY).then(|| picture.clone()),
        &|| (pixels <= SMALL / 8).then(|| picture.doubled().doubled()),
    ];
    for way in more {
        if !found.is_empty() {
            return;
        }
        if let Some(picture) = way() {
            look(&picture, found);
        }
    }
}

fn look(picture: &Grey, found: &mut Vec<Zeroizing<String>>) {
    for picture in [picture.clone(), picture.inverted()] {
        // The library is not free of panics; what one look costs shall not cost the others.
        let seen = catch_unwind(AssertUnwindSafe(|| read(picture))).unwrap_or_default();
        for text in seen {
            if found.len() < MAX_CODES && text.len() <= MAX_TEXT && !found.contains(&text) {
                found.push(text);
            }
        }
    }
}

fn read(picture: Grey) -> Vec<Zeroizing<String>> {
    let [width, height] = [picture.width(), picture.height()].map(u32::try_from);
    let (Ok(width), Ok(height)) = (width, height) else { return Vec::new() };
    let Ok(source) = Luma8LuminanceSource::new(picture.into_pixels(), width, height) else {
        return Vec::new();
    };
    let hints = DecodeHints {
        PossibleFormats: Some(HashSet::from([BarcodeFormat::QR_CODE])),
        TryHarder: Some(true),
        ..DecodeHints::default()
    };
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let codes = QrReader.decode_multiple_with_hints(&mut bitmap, &hints).unwrap_or_default();
    codes.iter().map(RXingResult::getText).map(|text| Zeroizing::new(text.to_owned())).collect()
}
