//! What the full-screen interface says: one sentence each, ASCII, without a secret.

mod fixed;
mod made;
mod typed;

pub use fixed::*;
pub use made::*;
pub use typed::*;
