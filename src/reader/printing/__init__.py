"""Put on paper: articles become pages, pages become paper or PDF."""
