//! `respline schema`: the format for editors.

use std::process::ExitCode;

use crate::{
    classroom,
    content::{Schema, schema as schema_of},
};

use super::{
    super::{args::SchemaOf, print},
    Failure, json,
};

/// Prints the JSON Schema of a content file.
pub(in crate::cli) fn schema(of: SchemaOf) -> Result<ExitCode, Failure> {
    let of = match of {
        SchemaOf::Scenario => Schema::Scenario,
        SchemaOf::Course => Schema::Course,
        SchemaOf::Glossary => Schema::Glossary,
        SchemaOf::Class => return print(&json(&classroom::schema())?),
    };
    print(&json(&schema_of(of))?)
}
