//! How far files are read: written by whoever reads, and looked at from another thread.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// How far files are read. It is for people to look at: no two of its numbers need be of the same moment.
#[derive(Debug, Default)]
pub struct Gauge {
    files: AtomicUsize,
    read: AtomicUsize,
    entries: AtomicUsize,
    bytes: AtomicU64,
    done: AtomicU64,
}

/// How far files are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many files there are, as far as is known.
    pub files: usize,
    /// How many of them are read.
    pub read: usize,
    /// How many entries were found in those.
    pub entries: usize,
    /// How many bytes the file has that is being read.
    pub bytes: u64,
    /// How many of them are read; none while it is being opened.
    pub done: u64,
}

impl Gauge {
    /// So many more files are to be read.
    pub fn more_files(&self, files: usize) {
        self.files.fetch_add(files, Ordering::Relaxed);
    }

    /// A file of so many bytes is being read.
    pub fn begin(&self, bytes: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.bytes.store(bytes as u64, Ordering::Relaxed);
    }

    /// So many more bytes of it are read.
    pub fn advance(&self, bytes: usize) {
        self.done.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// It is read, and has so many entries.
    pub fn end(&self, entries: usize) {
        self.entries.fetch_add(entries, Ordering::Relaxed);
        self.read.fetch_add(1, Ordering::Relaxed);
        self.begin(0);
    }

    /// How far they are read now.
    pub fn progress(&self) -> Progress {
        Progress {
            files: self.files.load(Ordering::Relaxed),
            read: self.read.load(Ordering::Relaxed),
            entries: self.entries.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
            done: self.done.load(Ordering::Relaxed),
        }
    }
}

impl Progress {
    /// How much of all is read, in hundredths: each file counts as much as any other.
    pub fn percent(&self) -> u8 {
        let part = (self.done.min(self.bytes) * 100).checked_div(self.bytes).unwrap_or(0);
        let files = self.files.max(1) as u64;
        u8::try_from((self.read as u64 * 100 + part) / files).unwrap_or(100).min(100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_counts_as_much_as_any_other() {
        let gauge = Gauge::default();
        assert_eq!(gauge.progress().percent(), 0, "nothing is known yet");
        gauge.more_files(4);
        gauge.begin(1_000);
        assert_eq!(gauge.progress().percent(), 0);
        gauge.advance(500);
        assert_eq!(gauge.progress().percent(), 12);
        gauge.advance(900);
        assert_eq!(gauge.progress().percent(), 25, "no file is more than read");
        gauge.end(7);
        gauge.begin(10);
        let far = gauge.progress();
        assert_eq!((far.read, far.files, far.entries, far.percent()), (1, 4, 7, 25));
        (0..3).for_each(|_| gauge.end(1));
        assert_eq!((gauge.progress().entries, gauge.progress().percent()), (10, 100));
        gauge.end(0);
        assert_eq!(gauge.progress().percent(), 100, "nor more than all");
    }
}
