"""The use of each column of the library in Reader's own export; a test knows all columns.

A new column must be named here, and in ``docs/json-lines.md`` if it is exported.
"""

EXPORTED = {
    "article": "uid url title byline site language excerpt words published_at added_at "
    "downloaded_at opened_at read_at state place favourite views position progress furthest lead "
    "subjects merged_into",
    "alias": "url article",
    "content": "article html sha256 source source_type base validators made_by",
    "article_image": "article name",
    "version": "article sha256 made_at made_by words lead pictures html",
    "tag": "name uid colour",
    "tag_twin": "uid tag",
    "article_tag": "tag article",
    "saved": "uid name question place",
    "apart": "one other",
    "reading": "day article seconds words",
    "looked_up": "uid name sentence article title url language definition looked_at",
    "highlight": "uid article quote prefix suffix made_at note colour labels",
}
"""The columns that come back equal, by table; ids stand for the uids and names of their rows."""

REASONS = {
    "made from others": {
        "article": "title_key site_key pictures missing remaining begun standing tongue",
        "tag": "name_key shown articles",
        "tally": "shelf articles words",
        "tag_within": "tag within",
        "tag_shelf": "tag article added_at title_key site_key words progress",
        "facet": "kind name articles",
        "day": "date seconds words added finished",
        "fingerprint": "article first second third fourth",
        "term": "word articles",
        "completion": "start word articles",
        "highlight": "home",
        "highlight_place": "highlight sha256 start end",
    },
    "the number of a row in one file": {
        "article": "id",
        "tag": "id",
        "version": "id",
        "highlight": "id",
    },
    "the trash keeps what comes in for its full time": {"article": "trashed_at"},
    "the history of this file, by which its changes are undone and exchanged": {
        "change": "id step entity field old new stamp device seq",
        "change_group": "id undone verb told at turned",
        "device": "number id seq clock latest",
        "arrived": "entity field html source",
    },
    "notes of this device: tried again, asked for again": {
        "download_failure": "article kind status tried_at tries again_at",
        "site_icon": "host name asked_at",
        "later_text": "article device",
        "site_rest": "site until",
    },
    "the state of this file": {
        "setting": "name value",
        "tag_mark": "changes",
        "unsearched": "article later",
        "loose_picture": "name",
        "seal": "relation one other sums",
        "unsealed": "relation one other columns",
    },
}
"""The columns that are not exported, by reason and table."""
