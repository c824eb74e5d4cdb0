-- Clocks that are wrong: stamps never go back, and nothing gets old in the trash by a jump.

-- A new stamp is greater than all before, in every process.
CREATE INDEX change_by_stamp ON change (stamp);

-- What the library knows of the time (see clock.py): seconds since 1970, first of all.
INSERT OR IGNORE INTO setting
SELECT 'clock', latest FROM (
    SELECT strftime('%s', max(max(added_at, opened_at, trashed_at))) AS latest FROM article
) WHERE latest IS NOT NULL;

-- An article goes to the trash no earlier than at the time the library knows to have passed.
DROP TRIGGER trash_entered;
DROP TRIGGER trash_added;
CREATE TRIGGER trash_entered AFTER UPDATE OF state ON article
WHEN new.state = 'trash' AND old.state <> 'trash' BEGIN
    UPDATE article SET trashed_at = strftime('%Y-%m-%dT%H:%M:%SZ', max(
        CAST(strftime('%s', 'now') AS INTEGER),
        coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'clock'), 0)
    ), 'unixepoch') WHERE id = new.id;
END;
CREATE TRIGGER trash_added AFTER INSERT ON article WHEN new.state = 'trash' BEGIN
    UPDATE article SET trashed_at = strftime('%Y-%m-%dT%H:%M:%SZ', max(
        CAST(strftime('%s', 'now') AS INTEGER),
        coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'clock'), 0)
    ), 'unixepoch') WHERE id = new.id;
END;
