//! A day of ticks over 1,000 devices, in a process of its own: nothing grows. `KEYFOB_DAY_HOURS` says how many hours of it.

use super::stage::{Stage, add, empty, options};
use crate::harness::{say, timed};
use keyfob::app::Start;
use std::process::Command;
use std::time::Duration;

const CHILD: &str = "KEYFOB_TEST_DAY";
const DEVICES: usize = 1_000;

fn hours() -> u64 {
    std::env::var("KEYFOB_DAY_HOURS").ok().and_then(|hours| hours.parse().ok()).unwrap_or(2)
}

fn stage() -> Stage {
    let mut vault = empty();
    for number in 0..DEVICES {
        let secret = format!("{number:020}");
        let secret = base32::encode(base32::Alphabet::Rfc4648 { padding: false }, secret.as_bytes());
        add(
            &mut vault,
            &format!("otpauth://totp/Acme:user{number}?secret={secret}&issuer=Acme{number}"),
            |_| {},
        );
    }
    let mut options = options(Start::Open(Box::new(vault.clone())));
    options.idle_lock = Duration::ZERO;
    Stage::with(vault, options)
}

/// Memory of its own in KiB, counted page by page, and how many files are open. (`VmRSS` is off by some hundred KiB, and
/// has the pages of the program that were run in it, too.)
fn held() -> (u64, usize) {
    let pages = std::fs::read_to_string("/proc/self/smaps_rollup").unwrap();
    let line = pages.lines().find_map(|line| line.strip_prefix("Anonymous:")).unwrap();
    let memory = line.trim().trim_end_matches(" kB").parse().unwrap();
    (memory, std::fs::read_dir("/proc/self/fd").unwrap().count())
}

/// An hour at the screen: a code a minute is copied, and the list moves on.
fn an_hour(stage: &mut Stage) {
    for minute in 0..60 {
        for _ in 0..60 {
            stage.wait(1);
            assert!(stage.buffer().0.area.width > 0);
        }
        stage.keys(if minute % 10 == 9 { "pgdn c" } else { "down c" });
        stage.asked();
    }
}

/// The day itself; in an ordinary test run there is nothing to do for it.
#[test]
fn the_one_that_ticks() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let mut stage = stage();
    an_hour(&mut stage);
    let (memory, files) = held();
    for _ in 1..hours() {
        an_hour(&mut stage);
    }
    let (memory_then, files_then) = held();
    say(&format!(
        "after the first hour {memory} KiB and {files} files, after the last {memory_then} and {files_then}"
    ));
    assert_eq!(files, files_then);
    assert!(memory_then <= memory + 1024, "it grew");
}

#[cfg(target_os = "linux")]
#[test]
fn a_day_of_ticks_over_1000_devices_lets_nothing_grow() {
    let day = || {
        Command::new(std::env::current_exe().unwrap())
            .args(["app::day::the_one_that_ticks", "--exact", "--nocapture"])
            .env(CHILD, "1")
            .output()
            .unwrap()
    };
    let (ran, took) = timed(day);
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    let figures = said.lines().find(|line| line.contains("after the first hour")).unwrap_or_default();
    say(&format!("{} ticks in {:.1?}: {figures}", hours() * 3600, took));
}
