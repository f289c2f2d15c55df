"""How `entities` and `places` tell names: words, spans, evidence for a label, folding, roles, pronouns, gazetteer."""
