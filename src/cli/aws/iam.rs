//! Who calls IAM, and for which user.

use super::session::session;
use crate::caller::{self, Caller, Programs, Wanted};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::device::Device;
use clap::Args;

#[derive(Debug, Args)]
pub(in crate::cli) struct Who {
    /// The profile whose keys sign; else the keys of the environment, else `AWS_PROFILE`, else `default`
    #[arg(long, value_name = "P")]
    profile: Option<String>,
    /// The user whose devices these are; else the one that the keys belong to
    #[arg(long, value_name = "U")]
    user: Option<String>,
}

impl Who {
    fn asked(&self) -> caller::Asked {
        caller::Asked { profile: self.profile.clone(), user: self.user.clone() }
    }

    /// The user, where one was named.
    pub(super) fn named(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// Gets the keys: the profile's own, or those of a session where it takes on a role.
    pub(super) fn caller(&self, context: &mut Context) -> Result<Caller, Failure> {
        let pace = context.pace();
        self.asked().caller(Programs::Allowed, pace, |wanted: &Wanted| Ok(session(wanted, context)?.0.keys))
    }

    /// The user that is meant: the one that was named, the one that the device was enrolled for, or the one that the
    /// keys belong to.
    pub(super) fn user(&self, device: Option<&Device>, caller: &Caller) -> Result<String, Failure> {
        Ok(self.asked().user(device, caller)?)
    }

    /// Takes a session's keys instead, which prove a code: accounts often ask for that before a device is taken away.
    /// Whether there is a device to prove it with.
    pub(super) fn prove(&self, caller: &mut Caller, context: &mut Context) -> Result<bool, Failure> {
        if !caller.may_prove() {
            return Ok(false);
        }
        let wanted = Wanted::of_profile(self.profile.as_deref());
        caller.prove_with(session(&wanted, context)?.0.keys);
        Ok(true)
    }
}
