//! The JSON Schema says what the check says.

use jsonschema::Validator;
use respline::content::{Schema, SourceFile, schema, tidy};
use serde_json::Value;

use super::{
    glossary::{GLOSSARY, explained},
    pack::{COURSE, SHOP, good},
};

fn validator(of: Schema) -> Validator {
    jsonschema::draft202012::new(&schema(of)).expect("it is a schema of 2020-12")
}

fn json(toml: &str) -> Value {
    let value: toml::Value = toml::from_str(toml).expect("it is TOML");
    serde_json::to_value(value).expect("it can be written as JSON")
}

/// The TOML files of a folder whose names begin with `name`.
fn shipped(folder: &str, name: &str) -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files =
        std::fs::read_dir(folder).expect("the pack is there").map(|entry| entry.expect("it can be read").path());
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .filter(|path| path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(name)))
        .map(|path| std::fs::read_to_string(path).expect("it can be read"))
        .collect()
}

#[test]
fn shipped_files_are_valid() {
    for (of, folder, name) in [
        (Schema::Scenario, "scenarios", ""),
        (Schema::Course, "lessons", "course"),
        (Schema::Glossary, "lessons", "glossary"),
    ] {
        let validator = validator(of);
        let files = shipped(folder, name);
        assert!(!files.is_empty());
        for file in files {
            let errors: Vec<String> = validator.iter_errors(&json(&file)).map(|error| error.to_string()).collect();
            assert_eq!(errors, Vec::<String>::new());
        }
    }
}

#[test]
fn what_the_check_refuses_by_its_form_the_schema_refuses() {
    let scenario = [
        ("title =", "tittle ="),
        ("level = 2", "level = 4"),
        ("level = 2", "level = \"2\""),
        ("format = 1", "format = 2"),
        ("id = \"shop\"", "id = \"Shop\""),
        ("owner = \"customer\"", "owner = \"shared\""),
        ("\"A shop that updates by hand\"", "\" \""),
        ("task = \"Keep the database off the public internet\"\n", ""),
        ("correct = true", "correct = \"yes\""),
    ];
    let course = [
        ("pass = 0.8", "pass = 1.5"),
        ("draw = 1", "draw = 0"),
        ("1-the-line.md", "../x.md"),
        ("id = \"2\"", "id = \"2\"\nnote = 1"),
    ];
    let glossary = [
        ("name = \"role\"", "name = \"\""),
        ("also = [\"VM\"]", "also = []"),
        ("also = [\"VM\"]", "also = \"VM\""),
        ("text =", "means ="),
    ];
    let cases = scenario
        .map(|case| (Schema::Scenario, SHOP, case))
        .into_iter()
        .chain(course.map(|case| (Schema::Course, COURSE, case)))
        .chain(glossary.map(|case| (Schema::Glossary, GLOSSARY, case)));
    for (of, file, (from, to)) in cases {
        let pack = explained().with(file, from, to);
        assert!(!validator(of).is_valid(&json(&pack.text(file))), "the schema lets {to:?} pass");
        assert!(pack.check().course.is_none(), "the check lets {to:?} pass");
    }
    assert!(validator(Schema::Scenario).is_valid(&json(&good().text(SHOP))));
    assert!(validator(Schema::Course).is_valid(&json(&good().text(COURSE))));
    assert!(validator(Schema::Glossary).is_valid(&json(&explained().text(GLOSSARY))));
}

#[test]
fn every_key_is_explained() {
    fn walk(schema: &Value) {
        for (key, property) in schema["properties"].as_object().expect("a table has keys") {
            assert!(property["description"].as_str().is_some_and(|text| text.ends_with('.')), "{key}");
            for table in [property, &property["items"]].into_iter().filter(|table| table["properties"].is_object()) {
                walk(table);
            }
        }
    }
    walk(&schema(Schema::Scenario));
    walk(&schema(Schema::Course));
    walk(&schema(Schema::Glossary));
}

#[test]
fn a_file_may_name_its_schema_in_its_first_line() {
    let text = format!("#:schema ../scenario.schema.json\n{}", good().text(SHOP));
    assert!(good().put(SHOP, text.clone()).problems().is_empty());
    let file = SourceFile::new(SHOP, text.as_bytes());
    assert_eq!(tidy(&file).as_deref(), Ok(text.as_str()));
    assert!(validator(Schema::Scenario).is_valid(&json(&text)));
}
