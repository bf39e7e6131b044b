//! What the child gives up before it reads a byte: memory, time, files, and every system call but a few.

use rustix::process::{Resource, Rlimit, setrlimit};
use std::io;

/// All the memory that it may map, in bytes: the program itself, the largest picture, and copies in grey.
const MEMORY: u64 = 640 << 20;
/// The processor time that it may use, in seconds.
const SECONDS: u64 = 8;

/// Gives up what decoding a picture does not need. What this can't make sure of is an error.
pub(super) fn confine() -> io::Result<()> {
    limit()?;
    // No file can be opened any more.
    set(Resource::Nofile, 0)?;
    calls::restrict();
    Ok(())
}

/// Gives up memory, time and files that grow: who has to fetch the picture first needs the rest until then.
pub(super) fn limit() -> io::Result<()> {
    set(Resource::As, MEMORY)?;
    set(Resource::Cpu, SECONDS)?;
    set(Resource::Core, 0)?;
    set(Resource::Fsize, 0)?;
    // When the parent is killed there is nobody to answer to.
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    Ok(())
}

fn set(resource: Resource, most: u64) -> io::Result<()> {
    Ok(setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?)
}

#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")
))]
mod calls {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter};
    use std::collections::BTreeMap;

    /// Reading and writing what is open, memory, and the end. Nothing here opens, connects, starts or signals anything
    /// but the process itself.
    const ALLOWED: &[libc::c_long] = &[
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_brk,
        libc::SYS_mmap,
        libc::SYS_mremap,
        libc::SYS_munmap,
        libc::SYS_mprotect,
        libc::SYS_madvise,
        libc::SYS_futex,
        libc::SYS_getrandom,
        libc::SYS_clock_gettime,
        libc::SYS_sched_yield,
        libc::SYS_sigaltstack,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];

    /// Every other system call fails from now on. Kernels without seccomp filters leave the limits to do.
    pub(super) fn restrict() {
        let _ = filter().is_some_and(|filter| apply_filter(&filter).is_ok());
    }

    fn filter() -> Option<BpfProgram> {
        let refused = SeccompAction::Errno(u32::try_from(libc::EPERM).ok()?);
        let rules: BTreeMap<i64, _> = ALLOWED.iter().map(|call| (*call, Vec::new())).collect();
        let machine = std::env::consts::ARCH.try_into().ok()?;
        SeccompFilter::new(rules, refused, SeccompAction::Allow, machine).ok()?.try_into().ok()
    }
}

#[cfg(not(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")
)))]
mod calls {
    /// There is nothing like it here: the limits have to do.
    pub(super) fn restrict() {}
}
