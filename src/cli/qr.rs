//! `qr`: draws a device's QR code on the terminal, or writes a picture of it.

use super::code::on_token;
use super::context::{Context, is_stdin};
use super::failure::Failure;
use super::open::pick;
use crate::device::{Device, otpauth};
use crate::explain::{Exit, Misuse, Trouble, report};
use crate::qr::{Ink, Matrix, Redundancy, draw, to_png, to_svg};
use crate::terminal::appearance;
use crate::vault::disk::RealDisk;
use crate::vault::{Session, VaultError, write_new_file};
use clap::Args;
use rustix::termios::{isatty, tcgetwinsize};
use std::io::stdout;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  keyfob qr github                      on the terminal, for a phone to scan
  keyfob qr github --svg github.svg     a picture, which nobody but you can read

A QR code holds the secret: whoever sees it has the device.";

/// How large a terminal is that does not say it.
const USUAL: (usize, usize) = (80, 24);

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Which device: an id, issuer:account, or any text that only one device has
    query: String,
    /// Write a PNG, which must not be there yet
    #[arg(long, value_name = "FILE")]
    png: Option<PathBuf>,
    /// Write an SVG, which must not be there yet
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

impl Arguments {
    fn files(&self) -> impl Iterator<Item = &Path> {
        self.png.iter().chain(&self.svg).map(PathBuf::as_path)
    }
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    // Said before anybody types a passphrase.
    for file in arguments.files() {
        if is_stdin(file) {
            return Err(context.misuse(&Misuse::NotATerminal));
        }
        if file.symlink_metadata().is_ok() {
            return Err(VaultError::Exists { path: file.to_owned() }.into());
        }
    }
    let to_terminal = arguments.files().next().is_none();
    if to_terminal && !isatty(stdout()) {
        return Err(context.misuse(&Misuse::NotATerminal));
    }
    let session = context.unlock_in_person()?;
    let device = pick(session.vault(), &arguments.query)?.clone();
    on_token(&device)?;
    if to_terminal {
        return on_terminal(&device, context);
    }
    let code = Matrix::new(&otpauth::to_uri(&device), Redundancy::Paper)
        .ok_or_else(|| Trouble::NoQrCode(device.label()))?;
    if let Some(path) = &arguments.png {
        let bytes = to_png(&code).map_err(|error| Trouble::Output(std::io::Error::other(error)))?;
        write(path, &bytes, &device, &session, context)?;
    }
    if let Some(path) = &arguments.svg {
        write(path, to_svg(&code).as_bytes(), &device, &session, context)?;
    }
    context.out.note(report::code_in_clear());
    Ok(Exit::Done)
}

fn write(
    path: &Path,
    bytes: &[u8],
    device: &Device,
    session: &Session,
    context: &mut Context,
) -> Result<(), Failure> {
    if session.store().is_own(path) {
        return Err(VaultError::OwnFile { path: path.to_owned() }.into());
    }
    write_new_file(&RealDisk, path, bytes, false)?;
    context.out.print(&report::wrote_code(device, path, bytes.len()));
    Ok(())
}

/// The smallest code there is of the device, with a line left for the prompt that comes after it.
fn on_terminal(device: &Device, context: &mut Context) -> Result<Exit, Failure> {
    let (columns, lines) = terminal_size();
    let look = appearance(|name| std::env::var(name).ok());
    let ink = Ink::new(look.colour, look.unicode);
    // Of the two ways to write its URI the one that makes the smaller code: on a terminal every line counts.
    let uris = [otpauth::to_uri(device), otpauth::to_short_uri(device)];
    let code = Matrix::smallest(uris.iter().map(|uri| uri.as_str()), Redundancy::Least)
        .ok_or_else(|| Trouble::NoQrCode(device.label()))?;
    let Some(quiet) = ink.quiet_zone_within(&code, columns, lines.saturating_sub(1)) else {
        let (wide, high) = ink.cells(&code, 1);
        return Err(Trouble::QrTooLarge { needs: (wide, high + 1), has: (columns, lines) }.into());
    };
    if matches!(ink, Ink::PlainBlocks | Ink::PlainAscii) {
        context.out.note(report::note::plain_code());
    }
    context.out.print(&draw(&code, quiet, ink));
    Ok(Exit::Done)
}

fn terminal_size() -> (usize, usize) {
    match tcgetwinsize(stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col.into(), size.ws_row.into()),
        _ => USUAL,
    }
}
