//! Aligned columns of safe text.

use crate::text::width as text_width;

/// The rows as lines, each column as wide as its widest cell, two spaces between; nothing behind the last.
pub(super) fn lines<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(text_width(cell));
        }
    }
    rows.iter().map(|row| line(row, &widths)).collect()
}

fn line(row: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, width) in row.iter().zip(widths) {
        line.push_str(cell);
        line.extend(std::iter::repeat_n(' ', width.saturating_sub(text_width(cell)) + 2));
    }
    let end = line.trim_end().len();
    line.truncate(end);
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn columns_align_by_what_a_terminal_shows() {
        let rows = [["日本", "a", ""], ["x", "long", "y"]].map(|row| row.map(str::to_owned));
        assert_eq!(lines(&rows), "日本  a\nx     long  y\n");
    }
}
