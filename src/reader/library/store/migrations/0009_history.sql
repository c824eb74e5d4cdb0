-- The history becomes a log that several devices can exchange: every thing has a uid, every row
-- its device and its place in the order of that device; creation and deletion leave rows.
-- casefold() and digest() are made by migrate.py.

CREATE TEMP TABLE earlier AS
SELECT coalesce((SELECT value FROM setting WHERE name = 'device'), 'earlier') AS id;

-- ---- devices: how far the log of each is known here, and the greatest stamps it made.
-- A stamp that had to follow one from the future counts as ``latest``, never as ``clock``.

CREATE TABLE device (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    seq INTEGER NOT NULL DEFAULT 0,
    clock TEXT NOT NULL DEFAULT '',
    latest TEXT NOT NULL DEFAULT ''
);
-- Two copies of one old library may have gone separate ways, so each owns its old rows itself.
INSERT INTO device (number, id)
SELECT 1, id || '.' || lower(hex(randomblob(4))) FROM earlier
WHERE EXISTS (SELECT 1 FROM article) OR EXISTS (SELECT 1 FROM change);
DELETE FROM setting WHERE name = 'device';

DROP INDEX change_by_stamp;
DROP INDEX change_by_entity;
DROP INDEX change_stamped;
ALTER TABLE change ADD COLUMN device INTEGER NOT NULL DEFAULT 0;
ALTER TABLE change ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;

-- ---- steps: a verb and its arguments; the sentences of older programs are kept as they are

ALTER TABLE change_group ADD COLUMN verb TEXT NOT NULL DEFAULT 'text';
ALTER TABLE change_group ADD COLUMN told TEXT NOT NULL DEFAULT '{}';
UPDATE change_group SET told = json_object('text', label);
ALTER TABLE change_group DROP COLUMN label;

-- ---- tags by uid; a tag keeps its uid under whatever name

ALTER TABLE tag ADD COLUMN uid TEXT NOT NULL DEFAULT '';
UPDATE tag SET uid = digest(name_key);
CREATE UNIQUE INDEX tag_by_uid ON tag (uid);
-- Uids of tags that have the name of another tag, and are one with it here.
CREATE TABLE tag_twin (
    uid TEXT PRIMARY KEY,
    tag INTEGER NOT NULL REFERENCES tag (id)
) WITHOUT ROWID;

-- A tag was logged by the name it had at that time. From there its later names are followed; in a
-- step that can be done again it had one that is still to come, so those are followed back.
CREATE TEMP TABLE renamed AS
SELECT change.id AS id, 1 - 2 * undone AS way, casefold(iif(undone, new, old)) AS was,
    iif(undone, old, new) AS becomes
FROM change JOIN change_group ON change_group.id = step
WHERE entity LIKE 'tag/%' AND field = 'name' AND undone IN (0, 1);
CREATE TEMP TABLE named AS
WITH RECURSIVE walk (id, way, at, name, steps) AS (
    SELECT change.id, iif(undone = 1, -1, 1), change.id, substr(field, 5), 0
    FROM change LEFT JOIN change_group ON change_group.id = step WHERE field LIKE 'tag:%'
    UNION ALL
    SELECT walk.id, walk.way, renamed.id, becomes || substr(name, length(was) + 1), steps + 1
    FROM walk JOIN renamed ON renamed.id = (
        SELECT other.id FROM renamed AS other
        WHERE other.way = walk.way AND other.id * other.way > walk.at * walk.way AND (
            casefold(name) = other.was
            OR substr(casefold(name), 1, length(other.was) + 1) = other.was || '/'
        ) ORDER BY other.id * other.way LIMIT 1
    )
)
SELECT id, casefold(name) AS name, max(steps) FROM walk GROUP BY id;
CREATE INDEX temp.named_by_id ON named (id);
UPDATE change SET field = 'tag/' || coalesce(
    (SELECT uid FROM tag WHERE name_key = named.name), digest(named.name)
) FROM named WHERE named.id = change.id;
UPDATE change SET entity = 'tag/' || coalesce(
    (SELECT uid FROM tag WHERE id = CAST(substr(change.entity, 5) AS INTEGER)), digest(entity)
) WHERE entity LIKE 'tag/%';
DROP TABLE renamed;
DROP TABLE named;

-- ---- texts by their sha256, pairs by both uids, where reading stopped as one field

