"""Print the figures that matter, as ratios of two things measured in one run.

``python3 dev.py bench`` runs all but the largest; ``--large`` adds a list of a million rows;
words choose some of: start open list cli.
"""

import argparse

from benchmarks import cli, listing, opening, start
from benchmarks.figures import show

PARTS = {
    "start": start.measure,
    "open": opening.measure,
    "list": listing.measure,
    "cli": cli.measure,
}


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=" ".join(PARTS))
    parser.add_argument("--large", action="store_true")
    told = parser.parse_args()
    for name, measure in PARTS.items():
        if not told.parts or name in told.parts:
            show(name, measure(large=told.large))


if __name__ == "__main__":
    main()
