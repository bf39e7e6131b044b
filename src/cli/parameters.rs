//! How codes come about, from the command line.

use super::context::Context;
use super::failure::Failure;
use super::values::number;
use crate::explain::{Exit, Misuse, Reason as _};
use crate::otp::{Algorithm, Digits, Kind, Method, ParameterError, Period};
use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(super) struct Parameters {
    /// How codes come about (with --secret-file or --generate; otherwise the URI or QR code says it). A hardware
    /// token has a --serial, and no secret that could be kept
    #[arg(long, value_enum, conflicts_with_all = ["uri", "qr"])]
    kind: Option<KindName>,
    /// The hash
    #[arg(long, value_enum, conflicts_with_all = ["uri", "qr"])]
    algorithm: Option<AlgorithmName>,
    /// How many digits a code has: 6 to 10
    #[arg(long, value_name = "N", value_parser = number, conflicts_with_all = ["uri", "qr"])]
    digits: Option<u64>,
    /// The time step in seconds: 1 to 300
    #[arg(long, value_name = "S", value_parser = number, conflicts_with_all = ["uri", "qr"])]
    period: Option<u64>,
    /// The counter of the next code (hotp)
    #[arg(long, value_name = "C", value_parser = number, conflicts_with_all = ["uri", "qr"])]
    counter: Option<u64>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum KindName {
    Totp,
    Hotp,
    Steam,
    Hardware,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum AlgorithmName {
    Sha1,
    Sha256,
    Sha512,
}

impl Parameters {
    /// How codes come about, by the options; one that means nothing for this kind is an error.
    pub(super) fn method(&self, context: &Context) -> Result<Method, Failure> {
        let kind = match self.kind {
            None | Some(KindName::Totp) => Kind::Totp,
            Some(KindName::Hotp) => Kind::Hotp,
            Some(KindName::Steam) => Kind::Steam,
            Some(KindName::Hardware) => Kind::Hardware,
        };
        let is_fixed = matches!(kind, Kind::Steam | Kind::Hardware);
        let foreign = [
            ("--algorithm", self.algorithm.is_some() && is_fixed),
            ("--digits", self.digits.is_some() && is_fixed),
            ("--period", self.period.is_some() && kind != Kind::Totp),
            ("--counter", self.counter.is_some() && kind != Kind::Hotp),
        ];
        if let Some((option, _)) = foreign.into_iter().find(|(_, given)| *given) {
            return Err(context.misuse(&Misuse::NotForKind { option, kind: kind.as_str() }));
        }
        let algorithm = match self.algorithm {
            None | Some(AlgorithmName::Sha1) => Algorithm::Sha1,
            Some(AlgorithmName::Sha256) => Algorithm::Sha256,
            Some(AlgorithmName::Sha512) => Algorithm::Sha512,
        };
        let digits =
            self.digits.map_or(Ok(Digits::SIX), Digits::new).map_err(|error| of("--digits", error))?;
        let period =
            self.period.map_or(Ok(Period::THIRTY), Period::new).map_err(|error| of("--period", error))?;
        Ok(match kind {
            Kind::Totp => Method::Totp { algorithm, digits, period },
            Kind::Hotp => Method::Hotp { algorithm, digits, counter: self.counter.unwrap_or(0) },
            Kind::Steam => Method::Steam,
            Kind::Hardware => Method::Hardware,
        })
    }
}

fn of(option: &'static str, error: ParameterError) -> Failure {
    let told: Failure = error.about(option).into();
    told.with_exit(Exit::Usage)
}
