//! `completions`: what a shell needs to complete keyfob's words, and the names of devices where an agent holds the vault.

use super::context::Context;
use crate::explain::Exit;
use clap::Args;
use clap::builder::PossibleValue;
use clap_complete::Shell;
use std::fmt::Write as _;

const EXAMPLES: &str = "\
Examples:
  keyfob completions bash > ~/.local/share/bash-completion/completions/keyfob
  keyfob completions fish > ~/.config/fish/completions/keyfob.fish

Device names are completed while the agent holds the vault: keyfob agent.";

/// What completes a device's name: after clap's own script, in zsh's and PowerShell's within it.
const BASH: &str = include_str!("completions/names.bash");
const FISH: &str = include_str!("completions/names.fish");
const ELVISH: &str = include_str!("completions/names.elv");
const POWERSHELL: &str = include_str!("completions/names.ps1");
const ZSH: &str = include_str!("completions/names.zsh");
/// How clap's zsh script begins the line of a QUERY that picks one device, and what it completes it with.
const ZSH_QUERY: &str = "':query -- Which device";
const ZSH_ANYTHING: &str = ":_default'";
/// Where clap's PowerShell script has collected what fits.
const POWERSHELL_END: &str = "    $completions.Where{";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Which shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, mut whole: clap::Command, context: &mut Context) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut whole, "keyfob", &mut script);
    let words = fish_words(&whole);
    let script = String::from_utf8_lossy(&script);
    context.out.print(&match arguments.shell {
        Shell::Bash => format!("{script}\n{BASH}"),
        Shell::Fish => format!("{script}{words}\n{FISH}"),
        Shell::Elvish => format!("{script}\n{ELVISH}"),
        Shell::PowerShell => script.replacen(POWERSHELL_END, &format!("{POWERSHELL}{POWERSHELL_END}"), 1),
        Shell::Zsh => zsh(&script),
        _ => script.into_owned(),
    });
    Exit::Done
}

/// What fish completes the words of commands with that are one of a few: clap's script tells it those of options alone.
fn fish_words(whole: &clap::Command) -> String {
    let mut lines = String::new();
    for command in whole.get_subcommands() {
        for word in command.get_positionals().filter(|word| !word.get_possible_values().is_empty()) {
            let values = word.get_possible_values();
            let values: Vec<_> = values.iter().map(PossibleValue::get_name).collect();
            let (name, values) = (command.get_name(), values.join(" "));
            let _ = writeln!(
                lines,
                "complete -c keyfob -n \"__fish_keyfob_using_subcommand {name}\" -f -a \"{values}\""
            );
        }
    }
    lines
}

fn zsh(script: &str) -> String {
    let mut out = String::with_capacity(script.len() + ZSH.len());
    for line in script.lines() {
        match line.strip_prefix(ZSH_QUERY).and_then(|rest| rest.split_once(ZSH_ANYTHING)) {
            Some((words, rest)) => {
                out.extend([ZSH_QUERY, words, ":_keyfob_devices'", rest, "\n"]);
            }
            None => out.extend([line, "\n"]),
        }
        if line == "autoload -U is-at-least" {
            out.extend(["\n", ZSH]);
        }
    }
    out
}
