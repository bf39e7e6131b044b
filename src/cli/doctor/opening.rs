//! Whether the vault opens. It is asked for once; whoever types nothing leaves it closed.

use crate::cli::context::Context;
use crate::explain::doctor::{Finding, vault as words};
use crate::explain::{Explain as _, Explanation};
use crate::vault::{LockInfo, Sealed, Session, Unlock};

/// Why it was not opened.
#[derive(Debug)]
pub(super) enum Closed {
    /// Nothing that opens it was given, or typed.
    Left(Option<Explanation>),
    /// What was given does not open it.
    Fails(Explanation),
}

/// Opens the vault with what was given, by the agent, or with what is typed once.
pub(super) fn open(sealed: Sealed, context: &mut Context) -> Result<Session, Closed> {
    let is_given = context.global.passphrase_file.is_some() || !context.global.identity.is_empty();
    if is_given {
        return context.open(sealed).map_err(|failure| Closed::Fails(failure.explanation().clone()));
    }
    let sealed = match context.by_agent(sealed) {
        Ok(session) => return Ok(session),
        Err(sealed) => *sealed,
    };
    let LockInfo::Passphrase { work_factor } = *sealed.lock() else { return Err(Closed::Left(None)) };
    if !context.can_ask() {
        return Err(Closed::Left(None));
    }
    let left = |failure: crate::cli::failure::Failure| Closed::Left(Some(failure.explanation().clone()));
    context.accept_cost(work_factor).map_err(left)?;
    let passphrase = context.passphrase("passphrase").map_err(left)?;
    sealed.open(Unlock::Passphrase(&passphrase)).map_err(|error| Closed::Fails(error.explain()))
}

pub(super) fn finding(opened: &Result<Session, Closed>) -> Finding {
    match opened {
        Ok(session) => words::opens(session.vault().devices().len()),
        Err(Closed::Left(why)) => words::unopened(why.as_ref()),
        Err(Closed::Fails(why)) => Finding::stopped("opening", why),
    }
}
