//! Memory that was used, wiped: what is given back to the allocator, and the stack.
#![allow(unsafe_code)] // a global allocator can't be written without it; `clock/kernel` is the only other place that may

use std::alloc::{GlobalAlloc, Layout, System};

/// The system's allocator, but memory is wiped before it is given back: what libraries leave behind of
/// secrets does not stay in the heap.
#[derive(Debug)]
pub struct WipingAllocator;

/// From this size on glibc maps memory on its own and unmaps it when it is freed (`M_MMAP_THRESHOLD`
/// never grows over 32 MiB on 64 bit), so that no content stays with us: scrypt's 128 MiB need not be wiped.
const UNMAPPED_ON_FREE: usize = 64 << 20;

// SAFETY: every call is passed on to `System` with the layout it came with; wiping writes only inside the
// block that is being given back, which nobody may use any more.
unsafe impl GlobalAlloc for WipingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if layout.size() < UNMAPPED_ON_FREE {
            unsafe { block.write_bytes(0, layout.size()) };
            // Somebody might look: without this the compiler may leave out what is freed next.
            std::hint::black_box(block);
        }
        unsafe { System.dealloc(block, layout) }
    }

    // `realloc` is left to the trait: a new block, a copy, and `dealloc` of the old one, so that
    // a buffer that grows leaves nothing behind.
}

/// How far below its caller the stack is wiped, in bytes: the deepest that a key press goes is under half of that.
const STACK: usize = 256 << 10;

/// Wipes the stack below the caller: what calls that have returned left there of a passphrase, such as registers
/// that were saved in the middle of a copy, which no type can wipe.
#[inline(never)]
#[allow(clippy::large_stack_arrays)] // that is what it is for
pub fn wipe_stack() {
    let mut below = [0_u8; STACK];
    std::hint::black_box(&mut below);
}
