//! The age header, looked at before the age crate sees it.
