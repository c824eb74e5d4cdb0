-- An import may know an earlier date of an article: the sums of days follow.
CREATE TRIGGER day_of_adding_changed AFTER UPDATE OF added_at ON article
WHEN new.added_at <> old.added_at BEGIN
    UPDATE day SET added = max(0, added - 1) WHERE date = date(old.added_at, 'localtime');
    INSERT INTO day (date, added)
    SELECT date(new.added_at, 'localtime'), 1 WHERE date(new.added_at, 'localtime') IS NOT NULL
    ON CONFLICT (date) DO UPDATE SET added = added + 1;
END;
