//! What the kernel says of its clock. One call that only reads.

/// Whether the machine's clock is kept right by something that knows the time (NTP, PTP, GPS), as far as
/// the kernel was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Synchronised {
    /// It is.
    Yes,
    /// It is not, or not any more.
    No,
    /// Nobody can say: another system than Linux, or a container that may not ask.
    #[default]
    Unknown,
}

/// Asks the kernel. It takes no longer than reading the clock does.
///
/// The flag alone would alarm those whose chrony leaves the hardware clock be: it never sets the flag, but
/// keeps the greatest error small, which the kernel lets grow to 16 s where nobody does.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)] // no well-kept crate asks this
pub(super) fn synchronised() -> Synchronised {
    const GREATEST_ERROR: libc::c_long = 16_000_000;
    let mut timex = std::mem::MaybeUninit::<libc::timex>::zeroed();
    // SAFETY: `timex` is a plain structure of numbers, for which all zeros are valid, and lives as long as the call.
    // With `modes` 0 the kernel sets nothing and fills it in.
    let (state, timex) = unsafe { (libc::adjtimex(timex.as_mut_ptr()), timex.assume_init()) };
    match state {
        libc::TIME_ERROR if timex.maxerror >= GREATEST_ERROR => Synchronised::No,
        0.. => Synchronised::Yes,
        _ => Synchronised::Unknown,
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn synchronised() -> Synchronised {
    Synchronised::Unknown
}
