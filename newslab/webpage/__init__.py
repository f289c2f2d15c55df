"""How `readers.pages` reads a saved page: its lines, what its markup and its data say, its pictures, its text."""
