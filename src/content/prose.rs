//! Holds the Markdown of stories, explanations and lessons to what a learner's screen can show.

use crate::document::Document;

use super::{frame::Frame, markup, source::Findings, wide::too_wide};

const WIDE_HINT: &str = "keep fenced lines and words within 38 columns";

/// Tells what is wrong with `text`, whose bytes `at` maps to the file's; `frame` knows the scenarios it may draw.
pub(super) fn check(
    text: &str,
    at: impl Fn(usize) -> usize,
    frame: Option<&Frame>,
    findings: &mut Findings<'_>,
) -> Document {
    let markup = markup::read(text);
    for remark in markup.remarks {
        findings.error("markdown", at(remark.at), remark.message, remark.hint);
    }
    for (place, width) in too_wide(text) {
        let message = format!("{width} columns are wider than the narrowest screen");
        findings.warn("too-wide", at(place), message, WIDE_HINT);
    }
    for (place, id) in markup.drawn {
        if let Some(frame) = frame {
            frame.scenario(&id, at(place), findings);
        }
    }
    markup.document
}
