//! A clock that jumps: what is shown and copied is the code of the moment that is shown, whatever that is.

use super::stage::{NOW, Stage, moment};
use hmac::{Hmac, KeyInit as _, Mac as _};
use keyfob::app::Message;

/// The secret of `PyPI` in the samples, as base32 has it.
const SECRET: &[u8] = b"12345678901234567895";
const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;
const YEARS: u64 = 3652 * DAY;

/// RFC 6238 with SHA-1, six digits and 30 seconds, worked out apart from the program.
fn oracle(now: u64) -> String {
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(SECRET).unwrap();
    mac.update(&(now / 30).to_be_bytes());
    let hash: [u8; 20] = mac.finalize().into_bytes().into();
    let at = usize::from(hash[19] & 15);
    let value = u32::from_be_bytes([hash[at], hash[at + 1], hash[at + 2], hash[at + 3]]) & 0x7fff_ffff;
    format!("{:06}", value % 1_000_000)
}

fn pypi() -> Stage {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter");
    stage
}

/// The clock says this now; a second of the machine's life went by.
fn tick(stage: &mut Stage, now: u64) {
    stage.now = now;
    stage.uptime += 1;
    stage.send(Message::Tick(moment(now, stage.uptime)));
}

/// What is shown is of this moment, and what is copied is what is shown.
fn assert_right(stage: &mut Stage, name: &str) {
    let code = oracle(stage.now);
    let shown = format!("{} {}", &code[..3], &code[3..]);
    let left = 30 - stage.now % 30;
    for (columns, rows) in [(100, 30), (80, 24), (40, 10)] {
        stage.resize(columns, rows);
        let screen = stage.screen();
        assert!(screen.contains(&shown), "{name}: {shown} at {columns}x{rows}:\n{screen}");
        let first = screen.lines().next().unwrap();
        assert!(first.contains(&format!(" {left}s")), "{name}: {left}s at {columns}x{rows}: {first}");
    }
    stage.resize(100, 30);
    stage.keys("c");
    assert_eq!(stage.clipboard.as_deref(), Some(code.as_str()), "{name}");
}

#[test]
fn after_a_jump_of_any_size_codes_are_those_of_the_moment_that_is_shown() {
    let jumps: [(&str, u64); 12] = [
        ("back a second", NOW - 1),
        ("back an hour", NOW - HOUR),
        ("back ten years", NOW - YEARS),
        ("on a second", NOW + 1),
        ("on an hour", NOW + HOUR),
        ("on ten years", NOW + YEARS),
        ("before 1970", 0),
        ("the first step's last second", 29),
        ("2038", 1 << 31),
        ("2106", 1 << 32),
        ("the year 10000", 253_402_300_800),
        ("the last second there is", u64::MAX),
    ];
    for (name, then) in jumps {
        let mut stage = pypi();
        tick(&mut stage, then);
        assert_right(&mut stage, name);
        // And back again, as a clock that is put right.
        tick(&mut stage, NOW + 2);
        assert_right(&mut stage, name);
        assert!(stage.model.open().is_some(), "{name}: a clock that is set locks nothing");
    }
}

#[test]
fn over_the_ends_of_2038_and_2106_and_a_leap_second_each_tick_is_right() {
    let leap = 1_483_228_799;
    let around = |middle: u64| (middle - 2..middle + 3).collect::<Vec<u64>>();
    // 23:59:59 twice, as POSIX clocks have it; and one that is slewed: no second is left out.
    let twice = vec![leap - 1, leap, leap, leap + 1];
    for seconds in [around(1 << 31), around(1 << 32), twice] {
        let mut stage = pypi();
        for now in seconds {
            tick(&mut stage, now);
            assert_right(&mut stage, &format!("{now}"));
        }
    }
}

#[test]
fn a_step_that_ends_between_the_drawing_and_the_key_copies_what_was_drawn() {
    let mut stage = pypi();
    let last = NOW - NOW % 30 + 29;
    tick(&mut stage, last);
    let drawn = oracle(last);
    // The clock has gone on, and nobody has been told.
    stage.now = last + 1;
    stage.keys("c");
    assert_eq!(stage.clipboard.as_deref(), Some(drawn.as_str()));
    tick(&mut stage, last + 1);
    assert_right(&mut stage, "the step after");
}

#[test]
fn eight_hours_asleep_lock_the_vault_and_a_clock_that_is_set_does_not() {
    let mut stage = pypi();
    stage.keys("c");
    tick(&mut stage, NOW + 8 * HOUR);
    tick(&mut stage, NOW - 8 * HOUR);
    assert!(stage.model.open().is_some() && stage.clipboard.is_some());
    // Uptime counts what was slept through; the clock may stand still.
    stage.uptime += 8 * HOUR;
    tick(&mut stage, NOW);
    assert!(stage.model.open().is_none(), "{}", stage.screen());
    assert_eq!(stage.clipboard, None, "and what was copied is gone");
}

#[test]
fn a_code_that_was_handed_out_by_a_clock_gone_wrong_keeps_none_from_being_fresh() {
    let mut stage = pypi();
    tick(&mut stage, NOW + YEARS);
    stage.keys("c");
    tick(&mut stage, NOW);
    assert!(!stage.shows("fresh in"), "{}", stage.screen());
    assert_right(&mut stage, "after that");
}

// Only debug builds take their time from the test.
#[cfg(debug_assertions)]
#[test]
fn the_command_line_makes_codes_at_any_time_there_is() {
    use crate::harness::home::{Home, uri};
    let home = Home::with_vault();
    home.add(&uri("PyPI", "alice", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJV"));
    for now in [0, 1, (1 << 31) - 1, 1 << 31, 1 << 32, 253_402_300_800, u64::MAX] {
        let run = |arguments: &[&str]| {
            let ran = home.command().args(arguments).env("KEYFOB_NOW", now.to_string()).output().unwrap();
            assert!(ran.status.success(), "{arguments:?} at {now}: {}", String::from_utf8_lossy(&ran.stderr));
            String::from_utf8(ran.stdout).unwrap()
        };
        assert_eq!(run(&["code", "PyPI"]).trim(), oracle(now), "at {now}");
        for arguments in [&["code", "PyPI", "--json"][..], &["list"], &["restore", "--list"]] {
            run(arguments);
        }
    }
}

#[test]
fn what_the_idle_lock_counts_by_is_never_behind_what_was_slept() {
    use keyfob::clock::{Clock as _, SystemClock};
    let before = SystemClock.uptime();
    assert!(before >= SystemClock.suspended());
    assert!(SystemClock.uptime() >= before);
}
