"""Faults done to a library that the program made, and what the program then says and gives back."""
