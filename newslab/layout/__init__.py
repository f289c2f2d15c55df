"""How `segments` tells the parts of a page: lines and weights, headline, bylines, captions, credits, quotations."""
