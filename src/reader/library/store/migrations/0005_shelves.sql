-- Shelves of tags within tags, of sites and languages, and saved ones; the days of the trash;
-- what tells duplicates.

-- ---- since when an article is in the trash, '' where it is not
ALTER TABLE article ADD COLUMN trashed_at TEXT NOT NULL DEFAULT '';
-- The uid of the article it was found to be the same as; it waits in the trash.
ALTER TABLE article ADD COLUMN merged_into TEXT NOT NULL DEFAULT '';
-- What lies in the trash by now stays there for the full time.
UPDATE article SET trashed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE state = 'trash';

-- ---- tags within tags: “art/painting” lies within “art”, and every tag within itself

ALTER TABLE tag ADD COLUMN colour TEXT NOT NULL DEFAULT '';
-- How many articles its shelf shows: its own and those of the tags within, each once.
ALTER TABLE tag ADD COLUMN articles INTEGER NOT NULL DEFAULT 0;

CREATE TABLE tag_within (
    tag INTEGER NOT NULL REFERENCES tag (id),
    within INTEGER NOT NULL REFERENCES tag (id),
    PRIMARY KEY (tag, within)
) WITHOUT ROWID;
CREATE INDEX tag_within_by_within ON tag_within (within, tag);

-- Every beginning of a name that ends before a slash is a tag as well.
CREATE TEMP TABLE beginning AS
WITH RECURSIVE cut (whole, name, name_key, at, at_key) AS (
    SELECT name_key, name, name_key, instr(name, '/'), instr(name_key, '/') FROM tag
    WHERE instr(name_key, '/') > 0
    UNION ALL
    SELECT whole, name, name_key, at + instr(substr(name, at + 1), '/'),
        at_key + instr(substr(name_key, at_key + 1), '/')
    FROM cut WHERE instr(substr(name_key, at_key + 1), '/') > 0
)
SELECT whole, substr(name, 1, at - 1) AS name, substr(name_key, 1, at_key - 1) AS name_key
FROM cut WHERE at > 1 AND at_key > 1;
INSERT OR IGNORE INTO tag (name, name_key) SELECT name, name_key FROM beginning;
INSERT OR IGNORE INTO tag_within SELECT id, id FROM tag;
INSERT OR IGNORE INTO tag_within
SELECT tag.id, parent.id FROM beginning
JOIN tag ON tag.name_key = whole JOIN tag AS parent ON parent.name_key = beginning.name_key;
DROP TABLE beginning;

-- What the shelf of a tag shows, with all that it is sorted by: no shelf has to sort.
CREATE TABLE tag_shelf (
    tag INTEGER NOT NULL,
    article INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    title_key TEXT NOT NULL,
    site_key TEXT NOT NULL,
    words INTEGER NOT NULL,
    progress REAL NOT NULL,
    PRIMARY KEY (tag, article)
) WITHOUT ROWID;
CREATE INDEX tag_shelf_by_added ON tag_shelf (tag, added_at, article);
CREATE INDEX tag_shelf_by_title ON tag_shelf (tag, title_key, article);
CREATE INDEX tag_shelf_by_site ON tag_shelf (tag, site_key, article);
CREATE INDEX tag_shelf_by_length ON tag_shelf (tag, words, article);
CREATE INDEX tag_shelf_by_progress ON tag_shelf (tag, progress, article);

INSERT INTO tag_shelf
SELECT DISTINCT within, article.id, added_at, title_key, site_key, words, progress
FROM article_tag JOIN tag_within USING (tag) JOIN article ON article.id = article
WHERE state <> 'trash';
UPDATE tag SET articles = (SELECT count(*) FROM tag_shelf WHERE tag = tag.id);

-- Goes up whenever the tags are other ones, so that nobody reads them all to find out.
CREATE TABLE tag_mark (changes INTEGER NOT NULL);
INSERT INTO tag_mark VALUES (0);
CREATE TRIGGER tag_told AFTER UPDATE OF articles, name, colour ON tag BEGIN
    UPDATE tag_mark SET changes = changes + 1;
END;

CREATE TRIGGER tag_shelf_given AFTER INSERT ON tag_shelf BEGIN
    UPDATE tag SET articles = articles + 1 WHERE id = new.tag;
