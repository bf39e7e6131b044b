//! The formats, one file each. Each has a `FORMAT`, and a row in the table.

pub(super) mod keyfob;
pub(super) mod migration;
pub(super) mod pass;
pub(super) mod uris;
