//! `completions`: what a shell needs to complete keyfob's words.

use super::args::CommandLine;
use super::context::Context;
use crate::explain::Exit;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Which shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut CommandLine::command(), "keyfob", &mut script);
    context.out.raw(&script);
    Exit::Done
}
