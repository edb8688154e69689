//! The format of a class file: every key, what it holds and what it is for.
//!
//! It is described as content is (`content::Shape`), so that the check, the schema and the template cannot disagree.

use crate::content::{
    DOTTED, FORMAT_KEY, Field, Form, KEBAB, Kind,
    Need::{Optional, Required},
    Shape, told,
};

use super::forms::{self, share, span};

/// `class.toml`.
pub(in crate::classroom) static CLASS: Shape = Shape {
    name: "class",
    doc: "A class: who is in it, and what is set them when.",
    fields: &[
        FORMAT_KEY,
        Field {
            key: "id",
            need: Required,
            kind: Kind::Name(&KEBAB),
            doc: "Stable name; records carry it, so it does not change while the class runs.",
            sample: "\"<id>\"",
        },
        Field {
            key: "title",
            need: Required,
            kind: Kind::Line(80),
            doc: "Title shown to people.",
            sample: "\"Cloud security, autumn\"",
        },
        Field {
            key: "time-zone",
            need: Required,
            kind: Kind::Line(64),
            doc: "Zone of all dates here, by its IANA name; learners see them in their own.",
            sample: "\"Europe/Berlin\"",
        },
        Field {
            key: "join-code",
            need: Optional,
            kind: Kind::Written(&JOIN_CODE),
            doc: "What a newcomer types on the training box to get in.",
            sample: "\"river-anvil-42\"",
        },
        Field {
            key: "roster",
            need: Optional,
            kind: Kind::Written(&ROSTER),
            doc: "CSV file with the learners, beside this one: an export of Canvas or Moodle, or id,login,name,section,groups.",
            sample: "\"roster.csv\"",
        },
        Field {
            key: "hide-names",
            need: Optional,
            kind: Kind::Flag,
            doc: "True hides names where a room could see them.",
            sample: "true",
        },
        Field {
            key: "retention",
            need: Optional,
            kind: Kind::Written(&SPAN),
            doc: "How long records are kept after the last date of the class, such as 365d.",
            sample: "\"365d\"",
        },
        Field {
            key: "hand-in-key",
            need: Optional,
            kind: Kind::Written(&HAND_IN_KEY),
            doc: "The public key that hand-in files are sealed with; `respline class key` makes it.",
            sample: "\"x25519:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"",
        },
        listed("instructor", &INSTRUCTORS, "Who may watch and steer the class."),
        listed("group", &GROUPS, "Groups that learners can be in."),
        listed("learner", &LEARNERS, "Learners; one who is in the roster too adds to their row there."),
        listed("assignment", &ASSIGNMENTS, "What is set, in the order it is shown."),
    ],
};

static INSTRUCTORS: Kind = Kind::Table(&INSTRUCTOR);
static GROUPS: Kind = Kind::Table(&GROUP);
static LEARNERS: Kind = Kind::Table(&LEARNER);
static ASSIGNMENTS: Kind = Kind::Table(&ASSIGNMENT);

const fn listed(key: &'static str, of: &'static Kind, doc: &'static str) -> Field {
    Field { key, need: Optional, kind: Kind::List(of, 0, 5_000), doc, sample: "" }
}

/// Ids of scenarios.
const IDS: Kind = Kind::List(&Kind::Name(&KEBAB), 1, 1_000);

const KEYS: Field = Field {
    key: "keys",
    need: Optional,
    kind: Kind::List(&Kind::Written(&PUBLIC_KEY), 0, 20),
    doc: "Public SSH keys, each as the one line of its `.pub` file.",
    sample: "[\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI… name@host\"]",
};

const fn optional(key: &'static str, kind: Kind, doc: &'static str, sample: &'static str) -> Field {
    Field { key, need: Optional, kind, doc, sample }
}

/// `[[instructor]]`.
static INSTRUCTOR: Shape = Shape {
    name: "instructor",
    doc: "Who may watch and steer the class.",
    fields: &[told("name", 64, "Their name."), KEYS],
};

