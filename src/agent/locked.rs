//! Memory that is not swapped out, for what the agent holds.
#![allow(unsafe_code)] // the kernel takes addresses

use rustix::mm;

/// A value on pages of its own.
#[repr(align(4096))]
pub(super) struct Pages<T>(pub(super) T);

impl<T> Pages<T> {
    /// Puts it there, and asks the kernel never to swap these pages out nor to dump them; whether it will not. It says
    /// no above `RLIMIT_MEMLOCK`. They stay so until the process ends.
    pub(super) fn of(value: T) -> (Box<Self>, bool) {
        let mut pages = Box::new(Self(value));
        let (start, length) = ((&raw mut *pages).cast(), size_of::<Self>());
        // SAFETY: the pages are those of the box and of nothing else, since both their start and their length are multiples
        // of a page; both calls leave what is in them as it is. Where pages are larger, neighbours of the heap are
        // locked with them, which does them no harm.
        let locked = unsafe { mm::mlock(start, length) }.is_ok();
        #[cfg(target_os = "linux")]
        // SAFETY: as above.
        let _ = unsafe { mm::madvise(start, length, mm::Advice::LinuxDontDump) };
        (pages, locked)
    }
}
