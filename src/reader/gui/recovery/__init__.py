"""Opening a library: brought up to date, recovered, checked, repaired."""
