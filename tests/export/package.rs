//! QTI packages, taken apart with an XML reader: well formed, whole, the same each time.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read},
};

use quick_xml::{Reader, XmlVersion, events::Event};
use respline::classroom::export::{self, Version};
use zip::ZipArchive;

use super::hostile::{SEEN, course, scenario};

/// An element: its name, its attributes, what is in it, and all text within.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    fn read(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).expect("it is UTF-8");
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().expect("it is well formed") {
                Event::Start(start) => open.push(Self::of(&start)),
                Event::Empty(start) => open.last_mut().unwrap().children.push(Self::of(&start)),
                Event::End(_) => {
                    let done = open.pop().unwrap();
                    let parent = open.last_mut().unwrap();
                    parent.text.push_str(&done.text);
                    parent.children.push(done);
                }
                Event::Text(words) => open.last_mut().unwrap().text.push_str(&words.xml10_content()),
                Event::GeneralRef(name) => {
                    let char = match name.xml10_content().as_ref() {
                        "lt" => "<",
                        "gt" => ">",
                        "amp" => "&",
                        other => panic!("no such reference: {other}"),
                    };
                    open.last_mut().unwrap().text.push_str(char);
                }
                Event::Decl(_) => {}
                Event::Eof => break,
                other => panic!("neither comments nor sections are written: {other:?}"),
            }
        }
        assert_eq!(open.len(), 1, "every element is closed");
        open.remove(0).children.remove(0)
    }

    fn of(start: &quick_xml::events::BytesStart<'_>) -> Self {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.expect("it is well formed");
            let value = attribute.normalized_value(XmlVersion::Explicit1_0).expect("its value is");
            (attribute.key.as_ref().to_owned(), value.into_owned())
        });
        let name = start.name().as_ref().to_owned();
        Self { name, attributes: attributes.collect(), ..Self::default() }
    }

    fn all(&self, name: &str) -> Vec<&Self> {
        let below = self.children.iter().flat_map(|child| child.all(name));
        (self.name == name).then_some(self).into_iter().chain(below).collect()
    }

    fn is(&self, name: &str) -> &str {
        &self.attributes[name]
    }
}

fn package(version: Version) -> Vec<u8> {
    export::qti(&course(), &[scenario()], version).expect("it is written")
}

fn files(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("it is a zip file");
    let count = archive.len();
    let read = |place| {
        let mut file = archive.by_index(place).expect("it is there");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("it is whole");
        (file.name().expect("it has a name").into_owned(), bytes)
    };
    (0..count).map(read).collect()
}

#[test]
fn a_package_is_the_same_each_time_and_begins_with_its_manifest() {
    for version in [Version::V2_1, Version::V3_0] {
        let bytes = package(version);
        assert_eq!(bytes, package(version));
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).expect("it is a zip file");
        let first = archive.by_index(0).expect("it is there");
        assert_eq!(first.name().expect("it has one"), "imsmanifest.xml");
        assert_eq!(first.last_modified().expect("it is set").to_string(), "1980-01-01 00:00:00");
    }
}

#[test]
fn the_manifest_names_every_file_and_nothing_else() {
    for version in [Version::V2_1, Version::V3_0] {
        let files = files(&package(version));
        let manifest = Element::read(&files["imsmanifest.xml"]);
        let resources = manifest.all("resource");
        let named: BTreeSet<&str> = manifest.all("file").iter().map(|file| file.is("href")).collect();
        let there: BTreeSet<&str> =
            files.keys().map(String::as_str).filter(|name| *name != "imsmanifest.xml").collect();
        assert_eq!(named, there);
        let ids: BTreeSet<&str> = resources.iter().map(|one| one.is("identifier")).collect();
        assert_eq!(ids.len(), resources.len(), "ids are unique");
        assert!(manifest.all("dependency").iter().all(|one| ids.contains(one.is("identifierref"))));
        for id in ids.iter().copied().chain([manifest.is("identifier")]) {
            let name = |char: char| char.is_ascii_alphanumeric() || "-_.".contains(char);
            assert!(id.starts_with(|char: char| char.is_ascii_alphabetic()) && id.chars().all(name), "{id}");
        }
    }
}

