//! The format itself: every key of a scenario and of a course, what it holds and what it is for.

use super::breach::BREACH;
use super::shape::{
    DOTTED, Field, KEBAB, Kind, MARKDOWN_FILE,
    Need::{Optional, Required},
    Shape,
};

/// The format that is read; a higher number is from a newer respline.
pub(super) const FORMAT: i64 = 1;

/// The file that makes a folder a pack.
pub(super) const COURSE_FILE: &str = "course.toml";

/// The file that explains words, where a pack has one.
pub(super) const GLOSSARY_FILE: &str = "glossary.toml";

/// The most bytes of a scenario, a lesson or a glossary.
pub(super) const LONGEST_FILE: usize = 256 * 1024;

/// The most bytes of `course.toml`, and of a file outside the folders of a pack: a class, a roster.
pub(super) const LONGEST_COURSE: usize = 1024 * 1024;

/// The most characters of a course's title.
pub(super) const LONGEST_TITLE: usize = 80;

/// The widest label that fits the picture of the stack, in columns.
pub(super) const WIDEST_LABEL: usize = 24;

/// The key every file begins with.
pub(crate) const FORMAT_KEY: Field = Field {
    key: "format",
    need: Required,
    kind: Kind::Whole(FORMAT, FORMAT),
    doc: "Version of the format.",
    sample: "1",
};

/// `scenarios/<id>.toml`.
pub(super) static SCENARIO: Shape = Shape {
    name: "scenario",
    doc: "A story about one service in one mode, and the stack of duties it leaves to be assigned.",
    fields: &[
        FORMAT_KEY,
        Field {
            key: "id",
            need: Required,
            kind: Kind::Name(&KEBAB),
            doc: "Stable name: the file's name without `.toml`.",
            sample: "\"<id>\"",
        },
        Field {
            key: "title",
            need: Required,
            kind: Kind::Line(80),
            doc: "Title shown to the learner.",
            sample: "\"TODO: a title of a few words\"",
        },
        Field {
            key: "lesson",
            need: Required,
            kind: Kind::Name(&DOTTED),
            doc: "Id of the lesson it belongs to.",
            sample: "\"<lesson>\"",
        },
        Field {
            key: "level",
            need: Required,
            kind: Kind::Whole(1, 3),
            doc: "1 spelled out, 2 service and setting named, 3 artefacts only.",
            sample: "2",
        },
        Field {
            key: "model",
            need: Required,
            kind: Kind::Word(&["iaas", "caas", "paas", "faas", "saas", "hybrid"]),
            doc: "Service model: iaas, caas, paas, faas, saas or hybrid.",
            sample: "\"paas\"",
        },
        Field {
            key: "cloud",
            need: Required,
            kind: Kind::Word(&["any", "aws", "azure", "gcp"]),
            doc: "Whose cloud: any, aws, azure or gcp; `any` is true of every provider.",
            sample: "\"any\"",
        },
        Field {
            key: "ladder",
            need: Optional,
            kind: Kind::Name(&KEBAB),
            doc: "Shared by scenarios that show one system under different modes.",
            sample: "\"one-system\"",
        },
        Field {
            key: "story",
            need: Required,
            kind: Kind::Markdown(6_000),
            doc: "Markdown; names the service and its mode by artefacts in fenced code, and allots no duty.",
            sample: STORY,
        },
        Field {
            key: "sources",
            need: Optional,
            kind: Kind::List(&Kind::Line(400), 0, 20),
            doc: "Where the facts come from; needed where the cloud is not `any`.",
            sample: "[\"TODO: title, publisher, date, URL\"]",
        },
        Field {
            key: "layer",
            need: Required,
            kind: Kind::List(&Kind::Table(&LAYER), 5, 12),
            doc: "The stack, its top first: 5 to 12 rows.",
            sample: "",
        },
    ],
};

const STORY: &str = r#""""
TODO: say who the customer is, and show what a person there meets. You are the ops person of a firm, which rents from a
cloud. The plan says:

