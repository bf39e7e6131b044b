//! `code`: prints a device's code and nothing else.

use super::config;
use super::context::Context;
use super::failure::Failure;
use super::fresh;
use super::open::pick;
use super::values::number;
use crate::clock::UnixTime;
use crate::device::{Device, DeviceId};
use crate::explain::{Exit, Explain as _, Misuse, Trouble, report};
use crate::otp::{Code, Period};
use crate::state::ViewChange;
use crate::terminal::clipboard::{Choice, NotSent, Obstacle, Once};
use crate::vault::{Change, ChangeError, Reason, Session, Vault};
use clap::Args;
use serde::Serialize;

const EXAMPLES: &str = "\
Examples:
  keyfob code github                    the code of this moment
  keyfob code github --fresh            waits for one that is not used yet
  keyfob code aws --at 1700000000 --json";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Which device: an id, issuer:account, or any text that only one device has
    query: String,
    /// The code of this moment, in Unix seconds, instead of now
    #[arg(long, value_name = "UNIX", value_parser = number, conflicts_with = "fresh")]
    at: Option<u64>,
    /// The code after this one
    #[arg(long)]
    next: bool,
    /// Wait for a step whose code was not handed out before: services refuse a code twice
    #[arg(long)]
    fresh: bool,
    /// Send it to the terminal's clipboard too (OSC 52), which works over SSH, unless config.toml forbids it
    #[arg(long)]
    copy: bool,
}

/// A code that is handed out.
pub(super) struct Handed {
    pub(super) code: Code,
    /// The one after it; none where nobody but a token knows it.
    pub(super) next: Option<Code>,
    /// The time step's first second and the one after its last; none for HOTP.
    pub(super) valid: Option<(UnixTime, UnixTime)>,
    /// HOTP's counter.
    pub(super) counter: Option<u64>,
}

#[derive(Serialize)]
struct Told<'a> {
    id: String,
    issuer: &'a str,
    account: &'a str,
    kind: &'static str,
    code: &'a str,
    next: Option<&'a str>,
    valid_from: Option<u64>,
    valid_until: Option<u64>,
    counter: Option<u64>,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let choice = if arguments.copy { config::read()?.clipboard.value } else { Choice::Off };
    let mut session = context.unlock()?;
    let device = pick(session.vault(), &arguments.query)?.clone();
    on_token(&device)?;
    let clipboard = arguments.copy.then(|| clipboard(choice)).transpose()?;
    let handed = match device.method.period() {
        Some(period) => of_step(&device, step(&device, arguments, context)?, period),
        None => of_counter(&device, arguments, &mut session, context)?,
    };
    if arguments.at.is_none() {
        remember_use(session.vault(), device.id, context);
    }
    if let Some(clipboard) = clipboard {
        copy(&handed.code, clipboard, context);
    }
    tell(&device, &handed, context)?;
    Ok(Exit::Done)
}

/// Refuses a token: its codes are not here.
pub(super) fn on_token(device: &Device) -> Result<(), Failure> {
    if device.has_secret() { Ok(()) } else { Err(Trouble::OnToken(device.label()).into()) }
}

/// Prints the code and nothing else, or its JSON.
pub(super) fn tell(device: &Device, handed: &Handed, context: &mut Context) -> Result<(), Failure> {
    if context.global.json {
        return context.out.json(&told(device, handed));
    }
    context.out.print(handed.code.as_str());
    context.out.print("\n");
    Ok(())
}

/// The clipboard, or why there is none. Asked for first: a counter shall not be used up for want of a terminal.
fn clipboard(choice: Choice) -> Result<Result<Once, Obstacle>, Failure> {
    match Once::open(choice, |name| std::env::var(name).ok()) {
        Ok(once) => Ok(Ok(once)),
        Err(NotSent::Nowhere(obstacle)) => Ok(Err(obstacle)),
        Err(NotSent::Terminal(error)) => Err(error.into()),
    }
}

/// A code that is not sent is printed all the same: HOTP's comes only once.
fn copy(code: &Code, clipboard: Result<Once, Obstacle>, context: &mut Context) {
    context.out.note(match clipboard {
        Err(obstacle) => report::note::not_sent(obstacle.why()),
        Ok(mut once) => match once.send(code.as_str()) {
            Ok(warning) => report::note::sent(warning.as_deref()),
            Err(error) => report::note::not_sent(&error.explain().message),
        },
    });
}

/// The step whose code is wanted, by the device's clock. What is handed out for now is remembered, for `--fresh` to wait for the next.
fn step(device: &Device, arguments: &Arguments, context: &Context) -> Result<u64, Failure> {
    let ahead = u64::from(arguments.next);
    if let Some(at) = arguments.at {
        return Ok(device.factor_at(UnixTime(at)).saturating_add(ahead));
    }
    if arguments.fresh && context.global.read_only {
        // What was handed out would have to be written down.
        return Err(context.misuse(&Misuse::ReadOnly));
    }
    if arguments.fresh {
        return fresh::take_step(device, ahead, &context.state()?, context.time.as_ref());
    }
    let step = device.factor_at(context.now()).saturating_add(ahead);
    if let Ok(state) = context.state() {
        // Whoever did not ask for a fresh code gets this one, remembered or not.
        let _ = state.spend(device.id, step);
    }
    Ok(step)
}

/// The full screen can list the device that was used last first.
pub(super) fn remember_use(vault: &Vault, device: DeviceId, context: &Context) {
    if let Ok(state) = context.state() {
        let _ = state.change_view(vault.id(), &ViewChange::Used(device));
    }
}

/// The code of a time step.
pub(super) fn of_step(device: &Device, step: u64, period: Period) -> Handed {
    Handed {
        code: device.code(step),
        next: Some(device.code(step.wrapping_add(1))),
        valid: device.start_of(step).map(|from| (from, from.plus(period.get()))),
        counter: None,
    }
}

/// HOTP's next code: the new counter is on disk before the code is known (RFC 4226 section 7.2).
fn of_counter(
    device: &Device,
    arguments: &Arguments,
    session: &mut Session,
    context: &Context,
) -> Result<Handed, Failure> {
    if context.global.read_only {
        return Err(context.misuse(&Misuse::ReadOnly));
    }
    if arguments.at.is_some() {
        // Whoever asks for a code of another time does not mean to use a counter up.
        return Err(context.misuse(&Misuse::NotForKind { option: "--at", kind: "hotp" }));
    }
    let now = context.now();
    let advance = Change::Advance(device.id);
    let (counter, _) = session.update(Reason::Change, now, |vault| -> Result<_, Failure> {
        let mut applied = vault.apply(&advance, now)?;
        if arguments.next {
            applied = vault.apply(&advance, now)?;
        }
        Ok(applied.factor.ok_or(ChangeError::NotHotp)?)
    })?;
    Ok(Handed {
        code: device.code(counter),
        next: Some(device.code(counter.wrapping_add(1))),
        valid: None,
        counter: Some(counter),
    })
}

fn told<'a>(device: &'a Device, handed: &'a Handed) -> Told<'a> {
    Told {
        id: device.id.to_string(),
        issuer: device.issuer.raw(),
        account: device.account.raw(),
        kind: device.method.kind().as_str(),
        code: handed.code.as_str(),
        next: handed.next.as_ref().map(Code::as_str),
        valid_from: handed.valid.map(|(from, _)| from.0),
        valid_until: handed.valid.map(|(_, until)| until.0),
        counter: handed.counter,
    }
}
