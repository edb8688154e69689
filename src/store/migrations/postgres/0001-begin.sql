-- The same tables as in SQLite, under the same names. Text is compared by its bytes, as SQLite does.
-- One row for each thing that happened. Rows are only ever added, until their learner is forgotten.
-- `place` counts in the order of storing: whoever adds rows holds a lock until they are committed.
CREATE TABLE record (
    place   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    learner text COLLATE "C" NOT NULL,
    origin  text COLLATE "C" NOT NULL,
    seq     bigint NOT NULL,
    at      bigint NOT NULL,
    entry   text COLLATE "C" NOT NULL,
    UNIQUE (learner, origin, seq)
);

CREATE INDEX record_in_order ON record (learner, at, origin, seq);

-- Who may log in. `folded` is the name without case, so that Ann and ann are one.
CREATE TABLE account (
    folded  text COLLATE "C" PRIMARY KEY,
    learner text COLLATE "C" NOT NULL UNIQUE,
    made    bigint NOT NULL,
    pin     text
);

CREATE TABLE account_key (
    key     text COLLATE "C" PRIMARY KEY,
    learner text COLLATE "C" NOT NULL REFERENCES account (learner) ON DELETE CASCADE
);

CREATE INDEX account_key_of ON account_key (learner, key);
