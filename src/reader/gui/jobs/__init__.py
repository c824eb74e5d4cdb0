"""Jobs in the background, and the bar that shows them."""
