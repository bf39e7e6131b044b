//! How far files are read, told while that takes longer than people wait without a word.

use crate::exchange::{Gauge, Progress};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// What takes less than this needs no word.
const PATIENCE: Duration = Duration::from_millis(500);
/// Between one word and the next.
const PACE: Duration = Duration::from_millis(200);

/// A thread that tells how far it is, until this is dropped.
pub struct Telling {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Telling {
    /// Tells what the gauge says, from half a second on.
    pub fn start(gauge: Arc<Gauge>, tell: impl FnMut(Progress) + Send + 'static) -> Self {
        let (stop, stopped) = channel();
        let thread = std::thread::spawn(move || run(|pace| is_over(&stopped, pace), &gauge, tell));
        Self { stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Telling {
    fn drop(&mut self) {
        self.stop = None;
        // Nothing is told after this.
        self.thread.take().map(JoinHandle::join);
    }
}

fn is_over(stopped: &Receiver<()>, pace: Duration) -> bool {
    !matches!(stopped.recv_timeout(pace), Err(RecvTimeoutError::Timeout))
}

/// Tells, and waits between one word and the next as `over` does it: it says whether all is over by then.
fn run(mut over: impl FnMut(Duration) -> bool, gauge: &Gauge, mut tell: impl FnMut(Progress)) {
    let mut pace = PATIENCE;
    while !over(pace) {
        tell(gauge.progress());
        pace = PACE;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told where all is over after this long; the clock goes on by what is waited for.
    fn told(over_after: u64) -> Vec<u64> {
        let gauge = Gauge::default();
        let mut clock = Duration::ZERO;
        let mut told = Vec::new();
        let over = |pace: Duration| {
            gauge.advance(usize::try_from(pace.as_millis()).unwrap());
            clock += pace;
            clock > Duration::from_millis(over_after)
        };
        run(over, &gauge, |far| told.push(far.done));
        told
    }

    #[test]
    fn half_a_second_is_waited_in_silence_and_then_it_is_told_again_and_again() {
        assert_eq!(told(0), [0; 0]);
        assert_eq!(told(499), [0; 0]);
        assert_eq!(told(500), [500]);
        assert_eq!(told(950), [500, 700, 900]);
    }

    #[test]
    fn what_is_over_at_once_is_not_waited_for() {
        let told = Arc::new(Gauge::default());
        let telling = Telling::start(Arc::clone(&told), {
            let told = Arc::clone(&told);
            move |_| told.end(1)
        });
        drop(telling);
        assert_eq!(told.progress().read, 0);
    }
}
