//! The machine: its clock, whether memory can be locked, and the configuration.

use crate::cli::context::Context;
use crate::cli::{config, places};
use crate::clock::Synchronised;
use crate::explain::Explanation;
use crate::explain::doctor::{Finding, machine as words};
use rustix::process::{Resource, getrlimit};
use std::path::PathBuf;

/// What has to be locked at most, in bytes: the keys of an agent.
const ENOUGH: u64 = 64 << 10;

/// What is known of the machine.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) clock: Synchronised,
    /// How many bytes may be locked; none: as many as there are.
    pub(super) lockable: Option<u64>,
    /// Whether memory can get to a disk.
    pub(super) swaps: bool,
    /// Whether there is a folder that is in memory alone, and goes when the user logs out.
    pub(super) runtime: bool,
    /// The configuration's file and whether it is there, or what is wrong with it.
    pub(super) config: Result<(PathBuf, bool), Explanation>,
}

pub(super) fn gather(context: &Context) -> Facts {
    let config = || {
        config::read()?;
        let path = places::config_file()?;
        let is_there = path.exists();
        Ok((path, is_there))
    };
    let told = |failure: crate::cli::failure::Failure| failure.explanation().clone();
    // The first line is a heading.
    let swaps = std::fs::read_to_string("/proc/swaps").is_ok_and(|swaps| swaps.lines().count() > 1);
    Facts {
        clock: context.time.synchronised(),
        lockable: getrlimit(Resource::Memlock).current,
        swaps,
        runtime: places::runtime_folder().is_some(),
        config: config().map_err(told),
    }
}

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found =
        vec![clock(facts.clock), memory(facts.lockable, facts.swaps), words::runtime_folder(facts.runtime)];
    found.push(match &facts.config {
        Ok((path, is_there)) => words::config(path, *is_there),
        Err(why) => Finding::stopped("config", why),
    });
    found
}

fn clock(clock: Synchronised) -> Finding {
    match clock {
        Synchronised::Yes => words::synchronised(),
        Synchronised::No => words::unsynchronised(),
        Synchronised::Unknown => words::unknown_clock(),
    }
}

fn memory(lockable: Option<u64>, swaps: bool) -> Finding {
    match lockable {
        Some(bytes) if bytes < ENOUGH => words::unlockable(bytes, swaps),
        lockable => words::lockable(lockable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::doctor::State;

    #[test]
    fn too_little_memory_to_lock_matters_where_the_machine_swaps() {
        assert_eq!(memory(None, true).state, State::Fine);
        assert_eq!(memory(Some(ENOUGH), true).state, State::Fine);
        assert_eq!(memory(Some(0), true).state, State::ToDo);
        assert_eq!(memory(Some(ENOUGH - 1), false).state, State::Note);
    }

    #[test]
    fn only_a_clock_that_is_said_to_be_off_needs_doing() {
        let all = [Synchronised::Yes, Synchronised::Unknown, Synchronised::No].map(|one| clock(one).state);
        assert_eq!(all, [State::Fine, State::Note, State::ToDo]);
    }
}
