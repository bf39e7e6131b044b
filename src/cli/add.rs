//! `add`: adds one device, or those of one picture or migration URI.

use super::context::{Context, is_stdin};
use super::failure::Failure;
use super::open::read_file;
use super::parameters::Parameters;
use super::values::{line, some_line, texts};
use super::{import, intake};
use crate::device::{Candidate, Device, otpauth};
use crate::exchange::{
    Entry, Intake, Item, Names, Outcome, Part, Place, Refusal, is_migration_uri, missing_parts,
};
use crate::explain::{Exit, Explain, FileProblem, Misuse, Reason as _, Trouble, report};
use crate::foreign::{NotRead, PICTURE, of_text, picture_contents};
use crate::otp::{Algorithm, Method, Secret};
use crate::picture;
use crate::text::Text;
use crate::vault::{Applied, Change, ChangeError, Reason};
use clap::Args;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The longest text that is read as a URI or a secret, in bytes: more than any of them has, so that
/// what is wrong with it can be said.
const MAX_BYTES: u64 = 64 << 10;

const EXAMPLES: &str = "\
Examples:
  wl-paste | keyfob add -               the otpauth URI on the clipboard
  keyfob add --qr shot.png              what the QR codes in a picture say
  ssh host keyfob add --qr - < shot.png
  keyfob add --issuer GitHub --account alice --secret-file -
  keyfob add --issuer Lab --account vpn --kind hotp --generate
  keyfob add --issuer AWS --account root --kind hardware --serial GAHT12345678

An otpauth URI holds the secret. On the command line other users of this machine may see it and the \
shell may keep it: `-` reads it from standard input.";

/// Where a device comes from, as usage errors say it.
const NO_SOURCE: [&str; 1] = ["one of URI or --qr or --secret-file or --generate"];

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    source: Source,
    /// Who asks for its codes
    #[arg(long, value_name = "I")]
    issuer: Option<String>,
    /// Whom they are for
    #[arg(long, value_name = "A")]
    account: Option<String>,
    #[command(flatten)]
    parameters: Parameters,
    /// What the issuer calls the device: an AWS MFA ARN, or a token's serial number
    #[arg(long, value_name = "S")]
    serial: Option<String>,
    /// A word to find it by (repeatable)
    #[arg(long, value_name = "T")]
    tag: Vec<String>,
}

#[derive(Debug, Args)]
#[group(multiple = false)]
struct Source {
    /// An otpauth URI, or a migration URI with several devices; `-` reads it from standard input
    uri: Option<String>,
    /// A picture with QR codes (PNG, JPEG, WebP, GIF, BMP); `-` is standard input
    #[arg(long, value_name = "IMAGE")]
    qr: Option<PathBuf>,
    /// Read the secret, in base32, from F; `-` is standard input
    #[arg(long, value_name = "F")]
    secret_file: Option<PathBuf>,
    /// Draw a new secret, and print it in base32: the issuer needs it, and it is shown nowhere else
    #[arg(long)]
    generate: bool,
}

pub(super) fn run(mut arguments: Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let uri = arguments.source.uri.take().map(Zeroizing::new);
    let uri = uri.map(|uri| uri_of(uri, context)).transpose()?;
    let codes = match &uri {
        Some(uri) if is_migration_uri(uri) => Some(from_migration(uri)?),
        _ => from_picture(&arguments, context)?,
    };
    let candidate = match codes {
        Some(Codes::One(candidate)) => named(*candidate, &arguments)?,
        Some(Codes::Other { format, entries }) => return several(format, entries, &arguments, context),
        None => candidate(&arguments, uri, context)?,
    };
    add(candidate, &arguments, context)
}

fn add(candidate: Candidate, arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    if candidate.secret.is_short() && candidate.method.has_secret() {
        context.out.note(report::note::short_secret(candidate.secret.expose(<[u8]>::len) * 8));
    }
    let mut session = context.unlock()?;
    let now = context.now();
    let change = Change::Add(Box::new(candidate));
    let added = session.update(Reason::Change, now, |vault| Ok(vault.apply(&change, now)));
    let Change::Add(candidate) = change else { return Ok(Exit::Done) };
    match added.map(|(applied, _)| applied) {
        Ok(Ok(applied)) => {
            let device =
                applied.id.and_then(|id| session.vault().get(id)).ok_or(ChangeError::NoSuchDevice)?;
            told(device, &applied, arguments, context)?;
            Ok(Exit::Done)
        }
        Ok(Err(error)) => Err(refused(&candidate, error, arguments, context)?),
        Err(failure) => Err(failure),
    }
}

