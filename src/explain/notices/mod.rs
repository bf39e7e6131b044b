//! What the full-screen interface says: one sentence each, ASCII, without a secret.

mod aws;
mod brought;
mod fixed;
mod keyed;
mod listed;
mod made;
mod typed;

pub use aws::*;
pub use brought::*;
pub use fixed::*;
pub use keyed::*;
pub use listed::*;
pub use made::*;
pub use typed::*;
