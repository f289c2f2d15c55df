"""Shared passages: side by side with what was changed, and as a plot of who takes how much from whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from newslab.copying.comparison import compared
from newslab.copying.words import Word
from newslab.drawing import bars, periods
from newslab.drawing import style as drawing
from newslab.drawing.facts import count, given, in_words
from newslab.drawing.markup import CSS, escape
from newslab.show import Html

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MAX_PASSAGES = 200  # that are drawn
MAX_CHARACTERS = 6000  # of one side of a passage
SIDE_CSS = """
.newslab.nl-beside { max-width: 72rem; }
.newslab.newslab.nl-beside table { margin-bottom: 1.4em; table-layout: fixed; }
.newslab.newslab.nl-beside td { line-height: 1.6; padding-bottom: .9em; width: 50%; }
.newslab.newslab.nl-beside th { font-weight: normal; }
.newslab .nl-gone { background: rgba(230, 159, 0, .28); text-decoration: line-through; }
.newslab .nl-new { background: rgba(86, 180, 233, .3); text-decoration: underline; }
"""
_OWN, _OLD = "its own text", "its own older text"
_CREDITED, _TAKEN = "from another outlet, credited", "from another outlet, not credited"
LOOKS: drawing.Looks = {
    _TAKEN: (drawing.VERMILION, "///"),
    _CREDITED: (drawing.ORANGE, ""),
    _OLD: (drawing.SKY, ""),
    _OWN: (drawing.GREY, ""),
}


def show_reuse(passages: pd.DataFrame, articles: Any) -> Html:
    """Shared passages side by side, the earlier article on the left, with the words that differ marked.

    Parameters
    ----------
    passages
        Rows of what `reuse` gave, such as those of one article; their order is kept.
    articles
        The articles table, or `notes`, that they were found in.

    Returns
    -------
    Html
        Drawn by the notebook, at most 200 passages. Words struck through on the left were dropped or replaced, words
        underlined on the right are new. Case and punctuation are not compared.

    Raises
    ------
    ValueError
        If a passage is not in the articles' texts.

    Examples
    --------
    >>> import pandas as pd
    >>> from newslab.reuse import reuse
    >>> wire = "The river rose by two metres in an hour after the gates at the old mill were left open overnight."
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b"], "outlet": ["Wire", "Post"], "published": ["2024-03-09", "2024-03-10"],
    ...     "text": [wire, wire.replace("two metres", "six feet")]})
    >>> show_reuse(reuse(articles), articles)
    1 passage (a notebook shows it side by side)
    b <- a: 20 words, 18 the same
    """
    table = getattr(articles, "articles", articles)
    table = table.assign(article_id=table["article_id"].astype("str"))
    wanted = table[table["article_id"].isin(set(passages["article_id"]) | set(passages["other_id"]))]
    wanted = wanted.reindex(columns=["article_id", "outlet", "published"]).drop_duplicates("article_id")
    known = wanted.set_index("article_id").to_dict("index")
    out: list[str] = []
    plain: list[str] = []
    before = ("", "")
    for row, texts, (own, its), equal in compared(passages.head(MAX_PASSAGES), articles, "show_reuse()"):
        pair = (row["other_id"], row["article_id"])
        if pair != before:
            names = "".join(f'<th scope="col" dir="auto">{_name(key, known)}</th>' for key in pair)
            out.append(f"{'</tbody></table>' if plain else ''}<table><thead><tr>{names}</tr></thead><tbody>")
        left = _marked(texts[1], its, [(b.other, b.size) for b in equal], "del", "nl-gone")
        right = _marked(texts[0], own, [(b.at, b.size) for b in equal], "ins", "nl-new")
        out.append(f'<tr><td dir="auto">{left}</td><td dir="auto">{right}<br><small>{_about(row)}</small></td></tr>')
        plain.append(f"{pair[1]} <- {pair[0]}: {row['words']} words, {row['same']} the same")
        before = pair
    out.append("</tbody></table>" if plain else '<p class="nl-note">No passages.</p>')
    if len(passages) > len(plain):
        out.append(f'<p class="nl-note">{len(passages) - len(plain):,} more passages are not drawn.</p>')
    told = f"{count(len(passages), 'passage')} (a notebook shows {'it' if len(passages) == 1 else 'them'} side by side)"
    html = f'<style>{CSS}{SIDE_CSS}</style><div class="newslab nl-beside">{"".join(out)}</div>'
    return Html(html, "\n".join([told, *plain]))


def _name(key: str, known: dict[Any, dict[Any, Any]]) -> str:
    """An article as a heading: outlet, date and id."""
    facts = known.get(key, {})
    words = [in_words(facts.get("outlet")), in_words(facts.get("published"))]
    return f"<b>{escape(', '.join(filter(None, words)))}</b><br><small>{escape(key)}</small>"


def _about(row: dict[str, Any]) -> str:
    """What is told of a passage."""
    words = [f"{row['words']:,} words, {row['same']:,} the same"]
    if row["quoted"]:
        words.append(f"{row['quoted']:,} of them in quotation marks")
    agency = in_words(row["agency"])
    if agency or not row["credited"]:
        words.append(f"{'credited' if row['credited'] else 'not credited'}{agency and f' to {agency}'}")
    if row["order"] == "unknown":
        words.append("not known which came first")
    if row["wire_id"] != row["other_id"]:
        words.append(f"first printed in {row['wire_id']}")
    return escape("; ".join(words))


def _marked(text: str, words: Sequence[Word], equal: Sequence[tuple[int, int]], tag: str, look: str) -> str:
    """A passage's text with the words that are not equal marked."""
    if not words:
        return ""
    pieces = []
    position, stop = words[0].start, words[-1].end
    limit = min(stop, position + MAX_CHARACTERS)
    for (at, size), (after, _) in pairwise([*equal, (len(words), 0)]):
        if at + size < after:
            start, end = words[at + size].start, words[after - 1].end
            if start >= limit:
                break
            pieces += [escape(text[position:start]), f'<{tag} class="{look}">{escape(text[start:end])}</{tag}>']
            position = end
    pieces.append(escape(text[position : max(position, limit)]))
    if limit < stop:
        pieces.append(f" … ({stop - limit:,} characters more)")
    return re.sub(r"(?:[ \t]*\n)+[ \t]*", ' <span class="nl-break">¶</span> ', "".join(pieces))


