-- How much is left to read in each state, and what was begun: kept by triggers, so that
-- neither is ever counted.

-- The words that are left.
ALTER TABLE article ADD COLUMN remaining INTEGER
    GENERATED ALWAYS AS (CAST(words * (1 - progress) AS INTEGER)) VIRTUAL;

-- Begun and not finished: what is done with is in the archive and was read.
ALTER TABLE article ADD COLUMN begun INTEGER GENERATED ALWAYS AS (
    progress > 0 AND progress < 0.95 AND (state = 'queue' OR (state = 'archive' AND read_at = ''))
) VIRTUAL;
CREATE INDEX begun_by_opened ON article (opened_at) WHERE begun = 1;

ALTER TABLE tally ADD COLUMN words INTEGER NOT NULL DEFAULT 0;
UPDATE tally
SET words = (SELECT coalesce(sum(remaining), 0) FROM article WHERE state = shelf)
WHERE shelf IN ('queue', 'archive', 'trash');
INSERT INTO tally (shelf, articles) SELECT 'begun', count(*) FROM article WHERE begun = 1;

CREATE TRIGGER remaining_added AFTER INSERT ON article BEGIN
    UPDATE tally SET words = words + new.remaining WHERE shelf = new.state;
    UPDATE tally SET articles = articles + 1 WHERE shelf = 'begun' AND new.begun;
END;
CREATE TRIGGER remaining_changed AFTER UPDATE OF state, words, progress, read_at ON article BEGIN
    UPDATE tally SET words = words - old.remaining WHERE shelf = old.state;
    UPDATE tally SET words = words + new.remaining WHERE shelf = new.state;
    UPDATE tally SET articles = articles + new.begun - old.begun
    WHERE shelf = 'begun' AND new.begun <> old.begun;
END;
CREATE TRIGGER remaining_gone AFTER DELETE ON article BEGIN
    UPDATE tally SET words = words - old.remaining WHERE shelf = old.state;
    UPDATE tally SET articles = articles - 1 WHERE shelf = 'begun' AND old.begun;
END;
