-- One row for each thing that happened. Rows are only ever added.
-- `place` counts in the order of storing; it must be a column of its own, or VACUUM could renumber it.
-- `origin` is 16 hex digits: SQLite has no unsigned 64-bit integer, and hex keeps their order.
CREATE TABLE record (
    place   INTEGER PRIMARY KEY,
    learner TEXT    NOT NULL,
    origin  TEXT    NOT NULL,
    seq     INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    entry   TEXT    NOT NULL,
    UNIQUE (learner, origin, seq)
) STRICT;

CREATE INDEX record_in_order ON record (learner, at, origin, seq);
