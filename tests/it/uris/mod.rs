//! otpauth URIs, both ways.

mod accepted;
mod aws;
mod refused;
mod round_trip;
pub(crate) mod samples;

use keyfob::device::Candidate;
use keyfob::device::otpauth::parse;

/// A secret of 10 bytes, which no error may repeat.
const SECRET: &str = "JBSWY3DPEHPK3PXP";

/// The URI with [`SECRET`] where it says `SECRET`.
fn uri(form: &str) -> String {
    form.replace("SECRET", SECRET)
}

fn taken(form: &str) -> Candidate {
    parse(&uri(form)).unwrap_or_else(|error| panic!("{form}: {error:?}"))
}