fn told(
    device: &Device,
    applied: &Applied,
    arguments: &Arguments,
    context: &mut Context,
) -> Result<(), Failure> {
    let secret = arguments.source.generate.then(|| device.secret.to_base32());
    if context.global.json {
        let outcome = applied.id.map_or(Outcome::Refused(ChangeError::NoSuchDevice.into()), Outcome::New);
        let intake = one(&device.issuer, &device.account, &device.method, outcome);
        return head(arguments, secret).json(&intake, context);
    }
    match secret {
        // The secret alone, so that it can be passed on.
        Some(secret) => {
            context.out.print(&secret);
            context.out.print("\n");
            context.out.note(report::added(device).trim_end().to_owned());
        }
        None => context.out.print(&report::added(device)),
    }
    Ok(())
}

fn refused(
    candidate: &Candidate,
    error: ChangeError,
    arguments: &Arguments,
    context: &mut Context,
) -> Result<Failure, Failure> {
    let failure: Failure = match &error {
        ChangeError::SecretTaken { label, .. } if !candidate.method.has_secret() => {
            report::token_taken(label).into()
        }
        error => error.about(label(candidate)).into(),
    };
    if context.global.json {
        let outcome = Outcome::Refused(Refusal::Change(error));
        let intake = one(&candidate.issuer, &candidate.account, &candidate.method, outcome);
        head(arguments, None).json(&intake, context)?;
    }
    Ok(failure)
}

fn head(arguments: &Arguments, secret: Option<Zeroizing<String>>) -> intake::Head<'static> {
    let Source { qr, secret_file, generate, .. } = &arguments.source;
    let format = match (qr, secret_file, generate) {
        (Some(_), ..) => PICTURE,
        (None, None, false) => "uris",
        _ => "secret",
    };
    intake::Head { format, dry_run: false, secret, files: Vec::new() }
}

fn one(issuer: &Text, account: &Text, method: &Method, outcome: Outcome) -> Intake {
    let names = Names { issuer: issuer.clone(), account: account.clone() };
    Intake { items: vec![Item { place: Place::Entry(1), names, method: Some(*method), outcome }] }
}

fn label(candidate: &Candidate) -> String {
    match (candidate.issuer.is_empty(), candidate.account.is_empty()) {
        (false, false) => format!("{}:{}", candidate.issuer, candidate.account),
        (false, true) => candidate.issuer.to_string(),
        (true, false) => candidate.account.to_string(),
        (true, true) => "device".into(),
    }
}

/// The device that the command line describes.
fn candidate(
    arguments: &Arguments,
    uri: Option<Zeroizing<String>>,
    context: &Context,
) -> Result<Candidate, Failure> {
    let secret_file = arguments.source.secret_file.as_deref();
    let candidate = match (uri, secret_file) {
        (Some(uri), _) => otpauth::parse(&uri)?,
        (None, path) if !arguments.parameters.method(context)?.has_secret() => {
            return token(arguments, path.is_some(), context);
        }
        (None, None) if !arguments.source.generate => {
            return Err(context.misuse(&Misuse::Missing(NO_SOURCE.map(str::to_owned).to_vec())));
        }
        (None, Some(path)) => {
            context.one_stdin(&[("--secret-file", secret_file)])?;
            Candidate { method: arguments.parameters.method(context)?, ..Candidate::bare(secret_from(path)?) }
        }
        (None, None) => generated(arguments.parameters.method(context)?)?,
    };
    named(candidate, arguments)
}

/// A hardware token: what is kept of it is its serial number.
fn token(arguments: &Arguments, has_file: bool, context: &Context) -> Result<Candidate, Failure> {
    let options = [("--secret-file", has_file), ("--generate", arguments.source.generate)];
    if let Some((option, _)) = options.into_iter().find(|(_, given)| *given) {
        return Err(context.misuse(&Misuse::NotForKind { option, kind: "hardware" }));
    }
    let missing = || context.misuse(&Misuse::Missing(vec!["--serial".into()]));
    let serial = arguments.serial.as_deref().ok_or_else(missing)?;
    let serial = some_line("--serial", serial)?.ok_or_else(missing)?;
    named(Candidate::token(serial)?, arguments)
}