#[test]
fn every_item_has_one_right_answer_and_explains_each() {
    for (version, prefix) in [(Version::V2_1, ""), (Version::V3_0, "qti-")] {
        let named = |two: &'static str, three: &str| {
            if prefix.is_empty() { two.to_owned() } else { format!("{prefix}{three}") }
        };
        let files = files(&package(version));
        let items: Vec<Element> = files
            .iter()
            .filter(|(name, _)| name.starts_with("items/"))
            .map(|(_, bytes)| Element::read(bytes))
            .collect();
        assert_eq!(items.len(), 4);
        for item in &items {
            assert_eq!(item.name, named("assessmentItem", "assessment-item"));
            assert!(item.is("title").starts_with("]]></p><script>"), "{}", item.is("title"));
            let choices: Vec<&str> = item
                .all(&named("simpleChoice", "simple-choice"))
                .iter()
                .map(|choice| choice.is("identifier"))
                .collect();
            let right = &item.all(&named("correctResponse", "correct-response"))[0].text;
            assert!(choices.contains(&right.as_str()), "{right}");
            let feedback = item.all(&named("modalFeedback", "modal-feedback"));
            let explained: Vec<&str> = feedback.iter().map(|one| one.is("identifier")).collect();
            assert_eq!(explained, choices);
            assert!(feedback.iter().all(|one| one.text.contains(SEEN)), "{feedback:?}");
            let body = &item.all(&named("itemBody", "item-body"))[0].text;
            assert!(body.contains(SEEN), "{body}");
            assert!(item.all("script").is_empty());
        }
        let shuffled = items.iter().flat_map(|item| item.all(&named("choiceInteraction", "choice-interaction")));
        let shuffled: Vec<&str> = shuffled.map(|one| one.is("shuffle")).collect();
        assert_eq!(shuffled, ["true", "false", "true", "false"], "controls are, owners are not");
    }
}

#[test]
fn the_test_holds_every_item_once_under_its_scenario() {
    for (version, item, section) in [
        (Version::V2_1, "assessmentItemRef", "assessmentSection"),
        (Version::V3_0, "qti-assessment-item-ref", "qti-assessment-section"),
    ] {
        let files = files(&package(version));
        let test = Element::read(&files["test.xml"]);
        let held: Vec<&str> = test.all(item).iter().map(|one| one.is("href")).collect();
        let all: BTreeSet<&str> = files.keys().map(String::as_str).filter(|name| name.starts_with("items/")).collect();
        assert_eq!((held.len(), held.into_iter().collect::<BTreeSet<_>>()), (all.len(), all));
        assert_eq!(test.all(section)[0].is("identifier"), "respline.9-evil");
    }
}

#[test]
fn the_story_is_in_each_item_or_once_for_all() {
    let old = files(&package(Version::V2_1));
    assert!(old.iter().filter(|(name, _)| name.starts_with("items/")).all(|(_, bytes)| {
        let item = Element::read(bytes);
        item.all("pre")[0].text == "a = {b}\n\n  // ~c" && item.text.matches(SEEN).count() > 1
    }));
    let new = files(&package(Version::V3_0));
    let story = Element::read(&new["stories/9-evil.xml"]);
    assert!(story.text.contains(SEEN) && story.all("pre")[0].text == "a = {b}\n\n  // ~c");
    let item = Element::read(&new["items/9-evil.one.owner.xml"]);
    let reference = item.all("qti-assessment-stimulus-ref")[0];
    assert_eq!((reference.is("identifier"), reference.is("href")), (story.is("identifier"), "../stories/9-evil.xml"));
    assert_eq!(item.all("div")[0].is("data-stimulus-idref"), story.is("identifier"));
}
