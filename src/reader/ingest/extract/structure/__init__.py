"""The constructs of pages in plain HTML: code, callouts, notes, headings, whoever wrote them."""
