//! Plots: bars, courses over time and a calendar, in cells and in words.
//!
//! A page names a plot by a directive, so that it is drawn for the width at hand and told as a sentence in `--plain`. Every bar
//! has its number beside it: nothing is said by length or colour alone.

use crate::{
    course::mirror::{Calendar, WEEKS},
    document::{Glyphs, Row, Span, width},
};

use super::stack::Ink;

/// Something that is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plot {
    /// Shares below each other.
    Bars(Vec<Bar>),
    /// Counts one after the other, the oldest first.
    Course {
        /// The counts.
        counts: Vec<usize>,
        /// What a full mark stands for.
        top: usize,
        /// What they are.
        what: String,
    },
    /// Work by day.
    Calendar(Calendar),
}

/// A share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// In whole percent.
    pub percent: u32,
    /// What stands behind it: `12 of 60`.
    pub note: String,
}

/// Cells of a full bar.
const FULL: usize = 20;

impl Plot {
    /// Its rows for so many columns.
    pub fn rows(&self, columns: u16, glyphs: Glyphs) -> Vec<Row> {
        let columns = usize::from(columns);
        let lines: Vec<Vec<Span>> = match self {
            Self::Bars(bars) => bars.iter().map(|bar| drawn(bar, bars, columns, glyphs)).collect(),
            Self::Course { counts, top, .. } => vec![course(counts, *top, glyphs)],
            Self::Calendar(calendar) => days(calendar, columns, glyphs),
        };
        lines.into_iter().map(|spans| Row { spans, block: 0 }).collect()
    }

    /// It in words.
    pub fn words(&self) -> String {
        match self {
            Self::Bars(bars) => bars
                .iter()
                .map(|bar| format!("{}: {} %, {}.", bar.label, bar.percent, bar.note))
                .collect::<Vec<_>>()
                .join("\n"),
            Self::Course { counts, what, .. } => {
                let counts: Vec<String> = counts.iter().map(ToString::to_string).collect();
                format!("{what}, the oldest first: {}.", counts.join(", "))
            }
            Self::Calendar(calendar) => weeks_in_words(calendar),
        }
    }
}

fn span(text: impl Into<String>, ink: Ink) -> Span {
    Span::new(text, ink.role())
}

fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// A bar as long as there is room for, between its name and its number.
fn drawn(bar: &Bar, all: &[Bar], columns: usize, glyphs: Glyphs) -> Vec<Span> {
    let widest = |part: fn(&Bar) -> &str| all.iter().map(|bar| width(part(bar))).max().unwrap_or_default();
    let (label, note) = (widest(|bar| &bar.label), widest(|bar| &bar.note));
    let number = format!(" {:>3} %  {}", bar.percent, bar.note);
    let room = columns.saturating_sub(label + 1 + 8 + note).min(FULL);
    let filled = (room * bar.percent as usize).div_ceil(100).min(room);
    vec![
        span(pad(&bar.label, label + 1), Ink::Layer),
        span(glyphs.pick("█", "#").repeat(filled), Ink::Line),
        span(glyphs.pick("░", ".").repeat(room - filled), Ink::Faint),
        span(number, Ink::Layer),
    ]
}

/// One mark a count: the taller, the more.
fn course(counts: &[usize], top: usize, glyphs: Glyphs) -> Vec<Span> {
    let marks = counts.iter().map(|count| mark(*count, top.max(1), glyphs)).collect::<String>();
    vec![span(marks, Ink::Line)]
}

/// A count of at most `top`: eight heights, or where only ASCII is to be had the digit, of a higher `top` its tenths.
fn mark(count: usize, top: usize, glyphs: Glyphs) -> char {
    const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let digit = if top > 9 { count * 10 / top } else { count };
    match glyphs {
        Glyphs::Unicode if count == 0 => '·',
        Glyphs::Unicode => HEIGHTS.get(count * 7 / top).copied().unwrap_or('█'),
        Glyphs::Ascii => u32::try_from(digit).ok().and_then(|digit| char::from_digit(digit, 10)).unwrap_or('X'),
    }
}