UPDATE change SET field = 'text',
    old = coalesce((SELECT lower(hex(sha256)) FROM version WHERE id = CAST(old AS INTEGER)), ''),
    new = coalesce((SELECT lower(hex(sha256)) FROM version WHERE id = CAST(new AS INTEGER)), '')
WHERE field = 'version';
UPDATE change SET field = 'apart', entity = 'apart/'
    || min(entity, substr(field, 7)) || '/' || max(entity, substr(field, 7))
WHERE field LIKE 'apart:%';
DELETE FROM change WHERE field = 'position'
    AND EXISTS (SELECT 1 FROM change AS other
        WHERE other.entity = change.entity AND other.field = 'progress' AND other.step IS NULL)
    AND step IS NULL;
UPDATE change SET field = 'position', old = '',
    new = (SELECT progress || ' ' || position FROM article WHERE uid = entity)
WHERE field IN ('position', 'progress') AND entity IN (SELECT uid FROM article);
UPDATE change SET field = 'views/' || (SELECT id FROM earlier) WHERE field = 'views';

DELETE FROM change WHERE step IS NULL
    AND id NOT IN (SELECT max(id) FROM change WHERE step IS NULL GROUP BY entity, field);
CREATE UNIQUE INDEX change_stamped ON change (entity, field) WHERE step IS NULL;
CREATE INDEX change_by_entity ON change (entity);

-- ---- what the rows do not tell: fields written past them, tags, versions, other addresses

CREATE TEMP TABLE wanted (entity TEXT, field TEXT, new TEXT);
INSERT INTO wanted
SELECT entity, field, CASE field
    WHEN 'title' THEN title WHEN 'byline' THEN byline WHEN 'published_at' THEN published_at
    WHEN 'state' THEN state WHEN 'place' THEN place WHEN 'favourite' THEN favourite
    WHEN 'read_at' THEN read_at WHEN 'opened_at' THEN opened_at
    WHEN 'merged_into' THEN merged_into WHEN 'text' THEN coalesce(lower(hex(sha256)), '') END
FROM (SELECT DISTINCT entity, field FROM change WHERE field IN (
    'title', 'byline', 'published_at', 'state', 'place', 'favourite', 'read_at', 'opened_at',
    'merged_into', 'text'
)) JOIN article ON uid = entity LEFT JOIN content ON article = article.id;
INSERT INTO wanted
SELECT uid, 'views/' || (SELECT id FROM earlier), views FROM article WHERE views > 0;
INSERT INTO wanted
SELECT article.uid, 'tag/' || tag.uid, 1 FROM article_tag
JOIN tag ON tag.id = tag JOIN article ON article.id = article;
INSERT INTO wanted
SELECT entity, field, 0 FROM (SELECT DISTINCT entity, field FROM change WHERE field LIKE 'tag/%')
JOIN article ON article.uid = entity LEFT JOIN tag ON tag.uid = substr(field, 5)
WHERE NOT EXISTS (SELECT 1 FROM article_tag WHERE tag = tag.id AND article = article.id);
INSERT INTO wanted SELECT 'tag/' || uid, 'name', name FROM tag;
INSERT INTO wanted SELECT 'tag/' || uid, 'colour', colour FROM tag WHERE colour <> ''
    OR EXISTS (SELECT 1 FROM change WHERE entity = 'tag/' || uid AND field = 'colour');
INSERT INTO wanted SELECT 'saved/' || uid, 'name', name FROM saved;
INSERT INTO wanted SELECT 'saved/' || uid, 'question', question FROM saved;
INSERT INTO wanted SELECT 'saved/' || uid, 'place', place FROM saved;
INSERT INTO wanted SELECT 'apart/' || one || '/' || other, 'apart', 1 FROM apart;
INSERT INTO wanted
SELECT 'alias/' || alias.url, 'article', uid FROM alias JOIN article ON id = article;
INSERT INTO wanted
SELECT uid, 'version/' || lower(hex(sha256)), json_object('made_at', made_at, 'made_by', made_by,
    'words', version.words, 'lead', version.lead, 'pictures', version.pictures)
FROM version JOIN article ON article.id = article;

INSERT OR REPLACE INTO change (step, entity, field, old, new, stamp)
SELECT NULL, entity, field, '', new, '' FROM wanted
WHERE new IS NOT (
    SELECT change.new FROM change
    WHERE change.entity = wanted.entity AND change.field = wanted.field ORDER BY id DESC LIMIT 1
);
DROP TABLE wanted;

-- ---- the reading log by uid, so that it outlives its article and can be exchanged

