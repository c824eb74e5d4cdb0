"""Import of the exports of other programs: recognised, foreseen, taken in, reported."""
