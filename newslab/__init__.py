"""Who says what in news text, and what numbers and pictures it carries, on whose word.

Files become an article table; one pass over it gives a handful of tidy tables; everything after
that is pandas and a plot:

    import newslab as nl
    articles = nl.load_articles("data/sample", metadata="data/MANIFEST.csv")
    notes = nl.annotate(articles)                       # statements, quantities, photos, entities ...
    nl.show(articles.iloc[0], notes)                    # one article, its sources and figures marked
    nl.context(notes.statements.sample(10), articles)   # read ten before counting ten thousand
    nl.sources(notes)                                   # who speaks, how often, named or not
    nl.plot_sources(notes)
    nl.claims(notes, action="kill")                     # one toll: who says what, over time
    nl.reuse(notes)                                     # who copied whom, and what was changed
    notes.save("results/"); notes = nl.load_notes("results/")

Every row of every table has `article_id, start, end, text`, and `text` is what stands at
`start:end` in that article. The finders work on any string too: `nl.statements(nl.load_model()(text))`.
"""

from newslab.adjust import adjusted_count, adjusted_share
from newslab.annotate import annotate
from newslab.articles import load_articles
from newslab.corrections import precision
from newslab.drawing.copies import show_reuse
from newslab.entities import entities
from newslab.explore import claims, compare_sources, concordance, keyness, names, sources
from newslab.exports import save_excel, save_standoff
from newslab.linking import entity_table
from newslab.loading import load_report
from newslab.notes import Notes, load_notes
from newslab.parsing import load_model
from newslab.places import places
from newslab.plots import (
    alt_text,
    plot_actor_types,
    plot_articles,
    plot_claims,
    plot_compare_sources,
    plot_figures,
    plot_naming,
    plot_places,
    plot_reuse,
    plot_sources,
    plot_thresholds,
)
from newslab.quantities import convert, quantities
from newslab.readability import readability
from newslab.reuse import edits, reuse
from newslab.review import review
from newslab.scoring import score
from newslab.segments import photos, segments, sentences
from newslab.sentiment import target_sentiment, target_tone, tone
from newslab.show import context, page, show
from newslab.statements import statements
from newslab.verdicts import thresholds, verdicts

__version__ = "0.1.0"
__all__ = [
    "Notes",
    "adjusted_count",
    "adjusted_share",
    "alt_text",
    "annotate",
    "claims",
    "compare_sources",
    "concordance",
    "context",
    "convert",
    "edits",
    "entities",
    "entity_table",
    "keyness",
    "load_articles",
    "load_model",
    "load_notes",
    "load_report",
    "names",
    "page",
    "photos",
    "places",
    "plot_actor_types",
    "plot_articles",
    "plot_claims",
    "plot_compare_sources",
    "plot_figures",
    "plot_naming",
    "plot_places",
    "plot_reuse",
    "plot_sources",
    "plot_thresholds",
    "precision",
    "quantities",
    "readability",
    "reuse",
    "review",
    "save_excel",
    "save_standoff",
    "score",
    "segments",
    "sentences",
    "show",
    "show_reuse",
    "sources",
    "statements",
    "target_sentiment",
    "target_tone",
    "thresholds",
    "tone",
    "verdicts",
]
