//! What means harm, everywhere: strings, files, signals, owners; and that nothing secret leaves the program.

mod commands;
mod screens;
mod stream;
mod strings;
