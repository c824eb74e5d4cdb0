"""Adding articles: files, the clipboard, drops, URLs, a watched folder."""
