-- What reading leaves behind: how long and how far, by article and day.
-- Days are days of the person's own clock, so that an evening is one evening.
-- An article that is deleted leaves its time behind, so there is no foreign key.
CREATE TABLE reading (
    day TEXT NOT NULL,
    article INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    words INTEGER NOT NULL,
    PRIMARY KEY (day, article)
) WITHOUT ROWID;
CREATE INDEX reading_by_article ON reading (article);

-- The sums of each day, kept by the triggers below, so that years are read in a moment.
CREATE TABLE day (
    date TEXT PRIMARY KEY,
    seconds INTEGER NOT NULL DEFAULT 0,
    words INTEGER NOT NULL DEFAULT 0,
    added INTEGER NOT NULL DEFAULT 0,
    finished INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

INSERT INTO day (date, added)
SELECT date(added_at, 'localtime'), count(*) FROM article
WHERE date(added_at, 'localtime') IS NOT NULL GROUP BY 1;
INSERT INTO day (date, finished)
SELECT date(read_at, 'localtime'), count(*) FROM article
WHERE date(read_at, 'localtime') IS NOT NULL GROUP BY 1
ON CONFLICT (date) DO UPDATE SET finished = excluded.finished;

CREATE TRIGGER reading_noted AFTER INSERT ON reading BEGIN
    INSERT INTO day (date, seconds, words) VALUES (new.day, new.seconds, new.words)
    ON CONFLICT (date) DO UPDATE
    SET seconds = seconds + excluded.seconds, words = words + excluded.words;
END;
CREATE TRIGGER reading_went_on AFTER UPDATE OF seconds, words ON reading BEGIN
    UPDATE day SET seconds = seconds + new.seconds - old.seconds,
        words = words + new.words - old.words
    WHERE date = new.day;
END;
CREATE TRIGGER reading_taken AFTER DELETE ON reading BEGIN
    UPDATE day SET seconds = seconds - old.seconds, words = words - old.words
    WHERE date = old.day;
END;

CREATE TRIGGER day_of_adding AFTER INSERT ON article
WHEN date(new.added_at, 'localtime') IS NOT NULL BEGIN
    INSERT INTO day (date, added) VALUES (date(new.added_at, 'localtime'), 1)
    ON CONFLICT (date) DO UPDATE SET added = added + 1;
END;
CREATE TRIGGER day_of_adding_gone AFTER DELETE ON article BEGIN
    UPDATE day SET added = max(0, added - 1) WHERE date = date(old.added_at, 'localtime');
    UPDATE day SET finished = max(0, finished - 1) WHERE date = date(old.read_at, 'localtime');
END;
CREATE TRIGGER day_of_finishing AFTER UPDATE OF read_at ON article
WHEN new.read_at <> old.read_at BEGIN
    UPDATE day SET finished = max(0, finished - 1) WHERE date = date(old.read_at, 'localtime');
    INSERT INTO day (date, finished)
    SELECT date(new.read_at, 'localtime'), 1 WHERE date(new.read_at, 'localtime') IS NOT NULL
    ON CONFLICT (date) DO UPDATE SET finished = finished + 1;
END;

CREATE INDEX opened_by_views ON article (views) WHERE views > 0 AND state <> 'trash';