CREATE TABLE reading_by_uid (
    day TEXT NOT NULL,
    article TEXT NOT NULL,
    seconds INTEGER NOT NULL,
    words INTEGER NOT NULL,
    PRIMARY KEY (day, article)
) WITHOUT ROWID;
INSERT INTO reading_by_uid
SELECT day, coalesce(uid, digest('deleted ' || reading.article)), seconds, reading.words
FROM reading LEFT JOIN article ON id = reading.article;
INSERT INTO change (step, entity, field, old, new, stamp)
SELECT NULL, article, 'read/' || day || '/' || (SELECT id FROM earlier), '',
    seconds || ' ' || words, ''
FROM reading_by_uid;
DROP TABLE reading;
ALTER TABLE reading_by_uid RENAME TO reading;
CREATE INDEX reading_by_article ON reading (article);
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

-- ---- stamps: older programs let them go back with the clock; now they follow the rows' order

UPDATE change SET stamp = printf('%013d-%05d-%s', moment + count / 100000, count % 100000,
    CASE stamp WHEN '' THEN (SELECT id FROM earlier) ELSE substr(stamp, 21) END)
FROM (
    SELECT id AS change_id, moment, row_number() OVER (PARTITION BY moment ORDER BY id) - 1 AS count
    FROM (
        SELECT id, max(CAST(substr(stamp, 1, 13) AS INTEGER)) OVER (ORDER BY id) AS moment
        FROM change
    )
) WHERE change_id = change.id;

-- ---- creation: all that is known of an article, empty fields left out

INSERT INTO change (step, entity, field, old, new, stamp)
SELECT NULL, uid, 'created', '', json_patch('{}', json_object(
        'url', url, 'title', nullif(title, ''), 'byline', nullif(byline, ''),
        'site', nullif(site, ''), 'language', nullif(language, ''),
        'excerpt', nullif(excerpt, ''), 'words', nullif(words, 0),
        'published_at', nullif(published_at, ''), 'added_at', added_at,
        'downloaded_at', nullif(downloaded_at, ''), 'opened_at', nullif(opened_at, ''),
        'read_at', nullif(read_at, ''), 'state', state, 'place', place,
        'favourite', nullif(favourite, 0),
        'position', nullif(progress || ' ' || position, '0.0 0:0'),
        'lead', nullif(lead, ''), 'merged_into', nullif(merged_into, ''), 'text', text,
        'made_by', nullif(made_by, ''), 'pictures', pictures
    )), printf('%013d-%05d-%s', moment + count / 100000, count % 100000, (SELECT id FROM earlier))
FROM (
    SELECT article.*, nullif(lower(hex(sha256)), '') AS text, made_by,
        (SELECT group_concat(name, ' ') FROM article_image WHERE article = article.id) AS pictures,
        row_number() OVER (PARTITION BY moment ORDER BY article.id) - 1 AS count
    FROM (
        -- A clock that was ahead at that time must not lead all others astray.
        SELECT *, 1000 * max(0, min(CAST(strftime('%s', 'now') AS INTEGER),
            coalesce(CAST(strftime('%s', added_at) AS INTEGER), 0))) AS moment
        FROM article
    ) AS article LEFT JOIN content ON content.article = article.id
);

UPDATE change SET device = 1, seq = number FROM (
    SELECT id AS change_id, row_number() OVER (ORDER BY field <> 'created', id) AS number
    FROM change
) WHERE change_id = change.id;
UPDATE device SET seq = coalesce((SELECT max(seq) FROM change), 0),
    latest = coalesce((SELECT max(stamp) FROM change), '');
CREATE INDEX change_by_device ON change (device, seq);
CREATE INDEX change_of_alias ON change (new) WHERE field = 'article';
CREATE INDEX change_of_merged ON change (new) WHERE field = 'merged';
DROP TABLE earlier;

-- Packed texts and sources that came in before the article they belong to.
CREATE TABLE arrived (
    entity TEXT NOT NULL,
    field TEXT NOT NULL,
    html BLOB NOT NULL,
    source BLOB NOT NULL,
    PRIMARY KEY (entity, field)
) WITHOUT ROWID;

-- ---- of equal places in the queue the uid decides, which is the same on every device

DROP INDEX queue_by_place;
DROP INDEX all_by_place;
ALTER TABLE article ADD COLUMN standing TEXT GENERATED ALWAYS AS (place || ' ' || uid) VIRTUAL;
CREATE INDEX queue_by_standing ON article (state, standing);
CREATE INDEX all_by_standing ON article (standing) WHERE state <> 'trash';
