//! How much memory an import takes, against the size of its file.

use crate::harness::home::Home;
use crate::harness::say;
use rustix::fs::{OFlags, fcntl_setfl};
use rustix::pipe::{PipeFlags, pipe_with};
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::process::Stdio;

/// How many times the file an import may take beyond what one of a single device does. Half of it is the vault itself:
/// docs/performance.md.
const MOST: u64 = 11;
const MANY: u32 = 10_000;

fn list(devices: u32) -> String {
    let line = |number: u32| {
        let secret =
            keyfob::otp::Secret::from_bytes(format!("secret number {number:06}").as_bytes()).unwrap();
        let (issuer, secret) = (number % 97, secret.to_base32());
        format!(
            "otpauth://totp/Issuer%20{issuer}:user{number}%40example.com?secret={}&issuer=Issuer%20{issuer}\n",
            *secret
        )
    };
    (0..devices).map(line).collect()
}

/// The most resident memory of an import so far, once it has saved all and has only to say so, in bytes: its words go
/// into a pipe that is full.
fn footprint(list: &str) -> Option<u64> {
    let home = Home::with_vault();
    std::fs::write(home.path("list.txt"), list).unwrap();
    let before = std::fs::read(home.vault()).unwrap();
    let (read, write) = pipe_with(PipeFlags::NONBLOCK | PipeFlags::CLOEXEC).unwrap();
    let (mut read, mut write) = (File::from(read), File::from(write));
    while write.write(&[b'.'; 4096]).is_ok() {}
    while write.write(b".").is_ok() {}
    // Whoever gets it waits for room.
    fcntl_setfl(&write, OFlags::WRONLY).unwrap();
    fcntl_setfl(&read, OFlags::RDONLY).unwrap();
    let mut command = home.command();
    let mut child = command.args(["import", "list.txt"]).stdin(Stdio::null()).stdout(write).spawn().unwrap();
    // The program's own end of the pipe is the last one.
    drop(command);
    while std::fs::read(home.vault()).unwrap() == before && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()));
    read.read_to_end(&mut Vec::new()).unwrap();
    assert!(child.wait().unwrap().success());
    let status = status.ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().unwrap() * 1024)
}

#[test]
fn an_import_takes_no_more_than_a_few_times_its_file() {
    let many = list(MANY);
    let (Some(one), Some(all)) = (footprint(&list(1)), footprint(&many)) else {
        return say("passed over: this system does not say how much memory a process took");
    };
    let file = many.len() as u64;
    let taken = all.saturating_sub(one);
    assert!(taken < MOST * file, "{taken} bytes for a file of {file}");
    assert!(taken > file, "something was measured: {taken} bytes for a file of {file}");
}
