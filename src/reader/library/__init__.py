"""Keep: the library, a folder with a SQLite file and the images. All SQL is in this package."""
