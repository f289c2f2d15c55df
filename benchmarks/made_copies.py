"""Articles that copy from one another in known ways, made from a seed: for tests and for timing `reuse`.

Words are made of syllables and follow Zipf's law, between real function words, so that chance repeats no more than
it does in news; formulas that all outlets use are put in between. One article in five is a wire story. Others take it
whole, cut, edited, or a few paragraphs of it into text of their own, and some take it from one another.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

Source = tuple[int, int]  # of a paragraph: the article that had it first, and which one it is there
SMALL = (
    "the", "of", "to", "in", "and", "a", "that", "for", "on", "was", "with", "said", "as", "by", "from", "at", "his",
    "is", "it", "had", "were", "be", "who", "has", "but", "an", "they", "after", "not", "which", "this", "have", "will",
    "are", "been", "one", "would", "or", "two", "when", "more", "her", "about", "than", "he", "she", "its", "over",
)  # fmt: skip
FORMULAS = (
    "who spoke on condition of anonymity because the matter was not yet public",
    "did not immediately respond to a request for comment sent by email",
    "the ministry said in a statement that was posted on its website on",
)
SYLLABLES = [a + b for a in ("b", "d", "f", "gr", "k", "l", "m", "n", "p", "r", "st", "t", "v", "w") for b in "aeiou"]
KINDS = ("whole", "cut", "edited", "partial")


@dataclass
class Made:
    """An article: its paragraphs, and for each the paragraph that it is or was copied from."""

    article_id: str
    outlet: str
    published: str
    kind: str
    paragraphs: list[list[str]] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The article, a line a paragraph."""
        return "\n\n".join(" ".join(words) + "." for words in self.paragraphs)

    def spans(self) -> list[tuple[int, int]]:
        """Where each paragraph stands in the text."""
        lengths = [len(" ".join(words)) + 1 for words in self.paragraphs]
        ends = list(accumulate(length + 2 for length in lengths))
        return [(end - 2 - length, end - 2) for end, length in zip(ends, lengths, strict=True)]


class Writer:
    """Writes paragraphs of made-up words from a seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.words = ["".join(self.rng.choices(SYLLABLES, k=self.rng.randint(1, 4))) for _ in range(20_000)]
        self.weights = list(accumulate(1 / (rank + 20) for rank in range(len(self.words))))
        self.small = list(accumulate(1 / (rank + 2) for rank in range(len(SMALL))))

    def paragraph(self) -> list[str]:
        """20 to 45 words, about half of them function words."""
        n = self.rng.randint(20, 45)
        long = self.rng.choices(self.words, cum_weights=self.weights, k=n)
        short = self.rng.choices(SMALL, cum_weights=self.small, k=n)
        words = [self.rng.choice(pair) for pair in zip(long, short, strict=True)]
        if self.rng.random() < 0.1:
            words[10:10] = self.rng.choice(FORMULAS).split()
        return words

    def edited(self, words: list[str], rate: float) -> list[str]:
        """Words of which some are replaced, dropped, or have another before them."""
        found = []
        for word in words:
            chance = self.rng.random()
            if chance > rate:
                found.append(word)
            elif chance > rate / 4:
                new = self.rng.choice(self.words)
                found += [new] if chance > rate / 2 else [new, word]
        return found

    def own(self, number: int, low: int, high: int) -> list[tuple[list[str], Source]]:
        """New paragraphs, each its own source."""
        return [(self.paragraph(), (number, k)) for k in range(self.rng.randint(low, high))]

    def copy(self, number: int, model: Made, kind: str, rate: float) -> list[tuple[list[str], Source]]:
        """The paragraphs of an article that copies another, and where they come from."""
        taken = list(zip(model.paragraphs, model.sources, strict=True))
        if kind == "cut":
            taken = taken[: self.rng.randint(2, max(2, len(taken) - 2))]
        elif kind == "partial":
            start = self.rng.randrange(len(taken))
            taken = taken[start : start + self.rng.randint(1, 3)]
        if kind != "whole":
            taken = [(self.edited(words, rate), source) for words, source in taken]
        if kind == "partial":
            own = self.own(number, 5, 8)
            at = self.rng.randrange(len(own) + 1)
            taken = own[:at] + taken + own[at:]
        return taken


def made(n: int, seed: int = 0, *, rate: float = 0.06, busy: float = 0.02) -> list[Made]:
    """`n` articles in the order of their publication.

    Parameters
    ----------
    rate
        Of an edited paragraph's words, the share that is changed.
    busy
        Of the wire stories, the share that is copied by about fifty others; the rest by about two.
    """
    writer = Writer(seed)
    rng = writer.rng
    articles: list[Made] = []
    day = date(2024, 1, 1)
    open_stories: list[tuple[Made, int]] = []
    for number in range(n):
        when = (day + timedelta(days=number * 365 // n)).isoformat() + f"T{8 + number % 12:02}:00:00Z"
        name = f"a{number:06}"
        chance = rng.random()
        if chance < 0.2 or not open_stories:
            one = Made(name, "Made Wire", when, "wire")
            pairs = writer.own(number, 6, 10)
            open_stories.append((one, rng.randint(30, 70) if rng.random() < busy else rng.randint(0, 4)))
        elif chance < 0.6:
            one = Made(name, f"Paper {rng.randint(1, 40)}", when, "own")
            pairs = writer.own(number, 6, 10)
        else:
            at = rng.randrange(len(open_stories))
            model, left = open_stories[at]
            one = Made(name, f"Paper {rng.randint(1, 40)}", when, rng.choice(KINDS))
            pairs = writer.copy(number, model, one.kind, rate)
            handed_on = one if rng.random() < 0.1 else model
            open_stories[at : at + 1] = [(handed_on, left - 1)] if left > 1 else []
        one.paragraphs, one.sources = [words for words, _ in pairs], [source for _, source in pairs]
        articles.append(one)
    return sorted(articles, key=lambda one: one.published[:10])  # times of a day are what they are
