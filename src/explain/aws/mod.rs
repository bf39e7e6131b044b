//! What is wrong with AWS profiles, and what AWS says.

mod calls;
mod enrolment;
pub mod notes;
mod profiles;

pub use enrolment::{NoEnrolment, NoUser, Stuck};
pub use profiles::{BadAwsFile, NoAwsCode, NoAwsKeys};
