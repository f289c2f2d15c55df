"""A corpus made by hand for the tests of show and plots: 12 articles, 4 outlets, all of it invented.

`made()` gives `(articles, notes)` as `load_articles` and `annotate` would, without either of them.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from newslab.records import TABLES, frame, local_id

ATTACK = "<script>alert(1)</script>"
ONERROR = '"><img src=x onerror=alert(1)>'
OUTLETS = ("The Harbour Post", "Daily Lantern", "Inland Wire", "Kurier & Sons <b>Evening</b> Gazette")
LONG = "Permanent Joint Commission for the Prevention of Floods and Landslides of the Upper Valleys"
EVENTS = (
    ("ferry", "Ferry sinks off Bergen", "2024-03-{:02d}", "Bergen", ("NO", 60.39, 5.32), "people", "kill"),
    ("flood", "Flood cuts off Maribor", "2024-03-{:02d}", "Maribor", ("SI", 46.55, 15.65), "houses", "damage"),
    ("strike", "Dockers walk out in Gdynia", "2024-03-{:02d}", "Gdynia", ("PL", 54.52, 18.53), "workers", "strike"),
)  # fmt: skip
# speaker, how the article writes it, role, naming, actor type
VOICES = (
    ("Mira Halvorsen", "Mira Halvorsen", "deputy minister of transport", "named", "government"),
    ("official", "an official who asked not to be named", None, "unnamed", "government"),
    (LONG, "the " + LONG, None, "named", "international organisation"),
    ("residents", "residents", None, "collective", "citizen"),
    ("Tomasz Brandt", "Col. Tomasz Brandt", "Col.", "named", "military"),
    ("Dockers' Union of the Baltic Coast", "the Dockers' Union of the Baltic Coast", None, "named", "NGO"),
    ("Ana Kovač", "Ana Kovač", "professor of hydrology", "named", "expert"),
    (ONERROR, ONERROR, None, "named", "business"),
)
# as written; value, low, high, unit, dimension, bound
SAID = (
    ("at least {n}", "{n}", "{n}", None, None, "count", "at least"),
    ("{n}", "{n}", "{n}", "{n}", None, "count", "="),
    ("about {n}", "{n}", "{n}", "{n}", None, "count", "about"),
    ("up to {n}", "{n}", None, "{n}", None, "count", "up to"),
    ("hundreds of", None, "100", "1000", None, "count", "hundreds"),
)


class Page:
    """Text that is written stretch by stretch, and the rows of the tables that lie in it."""

    def __init__(self, article_id: str) -> None:
        self.id, self.text, self.rows = article_id, "", {name: [] for name in TABLES}

    def write(self, text: str) -> tuple[int, int]:
        self.text += text
        return len(self.text) - len(text), len(self.text)

    def line(self, part: str, text: str) -> tuple[int, int]:
        start, end = self.write(text)
        self.add("segments", "g", start, end, part=part)
        self.write("\n\n")
        return start, end

    def add(self, table: str, kind: str, start: int, end: int, **columns: Any) -> str:
        key = f"{self.id}/{local_id(kind, start, end)}"
        own = {"segments": "segment_id", "photos": "photo_id", "statements": "statement_id",
               "quantities": "quantity_id", "entities": "mention_id", "sentences": "sentence_id"}[table]  # fmt: skip
        row = {"article_id": self.id, own: key, "start": start, "end": end, "found_by": "hand"} | columns
        self.rows[table].append(row)
        return key

    def statement(self, voice: tuple[Any, ...], figure: tuple[Any, ...], event: tuple[Any, ...], n: int) -> None:
        speaker, written, role, naming, actor = voice
        sentence = len(self.text)
        content = len(self.text)
        start, end = self.write(figure[0].format(n=n))
        self.write(f" {event[5]} were hit in ")
        place = self.write(event[3])
        content_span = (content, len(self.text))
        self.write(", ")
        source = self.write(written)
        self.write(" ")
        cue = self.write("said")
        self.write(".")
        key = self.add(
            "statements", "s", sentence, len(self.text), content=[content_span], cue=[cue], source=[source],
            content_text=self.text[slice(*content_span)], cue_lemma="say", source_text=written, act="speech",
            quote_type="direct" if n % 3 == 0 else "indirect", speaker=speaker, naming=naming, actor_type=actor,
            role=role, part="body", words=content_span[1] - content_span[0], confidence=0.5 + n % 5 / 10,
        )  # fmt: skip
        value, low, high = (None if x is None else float(x.format(n=n)) for x in figure[1:4])
        self.add(
            "quantities", "q", start, end, value=value, low=low, high=high, unit=figure[4], dimension=figure[5],
            bound=figure[6], counted=event[5], action=event[6], statement_id=key, claimed_by=speaker, part="body",
            place=event[3],
        )  # fmt: skip
        country, latitude, longitude = event[4]
        self.add(
            "entities", "m", *place, mention="name", label="place", entity_id=f"{self.id}/e-{event[3]}",
            name=event[3], country=country, latitude=latitude, longitude=longitude,
        )  # fmt: skip
        self.write(" ")

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        for name, rows in self.rows.items():
            for row in rows if name != "articles" else []:
                row["text"] = self.text[row["start"] : row["end"]]
        return self.rows


def made() -> tuple[Any, Any]:
    """12 articles on 3 events from 4 outlets: 60 statements, 72 figures, 12 photos, 60 places, one attack."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for number in range(12):
        event, outlet = EVENTS[number % 3], OUTLETS[number // 3]
        page = Page(f"a{number + 1}")
        for item in ("Home", "News", "Sport", "Weather", "Share this article"):
            page.line("furniture", item)
        headline = f"{event[1]} {ATTACK}" if number == 11 else event[1]
        page.line("headline", headline)
        start, end = page.line("caption", f"Rescuers near {event[3]} on Monday.")
        page.line("credit", f"Jo Lind/{outlet}")
        page.add(
            "photos", "p", start, end, caption=page.text[start:end], photographer="Jo Lind", agency=outlet,
            credit=f"Jo Lind/{outlet}", provenance="staff", date="2024-03-10", place=event[3], people=["Mira"],
            image_url="javascript:alert(1)" if number == 11 else "https://example.org/a.jpg",
            printings=[[start, end]],
        )  # fmt: skip
        paragraph = len(page.text)
        for turn in range(5):
            voice = VOICES[(number * turn + turn) % len(VOICES)]
            page.statement(voice, SAID[(number + turn) % len(SAID)], event, 9 + 7 * number // 3 + turn)
        start = page.write("The repairs cost ")[1]
        start, end = page.write("$1.2bn" if number % 2 else "4 per cent")
        money = {"value": 1.2e9, "low": 1.2e9, "high": 1.2e9, "unit": "USD", "dimension": "money"}
        percent = {"value": 4.0, "low": 4.0, "high": 4.0, "unit": "percent", "dimension": "percent"}
        page.add("quantities", "q", start, end, bound="=", part="body", **(money if number % 2 else percent))
        page.write(" more than planned.")
        page.add("segments", "g", paragraph, len(page.text), part="body", paragraph=1)
        for name, found in page.tables().items():
            rows[name].extend(found)
        rows["articles"].append({
            "article_id": page.id, "headline": headline, "outlet": outlet, "text": page.text, "language": "en",
            "published": event[2].format(8 + number % 3 + number // 3), "story_id": event[0],
            "byline": "By Jo Lind", "words": 90,
            "url": "javascript:alert(1)" if number == 11 else f"https://example.org/{page.id}?a=1&b=2",
        })  # fmt: skip
    tables = {name: frame(name, found) for name, found in rows.items()}
    return tables["articles"], SimpleNamespace(**tables, run={})


def made_claims() -> Any:
    """The ferry's toll with dates and outlets beside it, as `claims(notes)` gives it, and every kind of bound."""
    articles, notes = made()
    toll = notes.quantities[notes.quantities["counted"] == "people"]
    toll = toll.merge(articles[["article_id", "published", "outlet"]], on="article_id")
    extra = toll.iloc[:3].copy()
    extra["bound"] = ["range", "more than", "="]
    extra["value"], extra["low"], extra["high"] = [None, 40.0, 44.0], [30.0, 40.0, 44.0], [50.0, None, 44.0]
    extra["claimed_by"] = [None, "Tomasz Brandt", None]
    extra["published"] = "2024-03-13"
    import pandas as pd

    return pd.concat([toll, extra], ignore_index=True)
