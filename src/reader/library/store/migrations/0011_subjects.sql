-- The subjects that pages name, a line each: found by subject:, but no tags, which people give.
ALTER TABLE article ADD COLUMN subjects TEXT NOT NULL DEFAULT '';

-- The index gets a column for them. Its words are now folded before they come here, so all
-- articles are indexed again, in the background.
DROP TABLE search_word;
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5 (
    title, byline, site, text, notes, subjects,
    content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
);
INSERT INTO search (search, rank) VALUES ('rank', 'bm25(10.0, 4.0, 3.0, 1.0, 2.0, 0.5)');
INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);
CREATE VIRTUAL TABLE search_word USING fts5vocab ('search', 'row');
INSERT OR REPLACE INTO unsearched SELECT id, 1 FROM article;
DELETE FROM setting WHERE name = 'words_counted_in';

DROP TRIGGER search_article_told;
CREATE TRIGGER search_article_told
AFTER UPDATE OF title, byline, site, url, subjects ON article BEGIN
    INSERT INTO unsearched VALUES (new.id, 0) ON CONFLICT (article) DO UPDATE SET later = 0;
END;

-- Older programs made tags of the subjects: library/articles/subjects.py looks through them once.
INSERT INTO setting SELECT 'tags_of_pages', '1' WHERE EXISTS (SELECT 1 FROM article_tag);
