//! What a database holds of classes, as a session may know it.

use std::sync::Arc;

use crate::{
    app::Room,
    classroom::{Class, ClassRecord, class_account},
    course::Record,
    store::{Cursor, Store, StoreError},
};

/// What the instructors of the class with this id did and was stored after `after`, in order of time, and where it ended.
///
/// # Errors
/// When the database cannot be read.
pub fn acts(store: &mut dyn Store, class: &str, after: Cursor) -> Result<(Vec<ClassRecord>, Cursor), StoreError> {
    let mut acts = Vec::new();
    let cursor = store.read(&class_account(class), after, &mut |kept| {
        acts.extend(ClassRecord::read(kept.key, kept.at, &kept.entry));
    })?;
    Ok((acts, cursor))
}

/// The rooms of `classes` for `learner`, who has these `records`: all acts of the instructors, and the learner's own work.
/// With each, where the reading of its acts ended.
///
/// # Errors
/// When the database cannot be read.
pub fn rooms<'c>(
    store: &mut dyn Store,
    classes: impl Iterator<Item = &'c Arc<Class>>,
    (learner, records): (&str, &[Record]),
) -> Result<Vec<(Room, Cursor)>, StoreError> {
    let room = |class: &Arc<Class>| {
        let (acts, cursor) = acts(store, &class.id, Cursor::START)?;
        let mut room = Room::new(Arc::clone(class));
        // Acts first: a poll must be known before its answers.
        acts.into_iter().for_each(|act| room.ledger.act(act));
        records.iter().for_each(|record| room.ledger.record(learner, record));
        Ok((room, cursor))
    };
    classes.map(room).collect()
}
