"""Pictures of the page, enlarged."""
