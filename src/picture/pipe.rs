//! Both pipes of a child at once, until it has answered or its time is over.

use crate::clock::{Clock, SystemClock};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::io::{self, Read, Write};
use std::process::{ChildStdin, ChildStdout};
use std::time::Duration;
use zeroize::Zeroizing;

/// Writes all of `input` and reads all of the answer. The child may read late, answer early, or do neither: nothing
/// here waits longer than `patience`, and no more than `most` bytes are read.
pub(super) fn exchange(
    input: &[u8],
    stdin: ChildStdin,
    mut stdout: ChildStdout,
    patience: Duration,
    most: usize,
) -> io::Result<Zeroizing<Vec<u8>>> {
    rustix::io::ioctl_fionbio(&stdin, true)?;
    let deadline = SystemClock.uptime() + patience;
    let mut rest = input;
    let mut stdin = Some(stdin);
    let mut answer = Zeroizing::new(Vec::with_capacity(most));
    let mut piece = Zeroizing::new([0; 4096]);
    loop {
        wait(stdin.as_ref(), &stdout, deadline)?;
        if let Some(open) = &mut stdin {
            match send(open, &mut rest) {
                Ok(false) => {}
                // All is sent, or nobody reads any more: closing the pipe is the end of the picture.
                Ok(true) | Err(_) => stdin = None,
            }
        }
        if is_ready(&stdout)? {
            match stdout.read(piece.as_mut_slice())? {
                0 => return Ok(answer),
                read if answer.len() + read > most => return Err(io::ErrorKind::InvalidData.into()),
                read => answer.extend_from_slice(piece.get(..read).unwrap_or_default()),
            }
        }
    }
}

/// Sleeps until one of the pipes has something to do.
fn wait(stdin: Option<&ChildStdin>, stdout: &ChildStdout, deadline: Duration) -> io::Result<()> {
    let left = deadline.saturating_sub(SystemClock.uptime());
    if left.is_zero() {
        return Err(io::ErrorKind::TimedOut.into());
    }
    let timeout = Timespec::try_from(left).unwrap_or_default();
    let mut pipes = vec![PollFd::new(stdout, PollFlags::IN)];
    pipes.extend(stdin.map(|stdin| PollFd::new(stdin, PollFlags::OUT)));
    match poll(&mut pipes, Some(&timeout)) {
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn is_ready(stdout: &ChildStdout) -> io::Result<bool> {
    let mut pipe = [PollFd::new(stdout, PollFlags::IN)];
    match poll(&mut pipe, Some(&Timespec::default())) {
        Ok(ready) => Ok(ready > 0),
        Err(Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Sends what the pipe takes now; whether that was all.
fn send(stdin: &mut ChildStdin, rest: &mut &[u8]) -> io::Result<bool> {
    while !rest.is_empty() {
        match stdin.write(rest) {
            Ok(sent) => *rest = rest.get(sent..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(false),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}