/// `[[group]]`.
static GROUP: Shape = Shape {
    name: "group",
    doc: "A group of learners.",
    fields: &[
        Field { key: "id", need: Required, kind: Kind::Name(&KEBAB), doc: "Stable name.", sample: "" },
        optional("title", Kind::Line(80), "Title shown to people; the id without.", ""),
    ],
};

/// `[[learner]]`.
static LEARNER: Shape = Shape {
    name: "learner",
    doc: "Someone who learns.",
    fields: &[
        Field {
            key: "id",
            need: Required,
            kind: Kind::Line(64),
            doc: "Id in the school's system, as the roster has it.",
            sample: "\"1001\"",
        },
        optional("login", Kind::Line(64), "The name they log in with; the id without.", "\"ana\""),
        optional("name", Kind::Line(80), "Their name; the login without.", "\"Ana Ng\""),
        optional(
            "email",
            Kind::Line(254),
            "Their address, where Moodle shall find them by it.",
            "\"ana@school.example\"",
        ),
        optional("section", Kind::Line(80), "Section of the class.", "\"Monday\""),
        optional("groups", Kind::List(&Kind::Name(&KEBAB), 0, 50), "Ids of groups.", "[\"red\"]"),
        optional(
            "extra-time",
            Kind::Written(&EXTRA_TIME),
            "More time on every time limit: a share of it, `25%`, or so much, `15m`.",
            "\"25%\"",
        ),
        KEYS,
    ],
};

/// `[[assignment]]`.
static ASSIGNMENT: Shape = Shape {
    name: "assignment",
    doc: "Something that is set: scenarios, a lesson's checkpoint, or some scenarios drawn.",
    fields: &[
        Field {
            key: "id",
            need: Required,
            kind: Kind::Name(&KEBAB),
            doc: "Stable name; records carry it.",
            sample: "\"lab-1\"",
        },
        Field {
            key: "title",
            need: Required,
            kind: Kind::Line(80),
            doc: "Title shown to people, and the name of its column in the gradebook.",
            sample: "\"Lab 1: reading the line\"",
        },
        optional("scenarios", IDS, "What is to be done: these scenarios, in this order.", "[<scenarios>]"),
        optional("checkpoint", Kind::Name(&DOTTED), "Or the checkpoint of this lesson.", "\"<lesson>\""),
        optional("draw", Kind::Table(&DRAW), "Or some of these scenarios.", "{ from = [<scenarios>], count = 1 }"),
        optional(
            "mode",
            Kind::Word(&["practice", "exam"]),
            "practice explains each row once it is answered; exam gives no hints and explains later. A checkpoint is an exam.",
            "\"practice\"",
        ),
        optional("opens", Kind::Moment, "From when it can be begun; at once without.", "2026-10-05T09:00:00"),
        optional("due", Kind::Moment, "By when it shall be handed in.", "2026-10-12T23:59:00"),
        optional(
            "closes",
            Kind::Moment,
            "When nothing more is taken; without, the end of `late`, or the due date.",
            "2026-10-19T23:59:00",
        ),
        optional(
            "late",
            Kind::Table(&LATE),
            "What is taken after the due date, and what it costs; nothing is taken without.",
            "{ until = 2026-10-19T23:59:00, penalty-per-day = \"10%\", floor = \"50%\" }",
        ),
        optional(
            "attempts",
            Kind::Whole(1, 100),
            "How often it may be begun; without, an exam once and practice as often as one likes.",
            "1",
        ),
        optional(
            "counts",
            Kind::Word(&["best", "last", "first"]),
            "Which attempt counts: best, last or first.",
            "\"best\"",
        ),
        optional("time-limit", Kind::Written(&SPAN), "How long an attempt may take.", "\"45m\""),
        optional(
            "when-away",
            Kind::Word(&["runs", "stops"]),
            "Whether the time limit runs on or stops for a learner whose link is lost or who has left.",
            "\"runs\"",
        ),
        optional(
            "seed",
            Kind::Word(&["same", "each"]),
            "same gives all the same draw and order of answers; each gives every learner their own.",
            "\"same\"",
        ),
        optional(
            "feedback",
            Kind::Word(&["at-once", "after-hand-in", "after-due", "never"]),
            "When an exam's answers are explained: after-hand-in, after-due (nobody may hand in any more) or never; \
             practice is at-once.",
            "\"after-hand-in\"",
        ),
        optional("weight", Kind::Whole(0, 1_000), "Its share in the total, against the other weights; 1 without.", "1"),
        optional(
            "sections",
            Kind::List(&Kind::Line(80), 1, 100),
            "The sections it is for; all without.",
            "[\"Monday\"]",
        ),
        optional("groups", Kind::List(&Kind::Name(&KEBAB), 1, 200), "The groups it is for; all without.", "[\"red\"]"),
    ],
};

