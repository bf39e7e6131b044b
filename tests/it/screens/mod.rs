//! What is drawn: whole screens at several sizes, with a clock that stands still.

mod pictures;
