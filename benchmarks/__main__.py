"""Print the figures that matter, as ratios of two things measured in one run.

``python3 dev.py bench`` runs all but the largest; ``--large`` adds a list of a million rows;
words choose some of: start open list shelves cli paper, and, with ``--pages FOLDER``, extract.
"""

import argparse
import os
from pathlib import Path

from benchmarks import cli, encodings, extraction, listing, opening, paper, shelving, start
from benchmarks.figures import BUILD, show

PARTS = {
    "start": start.measure,
    "open": opening.measure,
    "list": listing.measure,
    "shelves": shelving.measure,
    "cli": cli.measure,
    "paper": paper.measure,
}


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=" ".join(PARTS))
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--pages", type=Path, metavar="FOLDER", help="pages for “extract”")
    told = parser.parse_args()
    os.environ["READER_HOME"] = str(BUILD / "home")  # not a person's own settings
    for name, measure in PARTS.items():
        if not told.parts or name in told.parts:
            show(name, measure(large=told.large))
    if told.pages and (not told.parts or "extract" in told.parts):
        show("extract", [*extraction.measure(pages=told.pages), *encodings.measure(told.pages)])


if __name__ == "__main__":
    main()
