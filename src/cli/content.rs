//! TEMP
use super::{args::*, *};
use std::path::Path;
pub(super) fn unreadable(e: String) -> Failure {
    Failure::content(e, "")
}
pub(super) fn unknown<'a>(kind: &str, id: &str, _known: impl Iterator<Item = &'a str>) -> Failure {
    Failure::usage(format!("there is no {kind} '{id}'"), "")
}
pub(super) fn list(_: &Setup, _: Listed, _: ListFormat) -> Result<ExitCode, Failure> {
    print("")
}
pub(super) fn line(_: &Setup, _: &str, _: LineFormat) -> Result<ExitCode, Failure> {
    print("")
}
pub(super) fn check(_: &Setup, _: Option<&Path>, _: CheckFormat, _: bool) -> Result<ExitCode, Failure> {
    print("")
}
pub(super) fn new(_: &Setup, _: &New) -> Result<ExitCode, Failure> {
    print("")
}
pub(super) fn schema(_: SchemaOf) -> Result<ExitCode, Failure> {
    print("")
}
