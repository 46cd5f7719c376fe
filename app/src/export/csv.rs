//! Comma-separated values: RFC 4180, in which no cell is a formula.

/// A table being written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Csv {
    text: String,
    begun: bool,
}

impl Csv {
    /// A table with a head.
    pub fn with_head<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> Self {
        let mut csv = Self::default();
        for name in names {
            csv.text(name.as_ref());
        }
        csv.end_row();
        csv
    }

    /// A cell with words. What a spreadsheet would run gets an apostrophe before it: a visitor chooses paths, referrers and
    /// properties, and must not choose what happens on the reader's machine. Also within a cell: a spreadsheet may part
    /// cells by semicolons or tabs, and then what lies behind one is a cell of its own, quotes or not.
    pub fn text(&mut self, text: &str) {
        let parts = |c: char| matches!(c, ';' | '\t' | '\r' | '\n');
        let quoted = text.contains([',', '"']) || text.contains(parts) || text.starts_with(' ') || text.ends_with(' ');
        self.separate();
        if quoted {
            self.text.push('"');
        }
        let mut begins = true;
        for (at, c) in text.char_indices() {
            // Some leave a tab or a line's end out at the beginning of a cell.
            if begins && (runs(&text[at..]) || at == 0 && c.is_ascii_control()) {
                self.text.push('\'');
            }
            if c == '"' {
                self.text.push('"');
            }
            self.text.push(c);
            begins = parts(c);
        }
        if quoted {
            self.text.push('"');
        }
    }

    /// A cell with a number; nothing is empty.
    pub fn number(&mut self, value: Option<f64>) {
        self.separate();
        if let Some(value) = value.filter(|value| value.is_finite()) {
            self.text.push_str(&value.to_string());
        }
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        self.text.push_str("\r\n");
        self.begun = false;
    }

    /// The file.
    pub fn into_text(self) -> String {
        self.text
    }

    fn separate(&mut self) {
        if self.begun {
            self.text.push(',');
        }
        self.begun = true;
    }
}

/// Whether a spreadsheet would run a cell with this: also in wide letters, and behind spaces and quotes.
fn runs(text: &str) -> bool {
    text.trim_start_matches([' ', '"']).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut csv = Csv::default();
        csv.text(text);
        csv.into_text()
    }

    #[test]
    fn no_cell_is_a_formula() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("=cmd|' /C calc'!A0,\"x\"", "\"'=cmd|' /C calc'!A0,\"\"x\"\"\""),
            ("\t=1", "\"'\t'=1\""),
            ("\r=1", "\"'\r'=1\""),
            ("\n=1", "\"'\n'=1\""),
            ("a;=1", "\"a;'=1\""),
            ("a; \"=1\";b", "\"a;' \"\"=1\"\";b\""),
            (" =1", "\"' =1\""),
            ("＝1", "'＝1"),
            ("/a=1", "/a=1"),
        ] {
            assert_eq!(cell(text), written, "{text:?}");
        }
    }

    #[test]
    fn what_would_end_a_cell_is_quoted() {
        for (text, written) in
            [("a,b", "\"a,b\""), ("a;b", "\"a;b\""), ("a\"b", "\"a\"\"b\""), ("a\r\nb", "\"a\r\nb\""), ("", ""), ("ä", "ä")]
        {
            assert_eq!(cell(text), written, "{text:?}");
        }
    }

    #[test]
    fn rows_have_their_cells() {
        let mut csv = Csv::with_head(["name", "visitors"]);
        csv.text("/");
        csv.number(Some(2.5));
        csv.end_row();
        csv.text("");
        csv.number(None);
        csv.end_row();
        assert_eq!(csv.into_text(), "name,visitors\r\n/,2.5\r\n,\r\n");
    }
}
