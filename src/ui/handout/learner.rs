//! The learners' page.

use crate::{
    app::{Scope, keymap::KEYMAP},
    classroom::{Assignment, Away, Class, Feedback, Rules},
};

use super::{
    Block::{self, Code, Heading, List, Table, Words},
    Page, Way, closes, date, span, task,
};

/// What a learner needs to know to do `set`.
pub fn learner(class: &Class, set: &[&Assignment], way: &Way) -> Page {
    let mut blocks = get_in(class, way);
    blocks.push(Heading("What to do".into()));
    blocks.push(Table(dates(class, set)));
    blocks.extend(rules(set));
    if let Way::Offline { file } = way {
        blocks.extend(hand_in(class, set, file));
    }
    blocks.extend(keys());
    blocks.extend(without_a_screen(way));
    blocks.extend(recorded(class));
    Page { title: class.title.clone(), blocks }
}

fn get_in(class: &Class, way: &Way) -> Vec<Block> {
    let heading = Heading("How to get in".into());
    match way {
        Way::Ssh { host, port } => {
            let code = class.join_code.as_ref().map(|code| format!(" and the join code `{code}`"));
            let asked = format!(
                "Nothing is installed. The first time, you are asked for your name{}; after that your SSH key is known. \
                 Without a key, make one with `ssh-keygen -t ed25519`.",
                code.unwrap_or_default()
            );
            vec![heading, Code(Way::command(host, *port, "")), Words(asked)]
        }
        Way::Offline { file } => vec![
            heading,
            Words(format!(
                "Put the program `respline` and the class file `{file}` into one folder, and type this there; YOU is your login."
            )),
            Code(format!("respline --class {file} --learner YOU")),
        ],
    }
}

fn dates(class: &Class, set: &[&Assignment]) -> Vec<Vec<String>> {
    let head = ["assignment", "what", "opens", "due", "closes", "time"].map(String::from).to_vec();
    let row = |one: &&Assignment| {
        vec![
            one.title.clone(),
            task(one),
            date(class, one.opens),
            date(class, one.due),
            closes(class, one),
            one.time_limit.map_or_else(|| "no limit".into(), span),
        ]
    };
    std::iter::once(head).chain(set.iter().map(row)).collect()
}

fn rules(set: &[&Assignment]) -> Vec<Block> {
    let mut said = vec![
        "For each row say whose duty it is, the provider's or the customer's, then what is left for you to do about it. Each is \
         worth a point. If you can configure it, you own it."
            .to_owned(),
        "An answer is stored when you confirm it. Leave or lose the connection at any moment, and come back to the same row."
            .to_owned(),
    ];
    for one in set {
        said.extend(late(one));
        if one.time_limit.is_some() {
            let away = if one.away == Away::Stops { "stops" } else { "runs on" };
            said.push(format!(
                "{}: the time {away} while you are away. What is open at its end is handed in as it stands.",
                one.title
            ));
        }
        if let Some(attempts) = one.attempts {
            let times = if attempts == 1 { "once".to_owned() } else { format!("{attempts} times") };
            said.push(format!("{}: you can begin it {times}. What is handed in cannot change.", one.title));
        }
        if one.mode == Rules::Exam {
            let when = match one.feedback {
                Feedback::AfterDue => "when nobody can hand it in any more",
                Feedback::Never => "not in the program",
                Feedback::AtOnce | Feedback::AfterHandIn => "when you have handed it in",
            };
            said.push(format!("{}: its answers are explained {when}.", one.title));
        }
    }
    vec![List(said)]
}

fn late(one: &Assignment) -> Option<String> {
    let after = one.due.zip(one.closes).filter(|(due, closes)| due < closes)?;
    let cost = match (one.late.per_day, one.late.floor) {
        (0, _) => "costs nothing".to_owned(),
        (per_day, 0) => format!("costs {per_day} % a day"),
        (per_day, floor) => format!("costs {per_day} % a day, never below {floor} %"),
    };
    let days = (after.1.since(after.0)) / 86_400_000;
    Some(format!("{}: late work is taken for {days} days and {cost}.", one.title))
}

fn hand_in(class: &Class, set: &[&Assignment], file: &str) -> Vec<Block> {
    let command =
        |one: &&Assignment| format!("respline hand-in {file} {0} --learner YOU --out YOU-{0}.hand-in", one.id);
    let commands: Vec<String> = set.iter().map(command).collect();
    let seal = if class.hand_in_key.is_some() {
        "The file is sealed: your instructor alone can read it, and a change to it is seen."
    } else {
        "The file can be read by whoever gets it; a change to it is seen."
    };
    vec![
        Heading("Hand it in".into()),
        Words(format!("When you are done, write this file and send it as you are told. {seal}")),
        Code(commands.join("\n")),
    ]
}

fn keys() -> Vec<Block> {
    let wanted = |scope: Scope| {
        matches!(
            scope,
            Scope::Owner | Scope::Control | Scope::Hints | Scope::Explained | Scope::HandIn | Scope::Everywhere
        )
    };
    let mut rows = vec![vec!["keys".to_owned(), "what they do".to_owned()]];
    for row in KEYMAP.iter().filter(|row| wanted(row.scope) && row.bar.is_some()) {
        let row = vec![format!("`{}`", row.keys().replace(' ', "` `")), row.label.to_owned()];
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    vec![
        Heading("Keys".into()),
        Words("The bar at the bottom shows those that hold at the moment; `?` shows all. An exam has no hints.".into()),
        Table(rows),
    ]
}

fn without_a_screen(way: &Way) -> Vec<Block> {
    let command = match way {
        Way::Ssh { host, port } => Way::command(host, *port, " -T"),
        Way::Offline { file } => format!("respline --class {file} --learner YOU --plain"),
    };
    let words = "The same tutor asks one question at a time and reads your answers line by line: `p` or `c` for the owner, a \
                 number for the control, `h` hint, `u` unsure, `?` help, `q` leave. Points and records are the same.";
    vec![Heading("With a screen reader or a braille line".into()), Code(command), Words(words.into())]
}

fn recorded(class: &Class) -> Vec<Block> {
    let kept = class.retention.map_or_else(
        || "How long it is kept is your instructor's to say.".to_owned(),
        |kept| format!("It is kept for {} days after the last date.", kept.as_secs() / 86_400),
    );
    let said = format!(
        "Under your login: each answer with its time, hints you read, what you marked unsure, when you began, left and handed in; \
         over SSH your public key too. No typing, no screen, no address. {kept} You can ask your instructor to see all of it, and to \
         have it removed."
    );
    vec![Heading("What is recorded about you".into()), Words(said)]
}
