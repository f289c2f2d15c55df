"""How `quantities` reads numbers: their words and digits, units, bounds, what is counted, what is no figure."""
