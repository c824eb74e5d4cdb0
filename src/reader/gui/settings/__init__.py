"""The settings window: pages of rows, each with its label and its control."""
