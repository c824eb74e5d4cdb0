-- Texts that are fetched later, on this device: no part of the log.

-- The articles that wait for their text and are not asked for by themselves: those of imports, and
-- of other devices. ``device`` fetches them slowly; '' is none: only when they are opened.
CREATE TABLE later_text (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    device TEXT NOT NULL
);

-- Until when a site asked to be left alone.
CREATE TABLE site_rest (
    site TEXT PRIMARY KEY,
    until TEXT NOT NULL
) WITHOUT ROWID;
