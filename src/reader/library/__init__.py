"""Keep: the library, a folder with a SQLite file and the pictures; the only SQL."""
