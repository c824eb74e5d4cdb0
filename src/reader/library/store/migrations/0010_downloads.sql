-- What the attempts to download left behind on this device: no part of the log.

-- The last failed attempt of each article. ``again_at`` is when it is tried again by itself, ''
-- never. It counts only while the article has no text.
CREATE TABLE download_failure (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    kind TEXT NOT NULL,
    status INTEGER NOT NULL DEFAULT 0,
    tried_at TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 1,
    again_at TEXT NOT NULL DEFAULT ''
);

-- The icon of each site: the name of an image, '' if the site has none, and when it was asked for.
-- A host stands here as in the URLs of articles, with its port.
CREATE TABLE site_icon (
    host TEXT PRIMARY KEY,
    name TEXT NOT NULL DEFAULT '',
    asked_at TEXT NOT NULL
) WITHOUT ROWID;

-- The few articles without a text, which are looked for each minute.
CREATE INDEX without_text ON article (added_at) WHERE downloaded_at = '' AND state <> 'trash';
