//! What the full-screen interface says: one sentence each, ASCII, without a secret.

mod brought;
mod fixed;
mod listed;
mod made;
mod typed;

pub use brought::*;
pub use fixed::*;
pub use listed::*;
pub use made::*;
pub use typed::*;
