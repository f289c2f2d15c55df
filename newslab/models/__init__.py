"""Model cards, and the weights that are no table in `rules/`."""