END;
CREATE TRIGGER tag_shelf_taken AFTER DELETE ON tag_shelf BEGIN
    UPDATE tag SET articles = articles - 1 WHERE id = old.tag;
END;
CREATE TRIGGER shelf_of_tag_given AFTER INSERT ON article_tag BEGIN
    INSERT OR IGNORE INTO tag_shelf
    SELECT within, article.id, added_at, title_key, site_key, words, progress
    FROM tag_within JOIN article ON article.id = new.article
    WHERE tag_within.tag = new.tag AND state <> 'trash';
END;
CREATE TRIGGER shelf_of_tag_taken AFTER DELETE ON article_tag BEGIN
    DELETE FROM tag_shelf WHERE article = old.article
        AND tag IN (SELECT within FROM tag_within WHERE tag = old.tag)
        AND tag NOT IN (
            SELECT within FROM article_tag JOIN tag_within USING (tag) WHERE article = old.article
        );
END;
CREATE TRIGGER shelf_of_tag_trashed AFTER UPDATE OF state ON article
WHEN new.state = 'trash' AND old.state <> 'trash' BEGIN
    DELETE FROM tag_shelf WHERE article = new.id
        AND tag IN (SELECT within FROM article_tag JOIN tag_within USING (tag)
            WHERE article = new.id);
END;
CREATE TRIGGER shelf_of_tag_restored AFTER UPDATE OF state ON article
WHEN new.state <> 'trash' AND old.state = 'trash' BEGIN
    INSERT OR IGNORE INTO tag_shelf
    SELECT within, new.id, new.added_at, new.title_key, new.site_key, new.words, new.progress
    FROM article_tag JOIN tag_within USING (tag) WHERE article = new.id;
END;
CREATE TRIGGER shelf_of_tag_ordered
AFTER UPDATE OF added_at, title_key, site_key, words, progress ON article BEGIN
    UPDATE tag_shelf SET added_at = new.added_at, title_key = new.title_key,
        site_key = new.site_key, words = new.words, progress = new.progress
    WHERE article = new.id
        AND tag IN (SELECT within FROM article_tag JOIN tag_within USING (tag)
            WHERE article = new.id);
END;

-- ---- sites and languages

-- “en-GB” and “EN” are English.
ALTER TABLE article ADD COLUMN tongue TEXT GENERATED ALWAYS AS (
    lower(substr(language, 1, instr(replace(language, '_', '-') || '-', '-') - 1))
) VIRTUAL;

CREATE INDEX trash_by_time ON article (trashed_at) WHERE trashed_at <> '';

-- By trashed_at, not state: moving between queue and archive need not touch them.
CREATE INDEX site_by_added ON article (site, added_at) WHERE trashed_at = '';
CREATE INDEX site_by_title ON article (site, title_key) WHERE trashed_at = '';
CREATE INDEX site_by_length ON article (site, words) WHERE trashed_at = '';
CREATE INDEX site_by_progress ON article (site, progress) WHERE trashed_at = '';
CREATE INDEX tongue_by_added ON article (tongue, added_at) WHERE trashed_at = '';
CREATE INDEX tongue_by_title ON article (tongue, title_key) WHERE trashed_at = '';
CREATE INDEX tongue_by_site ON article (tongue, site_key) WHERE trashed_at = '';
CREATE INDEX tongue_by_length ON article (tongue, words) WHERE trashed_at = '';
CREATE INDEX tongue_by_progress ON article (tongue, progress) WHERE trashed_at = '';
CREATE INDEX favourites_by_title ON article (title_key) WHERE favourite = 1 AND state <> 'trash';
CREATE INDEX favourites_by_site ON article (site_key) WHERE favourite = 1 AND state <> 'trash';
CREATE INDEX favourites_by_length ON article (words) WHERE favourite = 1 AND state <> 'trash';
CREATE INDEX favourites_by_progress ON article (progress) WHERE favourite = 1 AND state <> 'trash';

