//! A QR code as SVG.

use super::matrix::{Matrix, QUIET};
use std::fmt::Write;
use zeroize::Zeroizing;

/// The picture, for a page or for a file of its own: black on white, one unit a module. No scripts, no styles, nothing
/// from elsewhere.
pub fn to_svg(code: &Matrix) -> Zeroizing<String> {
    let side = code.side() + 2 * QUIET;
    let mut svg = Zeroizing::new(String::with_capacity(side * side * 8 + 400));
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\""
    );
    for (y, row) in code.rows(QUIET).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, other| one == other) {
            if run.first() == Some(&true) {
                let _ = write!(svg, "M{x} {y}h{}v1h-{}z", run.len(), run.len());
            }
            x += run.len();
        }
    }
    svg.push_str("\"/></svg>\n");
    svg
}

#[cfg(test)]
mod tests {
    use super::super::matrix::Redundancy;
    use super::*;

    #[test]
    fn every_dark_module_is_in_some_run() {
        let code = Matrix::new("HELLO WORLD", Redundancy::Paper).unwrap();
        let svg = to_svg(&code);
        let dark: usize = code.rows(0).map(|row| row.iter().filter(|dark| **dark).count()).sum();
        let runs = svg.split("v1h-").skip(1).filter_map(|run| run.split_once('z')).map(|(length, _)| length);
        let covered: usize = runs.map(|length| length.parse::<usize>().unwrap()).sum();
        assert_eq!(covered, dark);
        assert!(svg.starts_with("<svg ") && svg.contains("viewBox=\"0 0 29 29\""));
    }
}
