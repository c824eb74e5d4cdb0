-- The library of one person. Times are UTC ISO text; keys for sorting are made in Python.

CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    byline TEXT NOT NULL,
    site TEXT NOT NULL,
    site_key TEXT NOT NULL,
    language TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    words INTEGER NOT NULL,
    published_at TEXT NOT NULL,
    added_at TEXT NOT NULL,
    downloaded_at TEXT NOT NULL,
    opened_at TEXT NOT NULL DEFAULT '',
    read_at TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('queue', 'archive', 'trash')),
    place TEXT NOT NULL,
    favourite INTEGER NOT NULL DEFAULT 0,
    views INTEGER NOT NULL DEFAULT 0,
    position TEXT NOT NULL DEFAULT '0:0',
    progress REAL NOT NULL DEFAULT 0,
    lead TEXT NOT NULL DEFAULT ''
);

-- Other addresses of the same article.
CREATE TABLE alias (
    url TEXT PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (id)
) WITHOUT ROWID;

-- Large and seldom read, so apart from what lists need.
CREATE TABLE content (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    html TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    source BLOB NOT NULL,
    source_type TEXT NOT NULL
);

CREATE TABLE article_image (
    article INTEGER NOT NULL REFERENCES article (id),
    name TEXT NOT NULL,
    PRIMARY KEY (article, name)
) WITHOUT ROWID;

CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    shown INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE article_tag (
    tag INTEGER NOT NULL REFERENCES tag (id),
    article INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (tag, article)
) WITHOUT ROWID;
CREATE INDEX article_tag_by_article ON article_tag (article, tag);

-- Every change a person made. A group is one step for undo; changes without a
-- group are only stamped, the last of each field is kept.
CREATE TABLE change_group (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    label TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    step INTEGER REFERENCES change_group (id),
    entity TEXT NOT NULL,
    field TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    stamp TEXT NOT NULL
);
CREATE INDEX change_by_step ON change (step);
CREATE UNIQUE INDEX change_stamped ON change (entity, field) WHERE step IS NULL;

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- How many articles there are on each shelf, kept by the triggers below.
CREATE TABLE tally (shelf TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO tally VALUES ('queue', 0), ('archive', 0), ('trash', 0), ('favourites', 0);

CREATE TRIGGER article_added AFTER INSERT ON article BEGIN
    UPDATE tally SET articles = articles + 1 WHERE shelf = new.state;
    UPDATE tally SET articles = articles + 1
    WHERE shelf = 'favourites' AND new.favourite AND new.state <> 'trash';
END;
CREATE TRIGGER article_moved AFTER UPDATE OF state, favourite ON article BEGIN
    UPDATE tally SET articles = articles - 1 WHERE shelf = old.state;
    UPDATE tally SET articles = articles + 1 WHERE shelf = new.state;
    UPDATE tally SET articles = articles
        + (new.favourite AND new.state <> 'trash') - (old.favourite AND old.state <> 'trash')
    WHERE shelf = 'favourites';
    UPDATE tag SET shown = shown + (new.state <> 'trash') - (old.state <> 'trash')
    WHERE (new.state <> 'trash') <> (old.state <> 'trash')
        AND id IN (SELECT tag FROM article_tag WHERE article = new.id);
END;
CREATE TRIGGER tag_given AFTER INSERT ON article_tag BEGIN
    UPDATE tag SET shown = shown + 1 WHERE id = new.tag
        AND (SELECT state FROM article WHERE id = new.article) <> 'trash';
END;
CREATE TRIGGER tag_taken AFTER DELETE ON article_tag BEGIN
    UPDATE tag SET shown = shown - 1 WHERE id = old.tag
        AND (SELECT state FROM article WHERE id = old.article) <> 'trash';
END;

-- One index for each order of each shelf; the id makes every order total.
CREATE INDEX queue_by_place ON article (state, place);
CREATE INDEX state_by_added ON article (state, added_at);
CREATE INDEX state_by_title ON article (state, title_key);
CREATE INDEX state_by_site ON article (state, site_key);
CREATE INDEX state_by_length ON article (state, words);
CREATE INDEX state_by_progress ON article (state, progress);
CREATE INDEX all_by_place ON article (place) WHERE state <> 'trash';
CREATE INDEX all_by_added ON article (added_at) WHERE state <> 'trash';
CREATE INDEX all_by_title ON article (title_key) WHERE state <> 'trash';
CREATE INDEX all_by_site ON article (site_key) WHERE state <> 'trash';
CREATE INDEX all_by_length ON article (words) WHERE state <> 'trash';
CREATE INDEX all_by_progress ON article (progress) WHERE state <> 'trash';
CREATE INDEX favourites_by_added ON article (added_at) WHERE favourite = 1 AND state <> 'trash';
