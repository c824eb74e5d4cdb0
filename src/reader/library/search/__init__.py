"""Full-text search: the query language, the index, snippets and completion."""
