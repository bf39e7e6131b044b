//! `man`: the manual pages.

use super::context::Context;
use super::failure::Failure;
use crate::explain::{Exit, FileProblem, Trouble};
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  keyfob man | man -l -                 reads keyfob's own page
  keyfob man /usr/local/share/man/man1  writes all pages there";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Write a page for each command into this folder; without it, keyfob's own page is printed
    #[arg(value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
}

pub(super) fn run(
    arguments: &Arguments,
    whole: clap::Command,
    context: &mut Context,
) -> Result<Exit, Failure> {
    if let Some(folder) = &arguments.folder {
        clap_mangen::generate_to(whole, folder)
            .map_err(|error| Trouble::File(folder.clone(), FileProblem::System(error)))?;
    } else {
        let mut page = Vec::new();
        clap_mangen::Man::new(whole).render(&mut page).map_err(Trouble::Output)?;
        context.out.raw(&page);
    }
    Ok(Exit::Done)
}
