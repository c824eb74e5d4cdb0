"""Faults done to a library that the program made, and the judgement of its answers."""
