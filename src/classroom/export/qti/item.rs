//! A question as an assessment item, and a story as a stimulus.

use crate::course::Scenario;

use super::{
    super::{
        markup::blocks,
        question::{Choice, Part, Question},
        tree::{Element, Node},
    },
    Version, item_id, story_id, story_path,
};

/// The item: one point for the right choice, and the chosen one's own explanation.
pub(super) fn item(version: Version, question: &Question<'_>) -> Element {
    let choices = question.choices();
    let right = choices.iter().find(|choice| choice.right).map_or("", |choice| choice.id.as_str());
    let reference = (version == Version::V3_0).then(|| {
        let path = format!("../{}", story_path(question.scenario));
        version.element("assessmentStimulusRef").with("identifier", &story_id(question.scenario)).with("href", &path)
    });
    version
        .root("assessmentItem")
        .with("identifier", &item_id(question))
        .with("title", &question.title())
        .with("adaptive", "false")
        .with(version.attribute("timeDependent"), "false")
        .with("xml:lang", "en")
        .with(version.attribute("toolName"), env!("CARGO_PKG_NAME"))
        .with(version.attribute("toolVersion"), env!("CARGO_PKG_VERSION"))
        .holding([response(version, right)])
        .holding([score(version, "SCORE", "0"), score(version, "MAXSCORE", "1"), feedback(version)])
        .holding(reference)
        .holding([body(version, question, &choices), processing(version)])
        .holding(choices.into_iter().map(|choice| explanation(version, choice)))
}

/// The story as a file of its own.
pub(super) fn stimulus(version: Version, scenario: &Scenario) -> Element {
    version
        .root("assessmentStimulus")
        .with("identifier", &story_id(scenario))
        .with("title", &scenario.title)
        .with("xml:lang", "en")
        .holding([version.element("stimulusBody").holding(blocks(&scenario.story))])
}

fn response(version: Version, right: &str) -> Element {
    let value = version.element("value").saying(right);
    declared(version, "responseDeclaration", "RESPONSE", "identifier")
        .holding([version.element("correctResponse").holding([value])])
}

pub(super) fn score(version: Version, name: &str, value: &str) -> Element {
    let value = version.element("value").saying(value);
    declared(version, "outcomeDeclaration", name, "float").holding([version.element("defaultValue").holding([value])])
}

fn feedback(version: Version) -> Element {
    declared(version, "outcomeDeclaration", "FEEDBACK", "identifier")
}

fn declared(version: Version, kind: &'static str, name: &str, base: &str) -> Element {
    version
        .element(kind)
        .with("identifier", name)
        .with("cardinality", "single")
        .with(version.attribute("baseType"), base)
}

fn body(version: Version, question: &Question<'_>, choices: &[Choice]) -> Element {
    let story = match version {
        Version::V2_1 => Element::new("div").holding(blocks(&question.scenario.story)),
        Version::V3_0 => Element::new("div")
            .with("class", "qti-shared-stimulus")
            .with("data-stimulus-idref", &story_id(question.scenario)),
    };
    let task = Element::new("div").holding(question.task());
    let choice = |choice: &Choice| {
        version.element("simpleChoice").with("identifier", &choice.id).holding(choice.words.iter().cloned())
    };
    // The two owners stand in one order throughout; controls are shuffled, as in the tutor.
    let shuffle = if question.part == Part::Control { "true" } else { "false" };
    let interaction = version
        .element("choiceInteraction")
        .with(version.attribute("responseIdentifier"), "RESPONSE")
        .with("shuffle", shuffle)
        .with(version.attribute("maxChoices"), "1")
        .holding([version.element("prompt").saying(question.part.asks())])
        .holding(choices.iter().map(choice));
    version.element("itemBody").holding([story, task, interaction])
}

/// A point where the response is the correct one; the choice made is the feedback shown.
fn processing(version: Version) -> Element {
    let variable = || version.element("variable").with("identifier", "RESPONSE");
    let correct = version.element("correct").with("identifier", "RESPONSE");
    let set = |name: &str, value: Element| version.element("setOutcomeValue").with("identifier", name).holding([value]);
    let points = |points: &str| {
        set("SCORE", version.element("baseValue").with(version.attribute("baseType"), "float").saying(points))
    };
    let matches = version.element("match").holding([variable(), correct]);
    let condition = version.element("responseCondition").holding([
        version.element("responseIf").holding([matches, points("1")]),
        version.element("responseElse").holding([points("0")]),
    ]);
    version.element("responseProcessing").holding([condition, set("FEEDBACK", variable())])
}

fn explanation(version: Version, choice: Choice) -> Element {
    let words: Vec<Node> = match version {
        Version::V2_1 => choice.why,
        Version::V3_0 => vec![version.element("contentBody").holding(choice.why).into()],
    };
    version
        .element("modalFeedback")
        .with(version.attribute("outcomeIdentifier"), "FEEDBACK")
        .with(version.attribute("showHide"), "show")
        .with("identifier", &choice.id)
        .holding(words)
}