-- How many articles outside the trash each site and each language has.
CREATE TABLE facet (
    kind TEXT NOT NULL CHECK (kind IN ('site', 'language')),
    name TEXT NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (kind, name)
) WITHOUT ROWID;
CREATE INDEX facet_by_articles ON facet (kind, articles, name);
INSERT INTO facet SELECT 'site', site, count(*) FROM article
WHERE state <> 'trash' AND site <> '' GROUP BY site;
INSERT INTO facet SELECT 'language', tongue, count(*) FROM article
WHERE state <> 'trash' AND tongue <> '' GROUP BY tongue;

CREATE TRIGGER facet_added AFTER INSERT ON article WHEN new.state <> 'trash' BEGIN
    INSERT INTO facet SELECT 'site', new.site, 1 WHERE new.site <> ''
    ON CONFLICT DO UPDATE SET articles = articles + 1;
    INSERT INTO facet SELECT 'language', new.tongue, 1 WHERE new.tongue <> ''
    ON CONFLICT DO UPDATE SET articles = articles + 1;
END;
CREATE TRIGGER facet_changed AFTER UPDATE OF state, site, language ON article
WHEN (old.state <> 'trash') <> (new.state <> 'trash')
    OR old.site <> new.site OR old.tongue <> new.tongue BEGIN
    UPDATE facet SET articles = articles - 1 WHERE old.state <> 'trash'
        AND ((kind = 'site' AND name = old.site) OR (kind = 'language' AND name = old.tongue));
    INSERT INTO facet SELECT 'site', new.site, 1 WHERE new.state <> 'trash' AND new.site <> ''
    ON CONFLICT DO UPDATE SET articles = articles + 1;
    INSERT INTO facet SELECT 'language', new.tongue, 1
    WHERE new.state <> 'trash' AND new.tongue <> ''
    ON CONFLICT DO UPDATE SET articles = articles + 1;
END;
CREATE TRIGGER facet_gone AFTER DELETE ON article WHEN old.state <> 'trash' BEGIN
    UPDATE facet SET articles = articles - 1 WHERE
        (kind = 'site' AND name = old.site) OR (kind = 'language' AND name = old.tongue);
END;

-- ---- saved searches: a name and a question; without a name it was deleted

CREATE TABLE saved (
    uid TEXT PRIMARY KEY,
    name TEXT NOT NULL DEFAULT '',
    question TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

-- ---- the trash

CREATE INDEX merged ON article (merged_into) WHERE merged_into <> '';
CREATE INDEX trash_by_day ON article (trashed_at) WHERE state = 'trash';

CREATE TRIGGER trash_entered AFTER UPDATE OF state ON article
WHEN new.state = 'trash' AND old.state <> 'trash' BEGIN
    UPDATE article SET trashed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = new.id;
END;
CREATE TRIGGER trash_left AFTER UPDATE OF state ON article
WHEN new.state <> 'trash' AND old.state = 'trash' BEGIN
    UPDATE article SET trashed_at = '', merged_into = '' WHERE id = new.id;
END;
CREATE TRIGGER trash_added AFTER INSERT ON article WHEN new.state = 'trash' BEGIN
    UPDATE article SET trashed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = new.id;
END;

-- Pictures that may be needed by nobody any longer; they are looked at once a day.
CREATE TABLE loose_picture (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE INDEX article_image_by_name ON article_image (name);
CREATE INDEX lead_picture ON article (lead) WHERE lead <> '';
CREATE INDEX change_by_entity ON change (entity);

-- ---- duplicates

-- Four samples of what a text says: texts that share one are looked at closely. They are
-- made when an article is filed, or when duplicates are looked for; null says too short.
CREATE TABLE fingerprint (
    article INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    first INTEGER,
    second INTEGER,
    third INTEGER,
    fourth INTEGER
);
CREATE TRIGGER fingerprint_outdated AFTER UPDATE OF sha256, article ON content BEGIN
    DELETE FROM fingerprint WHERE article IN (old.article, new.article);
END;
CREATE TRIGGER fingerprint_gone AFTER DELETE ON content BEGIN
    DELETE FROM fingerprint WHERE article = old.article;
END;

-- Articles that a person looked at and that are not the same, by their uids.
CREATE TABLE apart (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX apart_by_other ON apart (other);
