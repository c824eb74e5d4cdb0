"""The arrangement of the panes, and the toolbar above them."""
