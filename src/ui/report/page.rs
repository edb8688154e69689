//! What a report is written from: headings, sentences, lists, tables and plots, in the order they are read.

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// What fits beside each other on 80 columns.
    Brief,
    /// Everything.
    Full,
}

/// A piece of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    /// A heading and its level, from 1.
    Heading(usize, String),
    /// A sentence or several.
    Words(String),
    /// Points, numbered where their order says something.
    List { numbered: bool, items: Vec<Vec<String>> },
    /// A table.
    Table(Table),
    /// A plot, which only a page of HTML can hold.
    Plot(String),
    /// Where a new sheet of paper begins.
    Break,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    /// What it shows.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// Its rows; one of a single cell is a heading among them.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Short words.
    Words,
    /// Text that is broken into lines where there is no room.
    Text,
    /// Numbers, which stand under each other by their ends.
    Number,
}

impl Table {
    /// An empty table.
    pub(super) fn new(caption: impl Into<String>, columns: &[(&'static str, Kind)]) -> Self {
        let columns = columns.iter().map(|(name, kind)| Column { name, kind: *kind }).collect();
        Self { caption: caption.into(), columns, rows: Vec::new() }
    }

    pub(super) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.into());
    }
}

impl Block {
    pub(super) fn heading(level: usize, text: impl Into<String>) -> Self {
        Self::Heading(level, text.into())
    }

    pub(super) fn words(text: impl Into<String>) -> Self {
        Self::Words(text.into())
    }
}

/// A figure without decimals; a dash where there is none.
pub(super) fn whole(figure: Option<f64>) -> String {
    // No negative nothing.
    figure.map_or_else(|| "-".to_owned(), |figure| format!("{:.0}", figure.round() + 0.0))
}

/// A time in seconds, as people say it.
pub(super) fn time(seconds: Option<f64>) -> String {
    match seconds.map(f64::round) {
        None => "-".to_owned(),
        Some(seconds) if seconds < 60.0 => format!("{seconds:.0} s"),
        Some(seconds) => format!("{:.0}:{:02.0}", (seconds / 60.0).floor(), seconds % 60.0),
    }
}

/// `1 learner`, `2 learners`.
pub(super) fn counted(many: usize, one: &str) -> String {
    format!("{many} {one}{}", if many == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short() {
        assert_eq!([whole(Some(-0.2)), whole(Some(49.6)), whole(None)], ["0", "50", "-"]);
        assert_eq!(
            [time(Some(7.4)), time(Some(60.0)), time(Some(59.6)), time(Some(125.9)), time(None)],
            ["7 s", "1:00", "1:00", "2:06", "-"]
        );
    }
}
