//! Waiting for a step whose code was not handed out before (RFC 6238 section 5.2: a code is taken once).

use super::context::Time;
use super::failure::Failure;
use super::output::note;
use crate::device::Device;
use crate::explain::{FileProblem, Trouble, report};
use crate::state::{State, StateError};
#[cfg(feature = "aws")]
use crate::{state::fresh_pair, vault::VaultId};
use std::time::Duration;

/// Takes the first step from `ahead` steps after now on whose code nobody was handed, and remembers it;
/// waits for it to come as near as that where it has not.
pub(super) fn take_step(device: &Device, ahead: u64, state: &State, time: &dyn Time) -> Result<u64, Failure> {
    loop {
        let now = time.now();
        let wanted = device.factor_at(now).saturating_add(ahead);
        let Some(last) = state.spend(device.id, wanted).map_err(not_remembered)? else { return Ok(wanted) };
        let fresh = device.start_of(last.saturating_add(1).saturating_sub(ahead));
        let seconds = fresh.map_or(0, |from| from.since(now));
        note(&report::note::waiting(seconds));
        time.sleep(Duration::from_secs(seconds));
    }
}

/// Takes the step of now, where neither its code nor the one before it was handed out; waits where one was. Both
/// go to whoever asks for two codes in a row.
#[cfg(feature = "aws")]
pub(super) fn take_pair(
    device: &Device,
    vault: VaultId,
    state: &State,
    time: &dyn Time,
) -> Result<u64, Failure> {
    loop {
        let spent = state.recall(vault).spent.get(&device.id).copied();
        let Err(next) = fresh_pair(spent, device.factor_at(time.now())) else {
            return take_step(device, 0, state, time);
        };
        let fresh = device.start_of(next);
        let seconds = fresh.map_or(0, |from| from.since(time.now()));
        note(&report::note::waiting(seconds));
        time.sleep(Duration::from_secs(seconds));
    }
}

fn not_remembered(error: StateError) -> Trouble {
    Trouble::File(error.file, FileProblem::System(error.error))
}
