"""Speed, measured: see __main__."""
