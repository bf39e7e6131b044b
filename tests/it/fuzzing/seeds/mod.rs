//! The seeds of the corpora, all made here: fixtures of the other tests, what our writers write, and what is
//! sealed as a build for fuzzing reads it.

mod backups;
mod others;
mod sealed;

use crate::exchange::fixtures::all_files;
use crate::exchange::written;
use keyfob::exchange::FORMATS;

/// One seed.
pub struct Seed {
    /// The target that it is for.
    pub target: String,
    /// The name of its file.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Whether it is another one each time it is made.
    pub is_random: bool,
}

fn seed(target: &str, name: &str, bytes: impl Into<Vec<u8>>) -> Seed {
    Seed { target: target.into(), name: name.into(), bytes: bytes.into(), is_random: false }
}

fn reader(format: &str, name: &str, bytes: impl Into<Vec<u8>>) -> Seed {
    seed(&format!("read-{format}"), name, bytes)
}

pub fn all() -> impl Iterator<Item = Seed> {
    fixtures().into_iter().chain(writers()).chain(sealed::all()).chain(others::all()).chain(backups::all())
}

/// Sniffing gets the first file of each format.
fn fixtures() -> Vec<Seed> {
    let mut seeds = Vec::new();
    for file in all_files() {
        let name = format!("fixture-{}", file.name);
        if seeds.iter().all(|seed: &Seed| seed.target != format!("read-{}", file.format)) {
            seeds.push(seed("sniff", &format!("{}-{}", file.format, file.name), file.text.clone()));
        }
        seeds.push(reader(file.format, &name, file.text));
    }
    seeds
}

/// Two devices each: a page of ten is larger than what is tried.
fn writers() -> Vec<Seed> {
    let vault = written::vault();
    let write = |format: &keyfob::exchange::Format| {
        let writer = format.write?;
        let mut fitting: Vec<_> =
            vault.iter().filter(|device| (writer.fits)(device)).take(2).cloned().collect();
        for (number, device) in fitting.iter_mut().enumerate() {
            device.id.0 = uuid::Uuid::from_u128(number as u128);
        }
        Some(reader(format.name, "written", (writer.clear)(&fitting.iter().collect::<Vec<_>>()).as_slice()))
    };
    // A sheet is mostly pictures.
    FORMATS.iter().filter(|format| format.name != "html").filter_map(write).collect()
}
