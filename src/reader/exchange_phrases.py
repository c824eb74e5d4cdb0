"""Sentences about imports and exports."""

from reader.reasons import Reason

REMARKS = {
    Reason.NO_ADDRESS: "no address",
    Reason.NOT_AN_ADDRESS: "not an address of the web",
    Reason.SAME_AS: "same as line {0}",
    Reason.FROM_FEED: "from a feed",
    Reason.NOT_TEXT: "bytes that are no text",
    Reason.NOT_READABLE: "not readable: {text}",
    Reason.REFUSED_MEMBER: "left out: {text}",
    Reason.BAD_DATE: "the date is not readable: {text}",
    Reason.MORE_TAGS: "{0} more tags",
    Reason.MORE_HIGHLIGHTS: "{0} more highlights",
    Reason.OLDER_DATE: "an older date",
    Reason.MADE_FAVOURITE: "favourite",
    Reason.TEXT_ADDED: "its text",
    Reason.UNPLACED: "{0} highlights have no place in the text",
    Reason.OTHER_NAME: "written as “{text}”, because its name was taken",
}
"""The sentences of remarks on imported and exported items."""
