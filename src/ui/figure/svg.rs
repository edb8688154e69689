//! A figure as SVG.

use std::fmt::Write as _;

use crate::course::{Layer, Owner, Scenario};

use super::{
    markup::escaped,
    sheet::{Anchor, Card, STRIP, Sheet, Text, WIDTH, about, counted, owner},
};

/// Colours and fonts of a figure, on a light screen, a dark one and paper.
pub(super) const STYLE: &str = include_str!("figure.css");

/// The scenario's line as an SVG file: it holds its own style and nothing that runs or is fetched.
pub fn svg(scenario: &Scenario) -> String {
    let sheet = Sheet::alone(scenario);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}",
        drawn(scenario, &sheet, &format!("<style>\n{STYLE}</style>\n"))
    )
}

/// The figure for a page that has the style, the title above and the sources below.
pub(super) fn inline(scenario: &Scenario) -> String {
    drawn(scenario, &Sheet::on_page(scenario), "")
}

fn drawn(scenario: &Scenario, sheet: &Sheet, style: &str) -> String {
    let (id, height) = (escaped(&scenario.id), sheet.height);
    let (title, telling) = (escaped(&scenario.title), escaped(&told(scenario)));
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"respline\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"title-{id} desc-{id}\" lang=\"en\">\n\
         <title id=\"title-{id}\">{title}</title>\n<desc id=\"desc-{id}\">{telling}</desc>\n{style}\
         <defs><pattern id=\"hatch-{id}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
         <path class=\"hatch\" d=\"M-1 1L1 -1M0 6L6 0M5 7L7 5\"/></pattern></defs>\n\
         <rect class=\"ground\" width=\"{WIDTH}\" height=\"{height}\"/>\n"
    );
    sheet.cards.iter().for_each(|card| put_card(&mut text, card, &id));
    put_line(&mut text, &sheet.line);
    sheet.texts.iter().for_each(|words| put_text(&mut text, words));
    text + "</svg>\n"
}

/// The figure in sentences, for those who do not see it.
fn told(scenario: &Scenario) -> String {
    let row = |(place, layer): (usize, &Layer)| {
        format!(" {}. {}: {}. Owner: {}.", place + 1, layer.label, layer.task, owner(layer))
    };
    let rows: String = scenario.layers.iter().enumerate().map(row).collect();
    format!("{}. {} From the top of the stack:{rows}", about(scenario), counted(scenario))
}

// Writing to a String cannot fail.

fn put_card(to: &mut String, card: &Card, id: &str) {
    let Card { x, y, width, height, .. } = card;
    let side = card.owner.word();
    let kind = if card.contested { format!("{side} disputed") } else { side.to_owned() };
    let _ = writeln!(
        to,
        "<rect class=\"card {kind}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"3\"/>"
    );
    let (edge, fill) = match card.owner {
        Owner::Customer => (*x, String::new()),
        Owner::Provider => (x + width - STRIP, format!(" fill=\"url(#hatch-{id})\"")),
    };
    let _ = writeln!(
        to,
        "<rect class=\"strip {side}\" x=\"{edge}\" y=\"{y}\" width=\"{STRIP}\" height=\"{height}\"{fill}/>"
    );
    card.texts.iter().for_each(|words| put_text(to, words));
}

fn put_line(to: &mut String, corners: &[(usize, usize)]) {
    let points: Vec<String> = corners.iter().map(|(x, y)| format!("{x},{y}")).collect();
    let _ = writeln!(to, "<polyline class=\"line\" points=\"{}\"/>", points.join(" "));
}

fn put_text(to: &mut String, text: &Text) {
    let (class, x) = (text.font.class(), text.x);
    let end = match text.anchor {
        Anchor::Start => "",
        Anchor::End => " text-anchor=\"end\"",
    };
    let _ = write!(to, "<text class=\"{class}\" font-size=\"{}\"{end}>", text.font.size());
    for (y, line) in &text.lines {
        // The space keeps words of two lines apart where the text is copied.
        let _ = write!(to, "<tspan x=\"{x}\" y=\"{y}\">{} </tspan>", escaped(line));
    }
    to.push_str("</text>\n");
}
