"""Read threads: pages that are a series of posts, each with an author and a date."""
