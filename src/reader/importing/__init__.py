"""Import of what other programs export: recognised, foreseen, taken in, reported."""
