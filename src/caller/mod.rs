//! AWS as somebody calls it: the AWS CLI's files and variables, keys, endpoints, the sessions that are kept, and the steps
//! of an enrolment. The command line and the full screen call it in the same way.
//!
//! What a person has to do in between (a code, a save) is up to whoever calls.

mod cache;
mod enrolment;
mod files;
mod iam;
mod keys;
mod way;

pub use cache::{Cache, Folders, Held, forget};
pub use enrolment::candidate;
pub use files::{config, usual_profile};
pub use iam::{Asked, Caller, Pace};
pub use keys::{Programs, not_inside, of_base};
pub use way::{Wanted, Way, mfa, mfa_serial, wire};
