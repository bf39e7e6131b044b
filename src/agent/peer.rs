//! Who is at the other end of the socket.

use std::os::fd::AsFd;

/// Whether it is a process of this user. The kernel says so (`SO_PEERCRED`), as it was when the two were connected; root
/// is somebody else, too.
#[cfg(target_os = "linux")]
pub(super) fn is_ours(stream: impl AsFd) -> bool {
    rustix::net::sockopt::socket_peercred(stream).is_ok_and(|peer| peer.uid == rustix::process::geteuid())
}

/// Elsewhere the folder has to do, which nobody else can enter.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_ours(_: impl AsFd) -> bool {
    true
}
