//! `check`: what typed codes prove.

use super::code::on_token;
use super::context::Context;
use super::failure::Failure;
use super::json::Named;
use super::open::pick;
use super::values::{number, window};
use crate::clock::{Synchronised, UnixTime};
use crate::device::Device;
use crate::device::enrolment::{self, Answer, Place, Verdict};
use crate::explain::verdict::{Typed, sentence};
use crate::explain::{Exit, Reason as _, report};
use crate::otp::Code;
use crate::vault::Change;
use clap::Args;
use serde::Serialize;

const EXAMPLES: &str = "\
Examples:
  keyfob check aws 123456 654321        the two codes in a row that AWS wants
  keyfob check aws 123456               one code, and how far off its clock is";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Which device: an id, issuer:account, or any text that only one device has
    query: String,
    /// A code; spaces in it do not matter
    code1: String,
    /// The code after it
    code2: Option<String>,
    /// The time to take for now, in Unix seconds
    #[arg(long, value_name = "UNIX", value_parser = number)]
    at: Option<u64>,
    /// How many steps to either side are looked at (hotp: counters ahead) [default: 20, hotp: 50]
    #[arg(long, value_name = "N", value_parser = window)]
    window: Option<u32>,
}

#[derive(Serialize)]
struct Told<'a> {
    verdict: &'static str,
    device: Named<'a>,
    drift_steps: Option<i64>,
    drift_seconds: Option<i64>,
    belongs_to: Option<Named<'a>>,
    first: Option<PlaceFields>,
    second: Option<PlaceFields>,
}

#[derive(Serialize)]
struct PlaceFields {
    step: u64,
    valid_from: Option<u64>,
}

impl From<Place> for PlaceFields {
    fn from(place: Place) -> Self {
        Self { step: place.factor, valid_from: place.valid_from.map(|time| time.0) }
    }
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let mut session = context.unlock()?;
    let vault = session.vault();
    let device = pick(vault, &arguments.query)?;
    on_token(device)?;
    let code = |name, typed: &str| {
        Code::parse(typed, &device.method).map_err(|error| Failure::from(error.about(name)))
    };
    let first = code("CODE1", &arguments.code1)?;
    let second = arguments.code2.as_deref().map(|typed| code("CODE2", typed)).transpose()?;
    let now = arguments.at.map_or_else(|| context.now(), UnixTime);
    let answer = enrolment::check(device, vault.devices(), first, second, now, arguments.window);
    let other = answer.belongs_to.and_then(|id| vault.get(id));
    tell(&answer, device, other, arguments, context)?;
    let doubtful = matches!(answer.verdict, Verdict::Drifted | Verdict::NoMatch);
    if doubtful && arguments.at.is_none() && context.time.synchronised() == Synchronised::No {
        context.out.note(report::note::UNSYNCHRONISED.to_owned());
    }
    if !answer.verdict.is_good() {
        return Ok(Exit::No);
    }
    if arguments.at.is_none() && !context.global.read_only {
        let id = device.id;
        context.remember(&mut session, &Change::Checked(id), now);
    }
    Ok(Exit::Done)
}

fn tell(
    answer: &Answer,
    device: &Device,
    other: Option<&Device>,
    arguments: &Arguments,
    context: &mut Context,
) -> Result<(), Failure> {
    if context.global.json {
        return context.out.json(&Told {
            verdict: answer.verdict.as_str(),
            device: device.into(),
            drift_steps: answer.drift_steps,
            drift_seconds: answer.drift_seconds,
            belongs_to: other.map(Named::from),
            first: answer.first.map(PlaceFields::from),
            second: answer.second.map(PlaceFields::from),
        });
    }
    let typed = if arguments.code2.is_some() { Typed::Two } else { Typed::One };
    let label = other.map(Device::label);
    context.out.print(&sentence(answer, device, typed, label.as_deref(), arguments.window));
    context.out.print("\n");
    Ok(())
}
