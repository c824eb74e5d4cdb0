-- A checksum of each column of each row (of the log: of each row), so that a flipped bit is found wherever it is. It takes
-- the place of the seals of articles. The triggers that note changed rows are made from the
-- schema by store/seals.py.
DROP TRIGGER seal_new;
DROP TRIGGER seal_broken;
DROP INDEX unsealed;
ALTER TABLE article DROP COLUMN seal;

-- ``relation`` is a number made from the name of a table. ``one`` and ``other`` are the key of a row: its row id and 0, or the values of its primary key.
CREATE TABLE seal (
    relation INTEGER NOT NULL,
    one NOT NULL,
    other NOT NULL,
    sums BLOB NOT NULL,
    PRIMARY KEY (relation, one, other)
) WITHOUT ROWID;

-- The rows that were changed since they were sealed; ``columns`` has a bit for each column.
CREATE TABLE unsealed (
    relation INTEGER NOT NULL,
    one NOT NULL,
    other NOT NULL,
    columns INTEGER NOT NULL,
    PRIMARY KEY (relation, one, other)
) WITHOUT ROWID;