const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// A row a weekday, a column a week; the latest weeks that have room.
fn days(calendar: &Calendar, columns: usize, glyphs: Glyphs) -> Vec<Vec<Span>> {
    let room = (columns.saturating_sub(4) / 2).clamp(1, WEEKS);
    let weeks = calendar.weeks.get(calendar.weeks.len().saturating_sub(room)..).unwrap_or_default();
    let cell = |count: Option<usize>| match count {
        None => "  ".to_owned(),
        Some(count) => format!("{} ", shade(count, calendar.most, glyphs)),
    };
    let row = |(day, name): (usize, &&str)| {
        let cells: String = weeks.iter().map(|week| cell(week.get(day).copied().flatten())).collect();
        vec![span(format!("{name} "), Ink::Faint), span(cells.trim_end(), Ink::Line)]
    };
    NAMES.iter().enumerate().map(row).collect()
}

/// Four marks of how much was done on a day, of rising weight, and one for nothing.
fn shade(count: usize, most: usize, glyphs: Glyphs) -> &'static str {
    let marks = match glyphs {
        Glyphs::Unicode => ["░", "▒", "▓", "█"],
        Glyphs::Ascii => [".", "o", "O", "#"],
    };
    match count {
        0 => glyphs.pick("·", "-"),
        _ => marks.get((count.saturating_sub(1)) * 4 / most.max(1)).copied().unwrap_or("█"),
    }
}

fn weeks_in_words(calendar: &Calendar) -> String {
    let total = |week: &[Option<usize>]| week.iter().flatten().sum::<usize>().to_string();
    let weeks: Vec<String> = calendar.weeks.iter().map(|week| total(week)).collect();
    format!("Answers by week, the oldest first: {}.", weeks.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, percent: u32) -> Bar {
        Bar { label: label.into(), percent, note: "12 of 60".into() }
    }

    fn text(plot: &Plot, columns: u16, glyphs: Glyphs) -> Vec<String> {
        plot.rows(columns, glyphs).iter().map(Row::text).collect()
    }

    #[test]
    fn a_bar_stands_between_its_name_and_its_number() {
        let plot = Plot::Bars(vec![bar("over-trust", 20), bar("sure", 100)]);
        let rows = text(&plot, 76, Glyphs::Ascii);
        assert_eq!(
            rows,
            ["over-trust ####................  20 %  12 of 60", "sure       #################### 100 %  12 of 60"]
        );
        assert_eq!(plot.words(), "over-trust: 20 %, 12 of 60.\nsure: 100 %, 12 of 60.");
    }

    #[test]
    fn no_plot_is_wider_than_its_room_and_a_narrow_one_keeps_its_numbers() {
        let week = [Some(3); 7];
        let calendar = Calendar { weeks: vec![week; 26], active: 182, streak: 182, most: 3 };
        let plots = [
            Plot::Bars(vec![bar("over-trust", 99)]),
            Plot::Course { counts: vec![1; 10], top: 1, what: String::new() },
            Plot::Calendar(calendar),
        ];
        for columns in 32..=120 {
            for plot in &plots {
                let rows = plot.rows(columns, Glyphs::Unicode);
                assert!(rows.iter().all(|row| row.width() <= columns.into()), "{columns} {plot:?}");
            }
        }
        assert!(text(&plots[0], 32, Glyphs::Unicode)[0].ends_with("99 %  12 of 60"));
    }

    #[test]
    fn a_course_over_time_rises_with_its_counts() {
        let course = |counts: &[usize], top| Plot::Course { counts: counts.to_vec(), top, what: "Runs".into() };
        assert_eq!(text(&course(&[0, 50, 100], 100), 76, Glyphs::Unicode), ["·▄█"]);
        assert_eq!(text(&course(&[0, 50, 100], 100), 76, Glyphs::Ascii), ["05X"]);
        assert_eq!(text(&course(&[0, 3, 4], 4), 76, Glyphs::Ascii), ["034"]);
        assert_eq!(course(&[1, 2], 2).words(), "Runs, the oldest first: 1, 2.");
    }

    #[test]
    fn a_calendar_shows_the_latest_weeks_and_leaves_days_to_come_blank() {
        let mut last = [Some(0); 7];
        last[0] = Some(8);
        last[6] = None;
        let calendar = Calendar { weeks: vec![[Some(2); 7], last], active: 8, streak: 1, most: 8 };
        let rows = text(&Plot::Calendar(calendar.clone()), 76, Glyphs::Ascii);
        assert_eq!((rows[0].as_str(), rows[1].as_str(), rows[6].as_str()), ("Mon . #", "Tue . -", "Sun ."));
        assert_eq!(Plot::Calendar(calendar).words(), "Answers by week, the oldest first: 14, 8.");
    }
}
