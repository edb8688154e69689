//! `respline class handout`: one page for the learners, one for the instructor.

use std::process::ExitCode;

use crate::{
    classroom::{Assignment, Class},
    ui::handout::{self, Way},
};

use super::{
    super::{
        Failure,
        config::Setup,
        print,
        progress::{Target, save},
    },
    args::{Handout, HandoutFormat},
    load::{assignment, shown, sound},
};

/// Writes a page.
pub(super) fn run(setup: &Setup, args: &Handout) -> Result<ExitCode, Failure> {
    let (class, _) = sound(setup, &args.class)?;
    let only = args.assignment.as_deref().map(|id| assignment(&class, id)).transpose()?;
    let set: Vec<&Assignment> =
        class.assignments.iter().filter(|one| only.as_ref().is_none_or(|only| one.id == *only)).collect();
    let file = args.class.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let page = page(args, (&class, &set), &file)?;
    let text = match args.format {
        HandoutFormat::Markdown => handout::markdown(&page),
        HandoutFormat::Html => handout::html(&page),
    };
    let Some(out) = &args.out else { return print(&text) };
    let target = if args.force { Target::Over(out.clone()) } else { Target::New(out.clone()) };
    save(out, &target, text.as_bytes()).map_err(|error| Failure::environment(error.to_string(), error.hint()))?;
    print(&format!("{}\n", shown(out)))
}

fn page(args: &Handout, (class, set): (&Class, &[&Assignment]), file: &str) -> Result<handout::Page, Failure> {
    let way = match &args.ssh {
        Some(host) => {
            Way::ssh(host).ok_or_else(|| Failure::usage(format!("'{host}' is no host"), "write HOST or HOST:PORT"))?
        }
        // As `class copies` names them.
        None => Way::Offline { file: "YOU.toml".into() },
    };
    Ok(if args.for_instructor {
        handout::instructor(class, set, (file, &way))
    } else {
        handout::learner(class, set, &way)
    })
}
