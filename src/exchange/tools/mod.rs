//! What readers and writers of formats share: how files are written, not of which app they are.

pub(super) mod bytes;
pub(super) mod cipher;
pub(super) mod draft;
pub(super) mod facts;
mod file;
mod fuzzed;
pub(super) mod google;
pub(super) mod java;
pub(super) mod json;
pub(super) mod kdf;
pub(super) mod protobuf;
pub(super) mod sheet;
pub(super) mod xml;
pub(super) mod zip;

pub use file::File;
pub use zip::MAX_UNPACKED;
