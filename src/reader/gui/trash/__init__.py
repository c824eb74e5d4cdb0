"""The trash: emptied by hand, or after a number of days."""
