//! QTI: a content package with an item for each question, a test of all, and a manifest.
//!
//! Versions 2.1 and 3.0 say the same in other names, so one tree is built with the names of 2.1 and `Version` translates
//! them. Where they differ in shape, 3.0 has the story as a shared stimulus and 2.1 in each item. After the information models
//! and examples of 1EdTech: items (ASI), content packaging profile, best-practice guide.

mod item;
mod manifest;
mod test;
mod version;

use crate::course::{Course, Digest, Scenario};

use super::{
    ExportError,
    package::{File, package},
    question::{Question, questions},
    tree::file,
};
use manifest::{Kind, Resource};
pub use version::Version;

/// The questions of `scenarios` as a content package: a zip file, the same bytes for the same questions.
///
/// # Errors
/// When there is no memory to write it.
pub fn qti(course: &Course, scenarios: &[impl AsRef<Scenario>], version: Version) -> Result<Vec<u8>, ExportError> {
    let all: Vec<&Scenario> = scenarios.iter().map(AsRef::as_ref).collect();
    let (mut resources, mut files) = (Vec::new(), Vec::new());
    for scenario in &all {
        add(&mut resources, &mut files, scenario, version)?;
    }
    let items = resources.iter().filter(|resource| resource.kind == Kind::Item).map(|resource| resource.id.clone());
    let whole = Resource { kind: Kind::Test, id: name("test"), path: "test.xml".into(), needs: items.collect() };
    let digest = Digest::of(all.iter().map(|scenario| scenario.id.as_str()));
    let manifest =
        manifest::manifest(version, &name(&format!("package-{digest}")), std::iter::once(&whole).chain(&resources));
    let first =
        [("imsmanifest.xml".to_owned(), file(manifest)?), (whole.path, file(test::test(version, course, &all))?)];
    files.splice(0..0, first);
    package(&files)
}

/// Adds a scenario's items, and its story where that is a file of its own.
fn add(
    resources: &mut Vec<Resource>,
    files: &mut Vec<File>,
    scenario: &Scenario,
    version: Version,
) -> Result<(), ExportError> {
    let mut needs = Vec::new();
    if version == Version::V3_0 {
        let story =
            Resource { kind: Kind::Stimulus, id: story_id(scenario), path: story_path(scenario), needs: Vec::new() };
        files.push((story.path.clone(), file(item::stimulus(version, scenario))?));
        needs.push(story.id.clone());
        resources.push(story);
    }
    for question in questions(scenario) {
        let (id, path) = (item_id(&question), item_path(&question));
        files.push((path.clone(), file(item::item(version, &question))?));
        resources.push(Resource { kind: Kind::Item, id, path, needs: needs.clone() });
    }
    Ok(())
}

/// An identifier of QTI: our ids may begin with a digit, which its may not.
fn name(id: &str) -> String {
    format!("respline.{id}")
}

fn item_id(question: &Question<'_>) -> String {
    name(&question.id())
}

fn item_path(question: &Question<'_>) -> String {
    format!("items/{}.xml", question.id())
}

fn story_id(scenario: &Scenario) -> String {
    name(&format!("{}.story", scenario.id))
}

fn story_path(scenario: &Scenario) -> String {
    format!("stories/{}.xml", scenario.id)
}