/// What the options call it goes before what it calls itself.
fn named(mut candidate: Candidate, arguments: &Arguments) -> Result<Candidate, Failure> {
    if let Some(issuer) = &arguments.issuer {
        candidate.issuer = line("--issuer", issuer)?;
    }
    if let Some(account) = &arguments.account {
        candidate.account = line("--account", account)?;
    }
    if let Some(serial) = &arguments.serial {
        candidate.serial = some_line("--serial", serial)?;
    }
    candidate.tags.extend(texts("--tag", &arguments.tag)?);
    Ok(candidate)
}

/// What a picture or a migration URI holds.
enum Codes {
    /// One device.
    One(Box<Candidate>),
    /// Several, or something that is no use.
    Other { format: &'static str, entries: Vec<Entry> },
}

impl Codes {
    fn new(format: &'static str, mut entries: Vec<Entry>, parts: &[Part]) -> Self {
        entries.extend(missing_parts(parts));
        match entries.as_mut_slice() {
            [Entry { found: Ok(candidate), .. }] => Self::One(Box::new(candidate.clone())),
            _ => Self::Other { format, entries },
        }
    }
}

fn from_picture(arguments: &Arguments, context: &Context) -> Result<Option<Codes>, Failure> {
    let Some(path) = &arguments.source.qr else { return Ok(None) };
    context.one_stdin(&[("--qr", Some(path))])?;
    let contents = picture_contents(path, &read_file(path, picture::MAX_BYTES)?)?;
    Ok(Some(Codes::new(PICTURE, contents.entries, &contents.parts)))
}

fn from_migration(uri: &str) -> Result<Codes, Failure> {
    let read = of_text(uri).map_err(|error| NotRead::Format("URI".into(), error))?;
    Ok(Codes::new("migration", read.entries, &read.parts))
}

/// Adds what several codes say, as `import` does.
fn several(
    format: &'static str,
    mut entries: Vec<Entry>,
    arguments: &Arguments,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let devices = entries.iter().filter(|entry| entry.found.is_ok()).count();
    let Arguments { issuer, account, serial, .. } = arguments;
    let names = [("--issuer", issuer), ("--account", account), ("--serial", serial)];
    if let Some((option, _)) = names.into_iter().find(|(_, value)| value.is_some()) {
        return Err(context.misuse(&Misuse::OnlyForOne { option, devices }));
    }
    let tags = texts("--tag", &arguments.tag)?;
    for candidate in entries.iter_mut().filter_map(|entry| entry.found.as_mut().ok()) {
        candidate.tags.extend(tags.iter().cloned());
    }
    let file = arguments.source.qr.as_deref().unwrap_or(Path::new("URI")).display().to_string();
    let head = intake::Head { format, files: vec![(file, entries.len())], ..head(arguments, None) };
    let intake = import::taken(entries, false, context)?;
    head.tell(&intake, context)
}

/// The URI that was given, or that standard input holds.
fn uri_of(uri: Zeroizing<String>, context: &Context) -> Result<Zeroizing<String>, Failure> {
    let path = Path::new(uri.as_str());
    context.one_stdin(&[("URI", Some(path))])?;
    let uri = if is_stdin(path) { text_of(path)? } else { uri };
    Ok(Zeroizing::new(uri.trim().to_owned()))
}

fn secret_from(path: &Path) -> Result<Secret, Failure> {
    let text = text_of(path)?;
    Secret::from_base32(text.trim()).map_err(|error| error.explain().into())
}

fn text_of(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let bytes = read_file(path, MAX_BYTES)?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(Trouble::File(path.into(), FileProblem::NotText).into()),
    }
}

/// A new secret as long as the hash's output, as RFC 4226 section 4 (R6) and RFC 6238 section 5.1 advise.
fn generated(method: Method) -> Result<Candidate, Failure> {
    let length = match method.algorithm() {
        Algorithm::Sha1 => 20,
        Algorithm::Sha256 => 32,
        Algorithm::Sha512 => 64,
    };
    let mut bytes = Zeroizing::new(vec![0; length]);
    getrandom::fill(&mut bytes)
        .map_err(|error| Trouble::NoRandom(std::io::Error::other(error.to_string())))?;
    Ok(Candidate { method, ..Candidate::bare(Secret::from_bytes(&bytes)?) })
}
