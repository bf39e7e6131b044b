//! `completions`: what a shell needs to complete keyfob's words.

use super::context::Context;
use crate::explain::Exit;
use clap::Args;
use clap_complete::Shell;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Which shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, mut whole: clap::Command, context: &mut Context) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut whole, "keyfob", &mut script);
    context.out.raw(&script);
    Exit::Done
}
