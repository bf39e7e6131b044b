//! What the full-screen interface says: one sentence each, ASCII, without a secret.

mod fixed;
mod listed;
mod made;
mod typed;

pub use fixed::*;
pub use listed::*;
pub use made::*;
pub use typed::*;
