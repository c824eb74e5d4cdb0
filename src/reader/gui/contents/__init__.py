"""The place in the article: its contents."""
