//! Plots as SVG: the scores, and the rows by facility and discrimination.

use std::fmt::Write as _;

use crate::{
    classroom::{
        analysis::RowAnalysis,
        report::{AssignmentReport, Summary},
    },
    ui::figure::escaped,
};

/// Units across.
pub(super) const WIDTH: usize = 960;
/// Where a plot's area begins and ends, across and down.
const LEFT: f64 = 70.0;
const RIGHT: f64 = 930.0;
const TOP: f64 = 50.0;

/// An SVG of a height, with its title and what it says in sentences.
pub(super) fn svg((id, title, telling): (&str, &str, &str), height: usize, body: &str) -> String {
    let [id, title, telling] = [id, title, telling].map(escaped);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"title-{id} desc-{id}\" lang=\"en\">\n\
         <title id=\"title-{id}\">{title}</title>\n<desc id=\"desc-{id}\">{telling}</desc>\n\
         <rect class=\"ground\" width=\"{WIDTH}\" height=\"{height}\"/>\n\
         <text class=\"title\" x=\"{LEFT}\" y=\"28\">{title}</text>\n{body}</svg>\n"
    )
}

fn line(to: &mut String, class: &str, [x1, y1, x2, y2]: [f64; 4]) {
    // Writing to a String cannot fail.
    let _ = writeln!(to, "<path class=\"{class}\" d=\"M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}\"/>");
}

fn words(to: &mut String, anchor: &str, (x, y): (f64, f64), text: &str) {
    let _ = writeln!(to, "<text text-anchor=\"{anchor}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escaped(text));
}

/// How many scores lie in each tenth; none where there is no score.
pub(super) fn histogram(one: &AssignmentReport) -> Option<String> {
    const BOTTOM: f64 = 270.0;
    let Summary { histogram, .. } = &one.summary;
    let most = histogram.iter().copied().max().filter(|most| *most > 0)?;
    let number = |many: usize| u32::try_from(many).map_or(0.0, f64::from);
    let step = (RIGHT - LEFT) / number(histogram.len());
    let mut body = String::new();
    for (place, many) in histogram.iter().enumerate() {
        let high = (BOTTOM - TOP - 20.0) * number(*many) / number(most);
        let left = LEFT + step * number(place);
        let _ = writeln!(
            body,
            "<rect class=\"bar\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{high:.1}\"/>",
            left + 4.0,
            BOTTOM - high,
            step - 8.0
        );
        words(&mut body, "middle", (left + step / 2.0, BOTTOM - high - 6.0), &many.to_string());
        words(&mut body, "middle", (left, BOTTOM + 20.0), &(10 * place).to_string());
    }
    words(&mut body, "middle", (RIGHT, BOTTOM + 20.0), "100");
    line(&mut body, "axis", [LEFT, BOTTOM, RIGHT, BOTTOM]);
    words(&mut body, "end", (RIGHT, BOTTOM + 42.0), "score in per cent");
    let tenths = histogram.iter().enumerate().filter(|(_, many)| **many > 0);
    let told: Vec<String> =
        tenths.map(|(place, many)| format!("{} to {}: {many}", 10 * place, 10 * place + 10)).collect();
    let id = format!("scores-{}", one.analysis.assignment);
    let title = format!("{}: how many learners have which score", one.title);
    Some(svg((&id, &title, &format!("Learners by score. {}.", told.join(", "))), 330, &body))
}

/// Rows by facility and discrimination; none where no row has an index.
pub(super) fn scatter(one: &AssignmentReport) -> Option<String> {
    const BOTTOM: f64 = 470.0;
    let across = |facility: f64| LEFT + (RIGHT - LEFT) * facility / 100.0;
    let down = |discrimination: f64| BOTTOM - (BOTTOM - TOP) * (discrimination + 100.0) / 200.0;
    let rows: Vec<(usize, &RowAnalysis, f64)> = one
        .analysis
        .rows
        .iter()
        .enumerate()
        .filter_map(|(place, row)| Some((place, row, row.row.discrimination?)))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let mut body = String::new();
    for tick in [0.0, 25.0, 50.0, 75.0, 100.0] {
        line(&mut body, "grid", [across(tick), TOP, across(tick), BOTTOM]);
        words(&mut body, "middle", (across(tick), BOTTOM + 20.0), &format!("{tick}"));
    }
    for tick in [-100.0, -50.0, 0.0, 50.0, 100.0] {
        let class = if tick == 0.0 { "limit" } else { "grid" };
        line(&mut body, class, [LEFT, down(tick), RIGHT, down(tick)]);
        words(&mut body, "end", (LEFT - 8.0, down(tick) + 4.0), &format!("{tick}"));
    }
    line(&mut body, "axis", [LEFT, BOTTOM, RIGHT, BOTTOM]);
    words(&mut body, "end", (RIGHT, BOTTOM + 42.0), "facility in per cent");
    words(&mut body, "start", (LEFT + 6.0, TOP + 16.0), "discrimination");
    words(&mut body, "start", (LEFT, BOTTOM + 42.0), "○ row   ■ row to look at; numbers of rows, where there is room");
    let place =
        |(_, row, discrimination): &(usize, &RowAnalysis, f64)| (across(row.row.facility), down(*discrimination));
    let is_bad = |(place, row, _): &(usize, &RowAnalysis, f64)| one.flagged.contains(place) && row.trouble() >= NOTABLE;
    for row in &rows {
        point(&mut body, is_bad(row), place(row));
    }
    // Where numbers would lie on each other, those of the rows to look at are told.
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let (bad, good): (Vec<_>, Vec<_>) = rows.iter().partition(|row| is_bad(row));
    for row in bad.into_iter().chain(good) {
        number(&mut body, place(row), row.0 + 1, &mut taken);
    }
    let told: Vec<String> = rows
        .iter()
        .map(|(place, row, index)| format!("{} {}: {:.0}, {index:.0}", place + 1, row.label, row.row.facility))
        .collect();
    let id = format!("rows-{}", one.analysis.assignment);
    let title = format!("{}: rows by facility and discrimination", one.title);
    Some(svg((&id, &title, &format!("Facility and discrimination of each row. {}.", told.join("; "))), 530, &body))
}

/// Trouble from which a row is marked: an answer that nobody chooses is none.
const NOTABLE: f64 = 20.0;

fn point(to: &mut String, bad: bool, (x, y): (f64, f64)) {
    let _ = if bad {
        writeln!(to, "<rect class=\"bad\" x=\"{:.1}\" y=\"{:.1}\" width=\"11\" height=\"11\"/>", x - 5.5, y - 5.5)
    } else {
        writeln!(to, "<circle class=\"good\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"/>")
    };
}

/// The number of a row beside its point, unless another one stands there.
fn number(to: &mut String, (x, y): (f64, f64), number: usize, taken: &mut Vec<(f64, f64)>) {
    const ROOM: (f64, f64) = (30.0, 13.0);
    // Near the right edge it stands before its point.
    let (anchor, start, x) =
        if x > RIGHT - 40.0 { ("end", x - 9.0 - ROOM.0, x - 9.0) } else { ("start", x + 9.0, x + 9.0) };
    if taken.iter().all(|(other, high)| (start - other).abs() >= ROOM.0 || (y - high).abs() >= ROOM.1) {
        words(to, anchor, (x, y + 4.0), &number.to_string());
        taken.push((start, y));
    }
}
