-- The furthest place that was read, as a share and an anchor, '' if it is where reading stopped.
ALTER TABLE article ADD COLUMN furthest TEXT NOT NULL DEFAULT '';
