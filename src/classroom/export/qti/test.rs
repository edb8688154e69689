//! The test: a section for each scenario, and the points of all items as its score.

use crate::course::{Course, Scenario};

use super::{
    super::{question::questions, tree::Element},
    Version,
    item::score,
    item_id, item_path, name,
};

/// The test of these scenarios' items.
pub(super) fn test(version: Version, course: &Course, scenarios: &[&Scenario]) -> Element {
    let title = match scenarios {
        [one] => &one.title,
        _ => &course.title,
    };
    let part = version
        .element("testPart")
        .with("identifier", "part")
        .with(version.attribute("navigationMode"), "nonlinear")
        .with(version.attribute("submissionMode"), "individual")
        .holding(scenarios.iter().map(|scenario| section(version, scenario)));
    version
        .root("assessmentTest")
        .with("identifier", &name("test"))
        .with("title", title)
        .with(version.attribute("toolName"), env!("CARGO_PKG_NAME"))
        .with(version.attribute("toolVersion"), env!("CARGO_PKG_VERSION"))
        .holding([score(version, "SCORE", "0"), part, sum(version)])
}

fn section(version: Version, scenario: &Scenario) -> Element {
    let item = |question| {
        version.element("assessmentItemRef").with("identifier", &item_id(&question)).with("href", &item_path(&question))
    };
    version
        .element("assessmentSection")
        .with("identifier", &name(&scenario.id))
        .with("title", &scenario.title)
        .with("visible", "true")
        .holding(questions(scenario).map(item))
}

fn sum(version: Version) -> Element {
    let points = version.element("testVariables").with(version.attribute("variableIdentifier"), "SCORE");
    let total = version.element("sum").holding([points]);
    let set = version.element("setOutcomeValue").with("identifier", "SCORE").holding([total]);
    version.element("outcomeProcessing").holding([set])
}
