//! The packs that tests run on.

use std::{path::PathBuf, sync::Arc};

use respline::{
    app::{Look, Size, Zones},
    course::Order,
    terminal::Library,
};

use super::program::Opening;

/// The small pack's folder.
pub(crate) fn small() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/packs/small")
}

/// The shipped pack's folder.
pub(crate) fn shipped() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The course map of a pack at 80 by 24.
pub(crate) fn opening(pack: PathBuf) -> Opening {
    let Ok(library) = Library::open(&[pack]) else { panic!("the pack is broken") };
    Opening {
        course: library.course(),
        shelf: Arc::new(library),
        size: Size { width: 80, height: 24 },
        look: Look { reduced_motion: true, ..Look::default() },
        order: Order::Authored,
        seed: Some(1),
        goal: None,
        rooms: Vec::new(),
        zones: Zones::UTC,
    }
}
