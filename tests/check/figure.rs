//! The figures to keep: whole markup whatever the content, every row told, nothing fetched and nothing run.
//!
//! `UPDATE_FIGURES=1 cargo test --test check figure` rewrites the one kept here; look at it before it is committed.

use std::{fs, path::Path, sync::Arc};

use respline::{
    course::{Course, Scenario},
    terminal::Library,
    ui::figure,
};

use super::{
    command::{pack, respline, text},
    markup::{HOSTILE, escaped, runs_and_fetches_nothing, tags},
};

/// The small and the shipped pack, whole.
fn everything() -> Vec<(Arc<Course>, Vec<Arc<Scenario>>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |folder: &str| {
        let library = Library::open_afresh(&[root.join(folder)]).expect("the pack is good");
        let course = library.course();
        let read = |line: respline::course::Listing<'_>| library.scenario(line.id).expect("it is there");
        let scenarios = course.catalog.iter().map(read).collect();
        (course, scenarios)
    };
    vec![read("tests/packs/good"), read(".")]
}

fn turned(scenario: &Scenario) -> Scenario {
    let mut turned = scenario.clone();
    turned.title.push_str(HOSTILE);
    turned.sources.push(HOSTILE.repeat(9));
    for layer in &mut turned.layers {
        layer.label.push_str(HOSTILE);
        layer.task.push_str(HOSTILE);
        layer.controls.iter_mut().for_each(|control| control.text.push_str(HOSTILE));
    }
    turned
}

/// Words without their spaces: lines are broken where the figure has to.
fn squeezed(words: &str) -> String {
    words.split_whitespace().collect()
}

#[test]
fn every_scenario_is_a_whole_figure_with_every_row_told() {
    for scenario in everything().into_iter().flat_map(|(_, scenarios)| scenarios) {
        let svg = figure::svg(&scenario);
        let (tags, words) = tags(&svg);
        runs_and_fetches_nothing(&tags);
        let drawn = squeezed(words.split_once("</desc>").map_or(&words, |(_, drawn)| drawn));
        assert_eq!(tags.iter().filter(|tag| tag.starts_with("rect class=\"card")).count(), scenario.layers.len());
        let told = scenario.layers.iter().flat_map(|layer| [&layer.task, &layer.label]);
        for text in told.chain([&scenario.title]).chain(&scenario.sources) {
            assert!(drawn.contains(&squeezed(&escaped(text))), "{}: {text}", scenario.id);
        }
        assert!(svg.contains("role=\"img\"") && svg.contains("<title id=") && svg.contains("<desc id="));
    }
}

#[test]
fn hostile_content_is_words_and_nothing_else() {
    for (course, scenarios) in everything() {
        let turned: Vec<Arc<Scenario>> = scenarios.iter().map(|scenario| Arc::new(turned(scenario))).collect();
        for scenario in &turned {
            for markup in [figure::svg(scenario), figure::page(&course, &[Arc::clone(scenario)])] {
                let (tags, words) = tags(&markup);
                runs_and_fetches_nothing(&tags);
                assert!(words.contains("&lt;script src=&quot;http"), "it is there, as words");
            }
        }
        runs_and_fetches_nothing(&tags(&figure::page(&course, &turned)).0);
    }
}

#[test]
fn one_page_holds_every_line_under_its_lesson() {
    let here = tempfile::tempdir().expect("there is room");
    let page = text(&respline(here.path(), &["line", "--all"]).stdout);
    let (tags, words) = tags(&page);
    runs_and_fetches_nothing(&tags);
    let library = Library::embedded().expect("it is built in");
    let course = library.course();
    for line in course.catalog.iter() {
        assert_eq!(page.matches(&format!("<article id=\"{}\">", line.id)).count(), 1, "{}", line.id);
        assert_eq!(page.matches(&format!("<a href=\"#{}\">", line.id)).count(), 1, "{}", line.id);
    }
    assert!(course.lessons.iter().all(|lesson| words.contains(&escaped(&lesson.title))));
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands for one thing");
    let rows = tags.iter().filter(|tag| *tag == "th scope=\"row\"").count();
    assert_eq!(rows, course.catalog.iter().map(|line| line.layers).sum::<usize>());
}

#[test]
fn a_figure_goes_to_a_file_that_is_not_there_yet() {
    let root = pack();
    let write = |more: &[&str]| {
        respline(
            root.path(),
            &[&["line", "shop", "--pack", ".", "--format", "svg", "--out", "shop.svg"], more].concat(),
        )
    };
    assert_eq!(write(&[]).status.code(), Some(0));
    let file = root.path().join("shop.svg");
    let printed = text(&respline(root.path(), &["line", "shop", "--pack", ".", "--format", "svg"]).stdout);
    assert_eq!(fs::read_to_string(&file).expect("it is written"), printed);
    fs::write(&file, "mine").expect("it can be written");
    let refused = write(&[]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(text(&refused.stderr).contains("shop.svg is there already"), "{}", text(&refused.stderr));
    assert_eq!(fs::read_to_string(&file).expect("it is there"), "mine");
    assert_eq!(write(&["--force"]).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&file).expect("it is there"), printed);
    let wrong = respline(root.path(), &["line", "--all", "--format", "svg", "--pack", "."]);
    assert_eq!(wrong.status.code(), Some(2));
    assert_eq!(respline(root.path(), &["line"]).status.code(), Some(2));
}

#[test]
fn the_figure_of_the_shop_is_the_one_kept_here() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check/shop.svg");
    let root = pack();
    let drawn = text(&respline(root.path(), &["line", "shop", "--pack", ".", "--format", "svg"]).stdout);
    if std::env::var_os("UPDATE_FIGURES").is_some() {
        fs::write(&kept, &drawn).expect("it can be written");
    }
    assert!(fs::read_to_string(&kept).is_ok_and(|kept| kept == drawn), "it is now\n{drawn}");
}
