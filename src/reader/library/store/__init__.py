"""The store: the SQLite file, its migrations, backups and errors."""
