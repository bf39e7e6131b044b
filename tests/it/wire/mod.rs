//! What goes over the wire: keys that come in, frames and clipboards that go out.

mod budget;
mod clipboard;
mod emulator;
mod faults;
mod input;
mod modes;
mod screen;
