//! What a hostile picture can do: nothing, and that quickly.

use super::paint::{Paint, Random};
use super::read;
use crate::harness::home::KEYFOB;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use keyfob::picture::{ARGUMENT, MAX_BYTES, MAX_PIXELS, PictureError, Reader};
use std::io::Write;
use std::process::{Child, Command, Stdio};

const TEXT: &str = "otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ";

/// A PNG of nothing but zeroes, which is small whatever it unpacks to.
fn bomb(side: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels = vec![0; usize::try_from(u64::from(side) * u64::from(side)).unwrap()];
    PngEncoder::new(&mut bytes).write_image(&pixels, side, side, ExtendedColorType::L8).unwrap();
    bytes
}

/// A PNG that only says how large it is.
fn claim(width: u32, height: u32) -> Vec<u8> {
    let mut png = Paint::code(TEXT, 1).png();
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&sum);
    png
}

/// The checksum of PNG (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}

fn child() -> Child {
    let mut command = Command::new(KEYFOB);
    command.arg(ARGUMENT).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().unwrap()
}

#[test]
fn bombs_are_refused_by_what_they_say_of_themselves() {
    let bomb = bomb(8_000);
    assert!(bomb.len() < 400_000, "{} bytes", bomb.len());
    assert_eq!(read(&bomb), Err(PictureError::TooManyPixels));
    for (width, height) in [(u32::MAX >> 1, u32::MAX >> 1), (32_769, 1), (1, 40_000), (30_000, 30_000)] {
        assert_eq!(read(&claim(width, height)), Err(PictureError::TooManyPixels), "{width}x{height}");
    }
    let mut bmp = super::paint::file(&Paint::code(TEXT, 1).picture(), image::ImageFormat::Bmp);
    bmp[18..22].copy_from_slice(&30_000_u32.to_le_bytes());
    bmp[22..26].copy_from_slice(&30_000_u32.to_le_bytes());
    assert_eq!(read(&bmp), Err(PictureError::TooManyPixels));
}

#[test]
fn a_picture_that_promises_more_than_it_has_is_damaged() {
    let side = u32::try_from(MAX_PIXELS.isqrt()).unwrap();
    assert_eq!(read(&claim(side, side)), Err(PictureError::Damaged));
    assert_eq!(read(&claim(0, 0)), Err(PictureError::Damaged));
}

#[test]
fn too_large_a_file_never_reaches_the_child() {
    let mut large = Paint::code(TEXT, 1).png();
    large.resize(usize::try_from(MAX_BYTES).unwrap() + 1, 0);
    assert_eq!(Reader::of("/nowhere").read(&large), Err(PictureError::TooLarge));
    assert_eq!(Reader::of("/nowhere").read(b"no picture"), Err(PictureError::NotAPicture));
}

#[test]
fn a_cut_picture_is_damaged_and_never_half_an_answer() {
    let png = Paint::code(TEXT, 2).png();
    for length in [8, 20, 33, 40, png.len() / 2, png.len() - 30] {
        let answer = read(&png[..length]);
        assert!(matches!(answer, Err(PictureError::Damaged)), "{length} bytes: {answer:?}");
    }
}

#[test]
fn flipped_bits_lead_to_a_sentence() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/pictures/data");
    let mut random = Random(99);
    for name in ["progressive.jpg", "animated.gif", "lossy.webp", "animated.png", "one-bit.bmp"] {
        let whole = std::fs::read(folder.join(name)).unwrap();
        for _ in 0..6 {
            let mut bad = whole.clone();
            for _ in 0..8 {
                let at = 12 + random.below(bad.len() - 12);
                bad[at] ^= 1 << random.below(8);
            }
            let answer = read(&bad);
            assert!(!matches!(answer, Err(PictureError::NoChild(_))), "{name}: {answer:?}");
        }
    }
}

#[test]
fn a_child_that_is_not_ours_is_not_believed() {
    let png = Paint::code(TEXT, 2).png();
    for program in ["/bin/true", "/bin/false", "/bin/echo", "/bin/cat"] {
        assert_eq!(Reader::of(program).read(&png), Err(PictureError::GaveUp), "{program}");
    }
    let missing = Reader::of("/nowhere/keyfob").read(&png);
    assert_eq!(missing, Err(PictureError::NoChild(std::io::ErrorKind::NotFound)));
}

#[cfg(target_os = "linux")]
#[test]
fn the_child_has_little_memory_and_time_and_no_way_to_anything() {
    let mut child = child();
    let pid = child.id();
    let of = |what: &str| std::fs::read_to_string(format!("/proc/{pid}/{what}")).unwrap_or_default();
    // It gives up its rights before it reads: until the picture is there it waits.
    let filtered = || of("status").lines().any(|line| line == "Seccomp:\t2");
    crate::harness::eventually("no system call but a few", filtered);
    assert!(of("status").lines().any(|line| line == "NoNewPrivs:\t1"));
    let limits = of("limits");
    let limit = |name: &str| {
        let line = limits.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line[name.len()..].split_whitespace().take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    for (name, most) in [
        ("Max address space", "671088640"),
        ("Max cpu time", "8"),
        ("Max open files", "0"),
        ("Max file size", "0"),
        ("Max core file size", "0"),
    ] {
        assert_eq!(limit(name), [most, most], "{name}");
    }
    assert_eq!(of("environ"), "");
    child.stdin.take().unwrap().write_all(&Paint::code(TEXT, 2).png()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(output.stdout.ends_with(b"E."));
}
