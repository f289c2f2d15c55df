"""How `statements` tells who said what: cues, quotations, the drafts they make, speakers and their kinds."""
