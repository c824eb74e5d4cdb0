"""Print the benchmarks, as ratios of two measurements in one run.

``python3 dev.py bench`` runs all but the largest; ``--large`` adds a list of a million rows; names
choose some of: start open comfort memory list queue shelves palette diary history cli search typing
paper encodings backup exporting salvage importing texts typesetting, and, with ``--pages FOLDER``,
extract.
"""

import argparse
import os
import sys
from pathlib import Path

from benchmarks import (
    backup,
    cli,
    comfort,
    diary,
    encodings,
    exporting,
    extraction,
    history,
    importing,
    importing_texts,
    listing,
    memory,
    opening,
    palette,
    paper,
    queue,
    salvage,
    search,
    shelving,
    start,
    typesetting,
    typing_words,
)
from benchmarks.figures import BUILD, show

PARTS = {
    "start": start.measure,
    "open": opening.measure,
    "comfort": comfort.measure,
    "memory": memory.measure,
    "list": listing.measure,
    "queue": queue.measure,
    "palette": palette.measure,
    "diary": diary.measure,
    "history": history.measure,
    "shelves": shelving.measure,
    "cli": cli.measure,
    "search": search.measure,
    "typing": typing_words.measure,
    "paper": paper.measure,
    "encodings": encodings.measure,
    "backup": backup.measure,
    "exporting": exporting.measure,
    "salvage": salvage.measure,
    "importing": importing.measure,
    "texts": importing_texts.measure,
}


def main() -> None:
    """Run the chosen benchmarks."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=" ".join(PARTS))
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--pages", type=Path, metavar="FOLDER", help="pages for “extract”")
    parser.add_argument(
        "--peers", default=sys.executable, metavar="PYTHON",
        help="an interpreter with other extractors, to print their figures beside",
    )  # fmt: skip
    parser.add_argument("--worst", action="store_true", help="list the pages far from the truth")
    options = parser.parse_args()
    # As installed: every module is compiled once, and the result is kept.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(BUILD / "compiled")
    os.environ["READER_HOME"] = str(BUILD / "home")  # not the user's own settings
    for name, measure in PARTS.items():
        if not options.parts or name in options.parts:
            show(name, measure(large=options.large))
    if not options.parts or "typesetting" in options.parts:
        show("typesetting", typesetting.measure(pages=options.pages))
    if options.pages and (not options.parts or "extract" in options.parts):
        found = extraction.measure(pages=options.pages, peers=options.peers, worst=options.worst)
        show("extract", found)
        show("encodings of these pages", encodings.measure_pages(options.pages))


if __name__ == "__main__":
    main()
