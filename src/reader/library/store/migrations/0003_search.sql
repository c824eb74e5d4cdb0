-- The index of all words. It can always be made again from article and content.

-- Without contents: the text is in content.html already, and snippets are made from there.
-- Marks belong to words (M*): the vowels of Hindi and Thai are marks.
CREATE VIRTUAL TABLE search USING fts5 (
    title, byline, site, text, notes,
    content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
);
INSERT INTO search (search, rank) VALUES ('rank', 'bm25(10.0, 4.0, 3.0, 1.0, 2.0)');
INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);
CREATE VIRTUAL TABLE search_word USING fts5vocab ('search', 'row');

-- Every word, and in how many articles it was when they were counted last: what a word that
-- is being typed may become.
CREATE TABLE term (word TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID;
-- The most frequent words of beginnings that very many words have.
CREATE TABLE completion (
    start TEXT NOT NULL,
    word TEXT NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (start, word)
) WITHOUT ROWID;

-- Articles whose entry in the index is not the right one: it is made before the transaction
-- that changed them ends, or, where there are very many, later in the background.
CREATE TABLE unsearched (article INTEGER PRIMARY KEY, later INTEGER NOT NULL);
CREATE INDEX unsearched_now ON unsearched (article) WHERE later = 0;
INSERT INTO unsearched SELECT id, 1 FROM article;

CREATE INDEX opened_by_added ON article (added_at) WHERE opened_at <> '';

CREATE TRIGGER search_article_added AFTER INSERT ON article BEGIN
    INSERT INTO unsearched VALUES (new.id, 0) ON CONFLICT (article) DO UPDATE SET later = 0;
END;
CREATE TRIGGER search_article_told AFTER UPDATE OF title, byline, site, url ON article BEGIN
    INSERT INTO unsearched VALUES (new.id, 0) ON CONFLICT (article) DO UPDATE SET later = 0;
END;
CREATE TRIGGER search_article_gone AFTER DELETE ON article BEGIN
    INSERT INTO unsearched VALUES (old.id, 0) ON CONFLICT (article) DO UPDATE SET later = 0;
END;
CREATE TRIGGER search_text_added AFTER INSERT ON content BEGIN
    INSERT INTO unsearched VALUES (new.article, 0) ON CONFLICT (article) DO UPDATE SET later = 0;
END;
CREATE TRIGGER search_text_changed AFTER UPDATE OF html, article ON content BEGIN
    INSERT INTO unsearched VALUES (new.article, 0) ON CONFLICT (article) DO UPDATE SET later = 0;
END;
CREATE TRIGGER search_text_gone AFTER DELETE ON content BEGIN
    INSERT INTO unsearched VALUES (old.article, 0) ON CONFLICT (article) DO UPDATE SET later = 0;
END;
