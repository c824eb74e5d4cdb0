"""The page of an article whose text did not come, and further attempts."""
