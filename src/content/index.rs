//! A checked course as bytes, so that a start need not read the pack again.

use crate::course::Course;

/// The course as bytes that [`read_index`] reads.
///
/// # Errors
/// When memory runs out.
pub fn index(course: &Course) -> Result<Vec<u8>, BadIndex> {
    Ok(postcard::to_stdvec(course)?)
}

/// The course that [`index`] wrote.
///
/// # Errors
/// When the bytes are no course, or more than one.
pub fn read_index(bytes: &[u8]) -> Result<Course, BadIndex> {
    match postcard::take_from_bytes(bytes)? {
        (course, []) => Ok(course),
        _ => Err(BadIndex(postcard::Error::DeserializeBadEncoding)),
    }
}

/// Bytes that are no index.
#[derive(Debug, thiserror::Error)]
#[error("the index of the pack cannot be read: {0}")]
pub struct BadIndex(#[from] postcard::Error);
