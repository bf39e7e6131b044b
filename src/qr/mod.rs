//! QR codes drawn: for a terminal, as a PNG, as SVG. What is in them is as secret as what they are made of.

mod blocks;
mod matrix;
mod pages;
mod png;
mod svg;

pub use blocks::{Ink, Shade, cells, draw};
pub use matrix::{Matrix, QUIET, Redundancy};
pub use pages::pages;
pub use png::to_png;
pub use svg::to_svg;
