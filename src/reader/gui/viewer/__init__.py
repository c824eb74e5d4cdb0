"""The viewer: an article on its page, its look, its place, and how it is read."""