```text
service  managed database
mode     automatic updates: off
```
""""#;

/// `[[layer]]`.
static LAYER: Shape = Shape {
    name: "layer",
    doc: "One verb-first task with one owner.",
    fields: &[
        Field {
            key: "id",
            need: Required,
            kind: Kind::Name(&KEBAB),
            doc: "Stable name, unique in the scenario.",
            sample: "\"<row>\"",
        },
        Field {
            key: "label",
            need: Optional,
            kind: Kind::Line(40),
            doc: "Short name for the picture of the stack, at most 24 columns; without it the subject is shown.",
            sample: "\"TODO: a short name\"",
        },
        Field {
            key: "subject",
            need: Required,
            kind: Kind::Name(&KEBAB),
            doc: "Canonical subject, the same in every scenario that has a row about it.",
            sample: "\"<row>\"",
        },
        Field {
            key: "task",
            need: Required,
            kind: Kind::Line(90),
            doc: "The duty, verb first, one owner; its wording must not give the owner away.",
            sample: "\"TODO: do one thing that somebody has to do\"",
        },
        Field {
            key: "owner",
            need: Required,
            kind: Kind::Word(&["provider", "customer"]),
            doc: "Who carries it in the mode the story states: provider or customer.",
            sample: "\"customer\"",
        },
        Field {
            key: "threat",
            need: Optional,
            kind: Kind::Name(&KEBAB),
            doc: "Id of the threat that follows when the row is wrong; most provider rows have none.",
            sample: "\"<threat>\"",
        },
        Field {
            key: "pair",
            need: Optional,
            kind: Kind::Name(&KEBAB),
            doc: "Shared by the two halves, one of each owner, of a task usually drawn as shared.",
            sample: "\"one-topic\"",
        },
        Field {
            key: "contested",
            need: Optional,
            kind: Kind::Flag,
            doc: "True where experts dispute the owner: discussed, never scored.",
            sample: "true",
        },
        Field {
            key: "why",
            need: Required,
            kind: Kind::Markdown(2_000),
            doc: "Why the owner is the owner in this mode, quoting the artefact of the story.",
            sample: "\"TODO: quote the artefact that says so, and argue from the test.\"",
        },
        Field {
            key: "hints",
            need: Optional,
            kind: Kind::List(&Kind::Line(300), 0, 2),
            doc: "Two hints: a nudge that points to the artefact, then the rule.",
            sample: "[\"TODO: point to the line that says it.\", \"If you can configure it, you own it.\"]",
        },
        Field {
            key: "control",
            need: Required,
            kind: Kind::List(&Kind::Table(&CONTROL), 3, 5),
            doc: "Answers to \"what is left for you to do about this row?\": 3 to 5, one correct, one that does nothing.",
            sample: "",
        },
        Field {
            key: "breach",
            need: Optional,
            kind: Kind::Table(&BREACH),
            doc: "What follows when this row is left open, or fails: told once the row has been answered.",
            sample: "",
        },
    ],
};

/// `[[layer.control]]`.
static CONTROL: Shape = Shape {
    name: "control",
    doc: "One answer to \"what is left for you to do about this row?\".",
    fields: &[
        Field {
            key: "text",
            need: Required,
            kind: Kind::Line(100),
            doc: "What would be done, as specific in a wrong answer as in the right one.",
            sample: "",
        },
        Field {
            key: "correct",
            need: Optional,
            kind: Kind::Flag,
            doc: "True on the one right answer.",
            sample: "true",
        },
        Field {
            key: "trap",
            need: Optional,
            kind: Kind::Name(&KEBAB),
            doc: "Id of the pitfall that choosing it shows; on wrong answers.",
            sample: "\"<trap>\"",
        },
        Field {
            key: "why",
            need: Required,
            kind: Kind::Markdown(1_200),
            doc: "Why it is right or wrong here; a wrong one says why it tempts.",
            sample: "",
        },
    ],
};

/// `lessons/course.toml`.
pub(super) static COURSE: Shape = Shape {
    name: "course",
    doc: "What is taught: the threats, the pitfalls, and the lessons in order.",
    fields: &[
        FORMAT_KEY,
        Field {
            key: "title",
            need: Required,
            kind: Kind::Line(LONGEST_TITLE),
            doc: "Title of the course.",
            sample: "\"Reading the line\"",
        },
        Field {
            key: "threat",
            need: Optional,
            kind: Kind::List(&Kind::Table(&THREAT), 0, 50),
            doc: "The threat list, in the order it is taught.",
            sample: "",
        },
        Field {
            key: "pitfall",
            need: Optional,
            kind: Kind::List(&Kind::Table(&PITFALL), 0, 50),
            doc: "The beliefs that wrong answers show.",
            sample: "",
        },
        Field {
            key: "lesson",
            need: Optional,
            kind: Kind::List(&Kind::Table(&LESSON), 0, 200),
            doc: "The lessons, in teaching order.",
            sample: "",
        },
    ],
};

/// `[[threat]]`.
static THREAT: Shape = Shape {
    name: "threat",
    doc: "What goes wrong when a row is nobody's.",
    fields: &[
        named("id", "Stable name."),
        told("name", 80, "Name shown to the learner."),
        told("wrong", 600, "What goes wrong."),
        told("found", 600, "How it is found today."),
        told("control", 600, "The first control to put in place."),
    ],
};

/// `[[pitfall]]`.
static PITFALL: Shape = Shape {
    name: "pitfall",
    doc: "A belief that produces wrong answers.",
    fields: &[
        named("id", "Stable name."),
        told("name", 80, "The belief, as a person would say it."),
        told("correction", 600, "What to believe instead."),
    ],
};

/// `[[lesson]]`.
static LESSON: Shape = Shape {
    name: "lesson",
    doc: "A lesson and the checkpoint that ends it.",
    fields: &[
        Field { key: "id", need: Required, kind: Kind::Name(&DOTTED), doc: "Stable name, `8.1`.", sample: "" },
        told("title", 80, "Title shown to the learner."),
        Field {
            key: "file",
            need: Optional,
            kind: Kind::Name(&MARKDOWN_FILE),
            doc: "File under `lessons/`; left out while the lesson is only announced.",
            sample: "",
        },
        Field {
            key: "checkpoint",
            need: Optional,
            kind: Kind::Table(&CHECKPOINT),
            doc: "What must be passed before the next lesson opens.",
            sample: "",
        },
    ],
};

/// `checkpoint = { … }`.
static CHECKPOINT: Shape = Shape {
    name: "checkpoint",
    doc: "The exam at the end of a lesson.",
    fields: &[
        Field {
            key: "from",
            need: Required,
            kind: Kind::List(&Kind::Name(&KEBAB), 1, 1_000),
            doc: "Ids of the scenarios to draw from.",
            sample: "",
        },
        Field {
            key: "draw",
            need: Required,
            kind: Kind::Whole(1, 1_000),
            doc: "How many are drawn for one sitting; no more than there are.",
            sample: "",
        },
        Field {
            key: "pass",
            need: Required,
            kind: Kind::Share,
            doc: "Share of the points that passes, 0 to 1.",
            sample: "",
        },
    ],
};

const fn named(key: &'static str, doc: &'static str) -> Field {
    Field { key, need: Required, kind: Kind::Name(&KEBAB), doc, sample: "" }
}

/// A line that must be there.
pub(crate) const fn told(key: &'static str, longest: usize, doc: &'static str) -> Field {
    Field { key, need: Required, kind: Kind::Line(longest), doc, sample: "" }
}
