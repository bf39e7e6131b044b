//! Pictures in shades of grey, drawn for a test.
// Places in small pictures, turned: no cast loses anything.
#![allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]

use image::{DynamicImage, GrayImage, ImageFormat};
use keyfob::qr::{Matrix, Redundancy};
use std::io::Cursor;

/// A picture in shades of grey.
#[derive(Clone)]
pub struct Paint {
    pub width: usize,
    pub pixels: Vec<u8>,
}

impl Paint {
    /// A sheet of one shade.
    pub fn sheet(width: usize, height: usize, shade: u8) -> Self {
        Self { width, pixels: vec![shade; width * height] }
    }

    /// A code in a quiet zone of four modules, each module so many pixels wide.
    pub fn code(text: &str, scale: usize) -> Self {
        let code = Matrix::new(text, Redundancy::Paper).unwrap();
        let rows = code.rows(4).flat_map(|row| {
            let row: Vec<u8> =
                row.iter().flat_map(|dark| std::iter::repeat_n(if *dark { 0 } else { 255 }, scale)).collect();
            std::iter::repeat_n(row, scale)
        });
        Self { width: (code.side() + 8) * scale, pixels: rows.flatten().collect() }
    }

    pub fn height(&self) -> usize {
        self.pixels.len() / self.width
    }

    /// Every pixel changed.
    pub fn map(mut self, mut change: impl FnMut(u8) -> u8) -> Self {
        self.pixels.iter_mut().for_each(|pixel| *pixel = change(*pixel));
        self
    }

    /// With noise of this strength, the same in every run.
    pub fn noisy(self, strength: i32) -> Self {
        let mut random = Random(7);
        self.map(|pixel| {
            let noise = i32::try_from(random.next() % 2001).unwrap() - 1000;
            (i32::from(pixel) + noise * strength / 1000).clamp(0, 255).try_into().unwrap()
        })
    }

    /// Turned by so many degrees on a white sheet.
    pub fn turned(&self, degrees: f64) -> Self {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let before = self.width as f64;
        let after = (before * (sine.abs() + cosine.abs())).ceil();
        let mut turned = Self::sheet(after as usize, after as usize, 255);
        for y in 0..turned.height() {
            for x in 0..turned.width {
                let (dx, dy) = (x as f64 - after / 2.0, y as f64 - after / 2.0);
                let from = (cosine * dx + sine * dy + before / 2.0, cosine * dy - sine * dx + before / 2.0);
                if let Some(pixel) = self.at(from) {
                    turned.pixels[y * turned.width + x] = pixel;
                }
            }
        }
        turned
    }

    fn at(&self, (x, y): (f64, f64)) -> Option<u8> {
        let inside = x >= 0.0 && y >= 0.0 && (x as usize) < self.width && (y as usize) < self.height();
        inside.then(|| self.pixels[y as usize * self.width + x as usize])
    }

    /// As in a mirror.
    pub fn mirrored(mut self) -> Self {
        self.pixels.chunks_exact_mut(self.width).for_each(<[u8]>::reverse);
        self
    }

    /// With another one on it.
    pub fn with(mut self, other: &Self, left: usize, top: usize) -> Self {
        for (y, row) in other.pixels.chunks_exact(other.width).enumerate() {
            let at = (top + y) * self.width + left;
            self.pixels[at..at + other.width].copy_from_slice(row);
        }
        self
    }

    pub fn picture(&self) -> DynamicImage {
        let (width, height) = (self.width.try_into().unwrap(), self.height().try_into().unwrap());
        GrayImage::from_raw(width, height, self.pixels.clone()).unwrap().into()
    }

    pub fn png(&self) -> Vec<u8> {
        file(&self.picture(), ImageFormat::Png)
    }
}

/// A picture as a file.
pub fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Numbers that look drawn at random, the same in every run (xorshift).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 11
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }
}
