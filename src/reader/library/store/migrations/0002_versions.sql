-- Older texts of articles, other addresses, and articles that turned out to be one.

-- Where the source came from at last, and what the server said to ask for it again.
ALTER TABLE content ADD COLUMN base TEXT NOT NULL DEFAULT '';
ALTER TABLE content ADD COLUMN validators TEXT NOT NULL DEFAULT '';
ALTER TABLE content ADD COLUMN made_by TEXT NOT NULL DEFAULT '';

-- The texts an article has had, each once, packed. The one in use is here as well as soon
-- as there is another.
CREATE TABLE version (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article (id),
    sha256 BLOB NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    words INTEGER NOT NULL,
    lead TEXT NOT NULL,
    pictures TEXT NOT NULL,
    html BLOB NOT NULL,
    UNIQUE (article, sha256)
);
-- How many pictures an article has, and how many of them are missing, as lists say it.
ALTER TABLE article ADD COLUMN pictures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER text_filed AFTER INSERT ON content BEGIN
    UPDATE article SET
        pictures = (length(new.html) - length(replace(new.html, '<img src=', ''))) / 9,
        missing = (length(new.html) - length(replace(new.html, '<img src=""', ''))) / 11
    WHERE id = new.article;
END;
CREATE TRIGGER text_changed AFTER UPDATE OF html ON content BEGIN
    UPDATE article SET
        pictures = (length(new.html) - length(replace(new.html, '<img src=', ''))) / 9,
        missing = (length(new.html) - length(replace(new.html, '<img src=""', ''))) / 11
    WHERE id = new.article;
END;
UPDATE content SET html = html WHERE instr(html, '<img');

CREATE INDEX alias_by_article ON alias (article);

CREATE TRIGGER article_gone AFTER DELETE ON article BEGIN
    UPDATE tally SET articles = articles - 1 WHERE shelf = old.state;
    UPDATE tally SET articles = articles - 1
    WHERE shelf = 'favourites' AND old.favourite AND old.state <> 'trash';
END;
