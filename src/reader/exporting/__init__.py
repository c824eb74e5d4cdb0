"""Export of articles in the formats that other programs read."""
