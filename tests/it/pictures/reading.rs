//! Codes are found in pictures as people have them.

use super::paint::{Paint, Random, file};
use super::read;
use crate::harness::samples::samples;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use keyfob::exchange::from_codes;
use keyfob::picture::{PictureError, Reader};
use std::path::Path;

const AWS: &str = "otpauth://totp/Amazon%20Web%20Services:alice@123456789012?secret=DRBU3UJ7GE6ETF2ZLLIUU2VD753YGPFZL4SZGBIYVRXMDTFMZTC5JPJPLQJ35THD&issuer=Amazon%20Web%20Services";
const SHORT: &str = "otpauth://totp/GitHub:octocat?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=GitHub";

#[track_caller]
fn finds(what: &str, file: &[u8], texts: &[&str]) {
    assert_eq!(read(file), Ok(texts.iter().map(|text| (*text).to_owned()).collect()), "{what}");
}

/// What a screen looks like: bars of text and windows, dark or light.
fn desktop(width: usize, height: usize, dark: bool) -> Paint {
    let mut random = Random(42);
    let mut page = Paint::sheet(width, height, if dark { 30 } else { 235 });
    for _ in 0..400 {
        let shade = u8::try_from(100 + random.below(60)).unwrap();
        let bar = Paint::sheet(10 + random.below(120), 2 + random.below(10), shade);
        page = page.with(&bar, random.below(width - 140), random.below(height - 20));
    }
    page
}

#[test]
fn plain_and_turned_and_mirrored() {
    for text in [AWS, SHORT] {
        let code = Paint::code(text, 4);
        finds("plain", &code.png(), &[text]);
        finds("mirrored", &code.clone().mirrored().png(), &[text]);
        for degrees in [5.0, 12.0, 45.0, 90.0, 180.0, 271.0] {
            finds(&format!("turned by {degrees}"), &code.turned(degrees).png(), &[text]);
        }
    }
}

#[test]
fn inverted_faint_and_noisy() {
    for text in [AWS, SHORT] {
        let code = Paint::code(text, 4);
        finds("inverted", &code.clone().map(|pixel| 255 - pixel).png(), &[text]);
        finds("faint and bright", &code.clone().map(|pixel| 215 + pixel / 7).png(), &[text]);
        finds("faint and dark", &code.clone().map(|pixel| pixel / 10).png(), &[text]);
        finds("hardly there", &code.clone().map(|pixel| 120 + pixel / 21).png(), &[text]);
        finds("noisy", &code.noisy(140).png(), &[text]);
    }
}

#[test]
fn small_modules_and_no_margin() {
    for text in [AWS, SHORT] {
        for scale in [1, 2, 3] {
            finds(&format!("{scale} pixels a module"), &Paint::code(text, scale).png(), &[text]);
        }
        let code = Paint::code(text, 4);
        let (side, edge) = (code.width - 32, 16);
        let mut bare = Paint::sheet(side, side, 0);
        for (y, row) in bare.pixels.chunks_exact_mut(side).enumerate() {
            let from = (y + edge) * code.width + edge;
            row.copy_from_slice(&code.pixels[from..from + side]);
        }
        finds("no margin", &bare.png(), &[text]);
    }
}

#[test]
fn a_small_code_on_a_large_screen() {
    let page = desktop(3840, 2160, false).with(&Paint::code(AWS, 3), 2600, 300);
    finds("a light 4K screen", &page.png(), &[AWS]);
    let dark = desktop(1920, 1080, true).with(&Paint::code(AWS, 3).map(|pixel| 255 - pixel), 100, 400);
    finds("a dark page that inverts its code", &dark.png(), &[AWS]);
}

#[test]
fn several_codes_each_once() {
    let sheet = Paint::sheet(1400, 600, 255);
    let two = sheet.with(&Paint::code(AWS, 4), 20, 20).with(&Paint::code(SHORT, 5), 700, 100);
    finds("two", &two.png(), &[AWS, SHORT]);
    let twice = two.with(&Paint::code(SHORT, 3), 1100, 20);
    finds("one of them twice", &twice.png(), &[AWS, SHORT]);
    let inverted = Paint::code(SHORT, 4).map(|pixel| 255 - pixel);
    let mixed = Paint::sheet(1000, 400, 255).with(&Paint::code(AWS, 4), 20, 20).with(&inverted, 500, 20);
    finds("one inverted", &mixed.png(), &[AWS, SHORT]);
}

#[test]
fn every_kind_of_file_and_every_depth() {
    let code = Paint::code(SHORT, 4).picture();
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif, ImageFormat::Bmp]
    {
        let fit: DynamicImage =
            if format == ImageFormat::Gif { code.to_rgba8().into() } else { code.to_rgb8().into() };
        finds(&format!("{format:?}"), &file(&fit, format), &[SHORT]);
    }
    let depths: [DynamicImage; 5] = [
        code.to_luma16().into(),
        code.to_luma_alpha8().into(),
        code.to_rgb16().into(),
        code.to_rgba8().into(),
        code.to_rgba16().into(),
    ];
    for picture in depths {
        finds(&format!("{:?}", picture.color()), &file(&picture, ImageFormat::Png), &[SHORT]);
    }
}

#[test]
fn a_code_that_is_half_transparent_is_seen_on_any_ground() {
    for ink in [0, 255] {
        let code = Paint::code(SHORT, 4);
        let (side, mut pixels) = (u32::try_from(code.width).unwrap(), code.pixels.iter());
        let clear = RgbaImage::from_fn(side, side, |_, _| {
            Rgba([ink, ink, ink, if *pixels.next().unwrap() == 0 { 255 } else { 0 }])
        });
        finds(&format!("ink {ink}"), &file(&clear.into(), ImageFormat::Png), &[SHORT]);
    }
}

#[test]
fn clothes_that_only_others_make() {
    let fixture = "otpauth://totp/Fixture:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Fixture";
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/pictures/data");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        finds(&path.display().to_string(), &std::fs::read(&path).unwrap(), &[fixture]);
        seen += 1;
    }
    assert_eq!(seen, 8);
}

#[test]
fn what_holds_no_code_says_so() {
    assert_eq!(read(&desktop(640, 480, false).png()), Err(PictureError::NoCode));
    assert_eq!(read(&Paint::sheet(1, 1, 0).png()), Err(PictureError::NoCode));
    assert_eq!(read(&Paint::sheet(300, 200, 255).noisy(400).png()), Err(PictureError::NoCode));
}

#[test]
fn texts_are_read_as_they_were_meant() {
    for text in ["otpauth://totp/Zürich:jürg?secret=GEZDGNBV", "東京", "a\nb\u{1b}[31m", "1234567890"] {
        finds(text, &Paint::code(text, 4).png(), &[text]);
    }
}

#[test]
fn the_samples_are_read_to_the_last_device() {
    let Some(folder) = samples("qr") else { return };
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let expected = path.with_file_name(format!("{}.expected.json", path.file_name().unwrap().display()));
        let Ok(expected) = std::fs::read_to_string(expected) else { continue };
        let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
        let texts = Reader::of(crate::harness::home::KEYFOB).read(&std::fs::read(&path).unwrap());
        let texts = texts.unwrap_or_default();
        let contents = from_codes(&texts).unwrap_or_default();
        let found = contents.entries.iter().filter(|entry| entry.found.is_ok()).count();
        assert_eq!(found, expected.as_array().unwrap().len(), "{}", path.display());
        seen += 1;
    }
    assert!(seen > 10, "only {seen} samples were seen");
}
