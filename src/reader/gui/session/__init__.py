"""A reading session: some articles of the queue in the minutes one has."""
