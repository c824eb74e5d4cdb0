"""Look up words in local dictionaries: StarDict and dictd, without Qt."""
