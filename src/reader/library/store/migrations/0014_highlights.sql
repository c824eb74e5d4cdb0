-- Highlights: marked words of articles, with notes.

-- ``home`` is the uid of the article as the history has it, '' if the highlight was deleted;
-- ``article`` is NULL if it was, or if its article has not arrived yet. ``labels`` are lines.
CREATE TABLE highlight (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    home TEXT NOT NULL DEFAULT '',
    article INTEGER REFERENCES article (id),
    quote TEXT NOT NULL DEFAULT '',
    prefix TEXT NOT NULL DEFAULT '',
    suffix TEXT NOT NULL DEFAULT '',
    made_at TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    colour TEXT NOT NULL DEFAULT 'yellow',
    labels TEXT NOT NULL DEFAULT ''
);
CREATE INDEX highlight_by_article ON highlight (article) WHERE article IS NOT NULL;

-- The places of highlights in the text with a SHA-256, as anchors, '' if there is none. They are
-- found again if the text is another one.
CREATE TABLE highlight_place (
    highlight INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL,
    start TEXT NOT NULL,
    "end" TEXT NOT NULL
);
CREATE TRIGGER highlight_place_gone AFTER DELETE ON highlight BEGIN
    DELETE FROM highlight_place WHERE highlight = old.id;
END;

-- The words of notes are in the index.
CREATE TRIGGER search_highlight_added AFTER INSERT ON highlight
WHEN new.article IS NOT NULL BEGIN
    INSERT INTO unsearched VALUES (new.article, 0) ON CONFLICT (article) DO UPDATE SET later = 0;
END;
CREATE TRIGGER search_highlight_told AFTER UPDATE OF article, quote, note, labels ON highlight
WHEN new.article IS NOT NULL BEGIN
    INSERT INTO unsearched VALUES (new.article, 0) ON CONFLICT (article) DO UPDATE SET later = 0;
END;
CREATE TRIGGER search_highlight_left AFTER UPDATE OF article ON highlight
WHEN old.article IS NOT new.article AND old.article IS NOT NULL BEGIN
    INSERT INTO unsearched VALUES (old.article, 0) ON CONFLICT (article) DO UPDATE SET later = 0;
END;
CREATE TRIGGER search_highlight_gone AFTER DELETE ON highlight
WHEN old.article IS NOT NULL BEGIN
    INSERT INTO unsearched VALUES (old.article, 0) ON CONFLICT (article) DO UPDATE SET later = 0;
END;
