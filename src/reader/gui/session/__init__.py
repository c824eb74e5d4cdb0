"""A reading session: some articles of the queue in a given time."""
