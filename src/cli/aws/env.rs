//! `aws env`: a session as variables, for a shell's `eval`.

use super::session::Asked;
use super::variables;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::explain::Exit;
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  eval \"$(keyfob aws env --profile base)\"      for sh, bash and zsh

`keyfob aws exec` is better where one command needs them: a shell's variables stay.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    asked: Asked,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let (session, way) = arguments.asked.session(context)?;
    context.out.print(&format!("unset {}\n", variables::GONE.join(" ")));
    for (name, value) in variables::of(&session, &way) {
        let quoted = value.replace('\'', r"'\''");
        context.out.print(&format!("export {name}='{quoted}'\n"));
    }
    Ok(Exit::Done)
}
