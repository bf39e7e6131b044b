//! `completions`: what a shell needs to complete keyfob's words.

use super::context::Context;
use crate::explain::Exit;
use clap::Args;
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  keyfob completions bash > ~/.local/share/bash-completion/completions/keyfob
  keyfob completions fish > ~/.config/fish/completions/keyfob.fish";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
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
