-- Who may log in to a shared box. `folded` is the name without case, so that Ann and ann are one.
CREATE TABLE account (
    folded  TEXT    PRIMARY KEY,
    learner TEXT    NOT NULL UNIQUE,
    made    INTEGER NOT NULL,
    pin     TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE account_key (
    key     TEXT PRIMARY KEY,
    learner TEXT NOT NULL REFERENCES account (learner) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX account_key_of ON account_key (learner, key);

-- The highest place when somebody was forgotten last: a place that was freed is never given again, or readers who had
-- come further would miss the record there.
CREATE TABLE freed (place INTEGER NOT NULL) STRICT;
INSERT INTO freed (place) VALUES (0);