/// `draw = { … }`.
static DRAW: Shape = Shape {
    name: "draw",
    doc: "Some of these scenarios.",
    fields: &[
        Field { key: "from", need: Required, kind: IDS, doc: "Ids of the scenarios to draw from.", sample: "" },
        Field {
            key: "count",
            need: Required,
            kind: Kind::Whole(1, 1_000),
            doc: "How many are drawn; no more than there are.",
            sample: "",
        },
    ],
};

/// `late = { … }`.
static LATE: Shape = Shape {
    name: "late rule",
    doc: "What is taken after the due date, and what it costs.",
    fields: &[
        optional("until", Kind::Moment, "Until when late work is taken; without, until it closes.", ""),
        optional(
            "penalty-per-day",
            Kind::Written(&SHARE),
            "Per cent of the points there were that each day, or part of one, costs.",
            "",
        ),
        optional("floor", Kind::Written(&SHARE), "Per cent that lateness alone never goes below.", ""),
    ],
};

/// `10%`.
static SHARE: Form = Form {
    words: "a whole number of per cent from 0% to 100%",
    pattern: "^([0-9]{1,2}|100)%$",
    holds: |text| share(text).is_some(),
};

/// `1h30m`.
static SPAN: Form = Form {
    words: "a time such as 45m, 1h30m or 365d",
    pattern: "^([0-9]{1,5}d)?([0-9]{1,5}h)?([0-9]{1,5}m)?$",
    holds: |text| span(text).is_some(),
};

/// `25%` or `15m`.
static EXTRA_TIME: Form = Form {
    words: "a share of the limit such as 25%, or a time such as 15m",
    pattern: "^([0-9]{1,3}%|([0-9]{1,5}d)?([0-9]{1,5}h)?([0-9]{1,5}m)?)$",
    holds: |text| forms::extra_time(text).is_some(),
};

/// `river-anvil-42`.
static JOIN_CODE: Form =
    Form { words: "8 to 64 letters, digits and hyphens", pattern: "^[A-Za-z0-9-]{8,64}$", holds: forms::is_join_code };

/// `roster.csv`: never out of the class's folder.
static ROSTER: Form = Form {
    words: "the path of a .csv file in the class's folder or below, without `..`",
    pattern: "^[^/\\\\].*\\.csv$",
    holds: forms::is_roster,
};

/// `x25519:…`.
static HAND_IN_KEY: Form = Form {
    words: "x25519: and 64 hex digits",
    pattern: "^x25519:[0-9a-f]{64}$",
    holds: |text| forms::hand_in_key(text).is_some(),
};

/// `ssh-ed25519 AAAA… name`.
static PUBLIC_KEY: Form = Form {
    words: "the one line of a public key file: its type, its key, and a comment",
    pattern: "^(ssh|ecdsa|sk)-[A-Za-z0-9@.-]+ [A-Za-z0-9+/]+=*( .*)?$",
    holds: forms::is_public_key,
};