def plot_reuse(passages: pd.DataFrame, articles: Any, *, top: int = 15, ax: Axes | None = None) -> Axes:
    """How much of each outlet's text stood in an earlier article: of another outlet, credited or not, or of its own.

    Parameters
    ----------
    passages
        What `reuse` gave.
    articles
        The articles table, or `notes`, that they were found in.
    top
        Outlets with a bar of their own, those with most words.
    ax
        Where to draw; None makes a figure.

    Returns
    -------
    matplotlib.axes.Axes
        Bars of 100 % of the words of the articles' bodies. A word that stands in several passages counts once; whose it
        is follows from the article that printed it first (`wire_id`).

    Examples
    --------
    >>> import pandas as pd
    >>> from newslab.reuse import reuse
    >>> wire = "The river rose by two metres in an hour after the gates at the old mill were left open overnight."
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b"], "outlet": ["Wire", "Post"], "published": ["2024-03-09", "2024-03-10"],
    ...     "text": [wire, wire + " Nobody was hurt, the Wire reported."]})
    >>> plot_reuse(reuse(articles), articles).get_title("left")
    'Post takes 77% of its words from other outlets'
    """
    import pandas as pd

    table = getattr(articles, "articles", articles)
    table = table[table["text"].map(lambda text: given(text) is not None).astype(bool)]
    table = table.assign(article_id=table["article_id"].astype("str"))
    if table.empty:
        return drawing.nothing(drawing.new_axes(ax, 0.5), "There are no articles.")
    lengths = table["words"] if "words" in table else pd.Series(pd.NA, index=table.index)
    lengths = lengths.where(lengths.notna(), table["text"].map(lambda text: len(text.split()))).astype("int64")
    names = bars.filled(table["outlet"], "(outlet not known)") if "outlet" in table else lengths.map(lambda _: "all")
    outlets = dict(zip(table["article_id"], names, strict=True))
    taken = _taken(passages, outlets, dict(zip(table["article_id"], table["text"], strict=True)))
    parts = pd.DataFrame(taken, columns=["article_id", "part", "words"])
    parts = parts.pivot_table(index="article_id", columns="part", values="words", aggfunc="sum", fill_value=0)
    parts = parts.reindex(index=table["article_id"], columns=list(LOOKS), fill_value=0).fillna(0).astype("int64")
    parts[_OWN] = (lengths.to_numpy() - parts.sum(axis=1)).clip(lower=0)
    sizes = lengths.groupby(names.to_numpy()).sum()
    order = sorted(sizes.index, key=lambda name: (-sizes[name], name))
    others = f"{count(len(order) - top, 'other outlet')}"
    rows = [name if name in set(order[:top]) else others for name in names]
    sums = parts.groupby(rows).sum().reindex([*order[:top], *([others] if len(order) > top else [])])
    from_others = (sums[_TAKEN] + sums[_CREDITED]) / sums.sum(axis=1)
    ax = drawing.new_axes(ax, 0.4 * len(sums) + 0.1)
    bars.draw_shares(ax, sums, LOOKS)
    ax.set_xlabel("% of the words of the body (their number beside the name)")
    title = "No outlet takes text from another"
    if from_others.max() > 0:
        most = str(from_others.idxmax())
        title = f"{drawing.elide(most, 40)} takes {100 * from_others.max():.0f}% of its words from other outlets"
        bare = sums[_TAKEN].sum() / max(1, (sums[_TAKEN] + sums[_CREDITED]).sum())
        title += f"; {100 * bare:.0f}% of what all take is not credited" if bare > 0 else ""
    when = periods.dates_words(periods.dates(table["published"])) if "published" in table else ""
    note = f"n = {lengths.sum():,} words in {count(len(table), 'article')}{f', {when}' if when else ''}."
    note += f" {count(len(passages), 'shared passage')}; whose text it is follows from who printed it first here."
    data = ". ".join(
        f"{drawing.one_line(name)}: " + ", ".join(f"{part} {n:,}" for part, n in row.items() if n)
        for name, row in sums.head(20).iterrows()
    )
    return drawing.finish(ax, title, note, kind="Bars of 100%", data=data, grid="x")


def _taken(passages: pd.DataFrame, outlets: dict[Any, str], texts: dict[Any, str]) -> list[tuple[str, str, int]]:
    """Words of each article that stood in an earlier one, each counted once: article, whose they are, how many."""
    found = []
    done: dict[str, int] = {}
    for row in passages.sort_values(["article_id", "start", "end"]).to_dict("records"):
        key = row["article_id"]
        if key not in texts:
            continue
        start = max(row["start"], done.get(key, 0))
        if row["end"] > start:
            done[key] = row["end"]
            own = outlets.get(row["wire_id"]) == outlets[key]
            part = _OLD if own else _CREDITED if row["credited"] else _TAKEN
            found.append((key, part, len(texts[key][start : row["end"]].split())))
    return found
