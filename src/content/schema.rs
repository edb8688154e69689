//! The format as JSON Schema, for editors that check and complete while an author writes.

use serde_json::{Map, Value, json};

use super::{
    format::{COURSE, SCENARIO},
    glossary::GLOSSARY,
    shape::{Kind, LONGEST_NAME, Need, Shape},
};

/// The files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// `scenarios/<id>.toml`.
    Scenario,
    /// `lessons/course.toml`.
    Course,
    /// `lessons/glossary.toml`.
    Glossary,
}

/// The schema of a file, in JSON Schema 2020-12.
pub fn schema(of: Schema) -> Value {
    schema_of(match of {
        Schema::Scenario => &SCENARIO,
        Schema::Course => &COURSE,
        Schema::Glossary => &GLOSSARY,
    })
}

/// The schema of a file of this shape.
pub(crate) fn schema_of(shape: &Shape) -> Value {
    let mut schema = table(shape);
    let name = format!("respline {}", shape.name);
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_owned(), json!(name));
    Value::Object(schema)
}

fn table(shape: &Shape) -> Map<String, Value> {
    let required = shape.fields.iter().filter(|field| field.need == Need::Required);
    let required: Vec<&str> = required.map(|field| field.key).collect();
    let property = |field: &super::shape::Field| {
        let mut schema = kind(&field.kind);
        schema.insert("description".to_owned(), json!(field.doc));
        (field.key.to_owned(), Value::Object(schema))
    };
    let properties: Map<String, Value> = shape.fields.iter().map(property).collect();
    object(json!({
        "type": "object",
        "description": shape.doc,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    }))
}

fn kind(kind: &Kind) -> Map<String, Value> {
    match kind {
        Kind::Line(longest) => {
            object(json!({ "type": "string", "minLength": 1, "maxLength": longest, "pattern": "^[^\\n]*\\S[^\\n]*$" }))
        }
        Kind::Sentence(shortest, longest) => object(json!({
            "type": "string",
            "minLength": shortest,
            "maxLength": longest,
            "pattern": "^[^\\n]*\\S[^\\n]*$",
        })),
        Kind::Markdown(longest) => object(json!({ "type": "string", "maxLength": longest, "pattern": "\\S" })),
        Kind::Name(form) => object(json!({ "type": "string", "maxLength": LONGEST_NAME, "pattern": form.pattern })),
        Kind::Written(form) => object(json!({ "type": "string", "pattern": form.pattern })),
        // A date-time of TOML, which editors that check TOML by such a schema take for text.
        Kind::Moment => {
            object(json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}" }))
        }
        Kind::Word(words) => object(json!({ "type": "string", "enum": words })),
        Kind::Whole(from, to) => object(json!({ "type": "integer", "minimum": from, "maximum": to })),
        Kind::Share => object(json!({ "type": "number", "minimum": 0, "maximum": 1 })),
        Kind::Flag => object(json!({ "type": "boolean" })),
        Kind::List(of, from, to) => {
            let items = self::kind(of);
            object(json!({ "type": "array", "items": items, "minItems": from, "maxItems": to }))
        }
        Kind::Table(shape) => table(shape),
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
