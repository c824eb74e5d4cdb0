-- The history as people see it: when each step was made, and the order in which steps were undone
-- and redone, so that any of them can be.

-- ``at`` is the stamp of the first row of a step. ``undone`` is 0 for a step that is done, 1 for
-- one that Redo repeats, 2 for one that was undone before other steps were made, 3 for an event
-- that is no step. ``turned`` grows each time that a step is made, undone or redone.
ALTER TABLE change_group ADD COLUMN at TEXT NOT NULL DEFAULT '';
ALTER TABLE change_group ADD COLUMN turned INTEGER NOT NULL DEFAULT 0;
UPDATE change_group SET
    at = coalesce((SELECT stamp FROM change WHERE step = change_group.id ORDER BY id LIMIT 1), ''),
    turned = iif(undone = 1, 2 * (SELECT max(id) FROM change_group) - id + 1, id);
CREATE INDEX change_group_by_turn ON change_group (undone, turned);
CREATE INDEX change_group_by_time ON change_group (at);

DROP INDEX change_by_entity;
CREATE INDEX change_by_entity ON change (entity, field);
-- Tombstones, by spans of a hundred seconds: those of one emptying of the trash stand together.
CREATE INDEX change_of_gone ON change (substr(stamp, 1, 8), stamp) WHERE field = 'gone';
