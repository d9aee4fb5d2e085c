//! Tables with aligned columns.

use std::io::{self, Write};

use super::Style;

/// Writes rows below their headings, and nothing where there are no rows. A column with nothing in it is
/// left out; columns for numbers are named.
pub(crate) fn write<const N: usize>(
    headings: [&str; N],
    rows: &[[String; N]],
    numbers: &[&str],
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut widths = headings.map(width);
    let filled: [bool; N] = std::array::from_fn(|column| rows.iter().any(|row| !row[column].is_empty()));
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            widths[column] = widths[column].max(width(cell));
        }
    }
    let line = |cells: [&str; N]| {
        let mut line = String::new();
        for (column, cell) in cells.into_iter().enumerate().filter(|&(column, _)| filled[column]) {
            let blank = " ".repeat(widths[column] - width(cell));
            let (before, after) =
                if numbers.contains(&headings[column]) { (blank.as_str(), "") } else { ("", blank.as_str()) };
            line.extend([before, cell, after, "  "]);
        }
        line.trim_end().to_owned()
    };
    writeln!(out, "{}", bold(&line(headings), style))?;
    rows.iter().try_for_each(|row| writeln!(out, "{}", line(row.each_ref().map(String::as_str))))
}

/// Text in bold (ECMA-48 8.3.117).
pub(crate) fn bold(text: &str, style: Style) -> String {
    if style.color { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_numbers_to_the_right_and_empty_ones_left_out() {
        let rows = [["b\u{e4}r", "", "7"], ["x", "", "12345678"]].map(|row| row.map(str::to_owned));
        let mut out = Vec::new();
        write(["ZONE", "VIEW", "SERIAL"], &rows, &["SERIAL"], Style::default(), &mut out)
            .expect("memory takes all");
        let expected = "ZONE    SERIAL\nb\u{e4}r          7\nx     12345678\n";
        assert_eq!(String::from_utf8(out).expect("it was text"), expected);
    }
}
