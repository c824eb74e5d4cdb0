-- Words that were looked up, with the sentences around them; without a name it was deleted.

-- ``article`` is the uid of the article; title and url are kept, as it may be deleted for good.
CREATE TABLE looked_up (
    uid TEXT PRIMARY KEY,
    name TEXT NOT NULL DEFAULT '',
    sentence TEXT NOT NULL DEFAULT '',
    article TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    url TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    definition TEXT NOT NULL DEFAULT '',
    looked_at TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
