"""The sidebar: shelves, saved searches, tags, sites and languages."""
