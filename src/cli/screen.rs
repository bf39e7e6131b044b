//! The full-screen interface, from the command line.

use super::context::Context;
use super::failure::Failure;
use crate::explain::Exit;

pub(super) fn run(context: &mut Context) -> Result<Exit, Failure> {
    let _ = context;
    Ok(Exit::Done)
}

pub(super) fn demo(context: &mut Context) -> Result<Exit, Failure> {
    let _ = context;
    Ok(Exit::Done)
}
