"""Names that small words of other languages hold together: `Jaish-e-Nur`, `Consejo de la Tierra`, `Amt für Wald`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from newslab.layout.credits import first_names
from newslab.naming.extents import DATES, MOST_TOKENS, Stretch, capital
from newslab.naming.lists import demonyms, gazetteer, nouns

if TYPE_CHECKING:
    from newslab.naming.words import Title, Words

# particles between two hyphens: Zia-ul-Haq, Port-au-Prince
_HYPHENED = frozenset(
    ("i", "e", "ul", "ur", "ud", "us", "uz", "al", "el", "ad", "ar", "as", "at", "a", "de", "la", "le", "les", "du",
     "au", "en", "sur", "sous", "am", "an", "der", "y")
)  # fmt: skip
_OF_BODIES = frozenset({"i", "e"})
# small words of names; those that are English, too, do not stand between two capitals, but for a van
_FOREIGN = frozenset(
    ("de", "del", "della", "dei", "delle", "degli", "di", "da", "des", "du", "für", "zur", "zum", "voor", "van", "von",
     "dos", "pour", "por", "para", "senza", "la", "las", "los", "le", "les", "der", "den")
)  # fmt: skip
_PROPER = frozenset({"NNP", "NNPS"})
_MOST = 3  # particles in a row


def chains(w: Words, spans: Sequence[Stretch], title_at: Mapping[int, Title]) -> list[Stretch]:
    """The names, in order, with those that such a word cuts made whole."""
    holder = {i: span for span in spans for i in range(span.first, span.last)}
    added: list[Stretch] = []
    gone: set[Stretch] = set()
    for first, last in _merged(sorted([*_hyphened(w), *_linked(w, title_at), *_of_family(w, spans)])):
        if last - first > MOST_TOKENS:
            continue  # a longer chain is no name
        parts = {holder[i] for i in range(first, last) if i in holder}
        whole = _whole(w, min([first, *(p.first for p in parts)]), max([last, *(p.last for p in parts)]), parts)
        if parts != {whole}:
            added.append(whole)
            gone |= parts
    return sorted([*added, *(span for span in spans if span not in gone)])


def _whole(w: Words, first: int, last: int, parts: set[Stretch]) -> Stretch:
    """One name for its parts, labelled as the longest of them; nobody is called "the"."""
    longest = max(sorted(parts), key=lambda span: span.last - span.first, default=None)
    the = first > 0 and w.lower[first - 1] == "the"
    if longest is not None and longest.label == "person" and last - first == 5 and w.lower[first + 2] in _OF_BODIES:
        return Stretch(first, last, "organisation", "rules:body")  # Jaish-e-Nur, and nobody's name
    if longest is not None and (longest.label != "person" or not the or longest[:2] == (first, last)):
        return longest._replace(first=first, last=last)
    return Stretch(first, last, "organisation", "rules:chain")


def _merged(links: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stretches in order, with those that overlap as one."""
    held: tuple[int, int] | None = None
    for first, last in links:
        if held and first < held[1]:
            held = (held[0], max(last, held[1]))
            continue
        if held:
            yield held
        held = (first, last)
    if held:
        yield held


def _hyphened(w: Words) -> Iterator[tuple[int, int]]:
    """Capitals on both sides of a particle between hyphens: Jaish`-e-`Nur."""
    for i in range(1, len(w.text) - 3):
        if w.text[i] != "-" or w.text[i + 2] != "-":
            continue
        town = "".join(w.lower[i - 1 : i + 4]) in gazetteer()  # Stoke-on-Trent; not Commander-in-Chief
        if w.lower[i + 1] not in _HYPHENED and not town:
            continue
        close = all(w.start[k] == w.start[k - 1] + len(w.text[k - 1]) for k in range(i, i + 4))
        if close and capital(w.text[i - 1]) and capital(w.text[i + 3]) and _prose(w, i - 1, i + 3):
            yield i - 1, i + 4


def _linked(w: Words, title_at: Mapping[int, Title]) -> Iterator[tuple[int, int]]:
    """Capitals on both sides of small words of another language: Consejo `de la` Tierra."""
    for i in range(1, len(w.text) - 1):
        arabic = w.text[i] == "al" and w.text[i - 1] in nouns("first")
        driven = w.text[i + 1] in first_names() or i + 1 in title_at or w.text[i - 1].isupper()
        vehicle = w.text[i] == "van" and (w.tag[i] == "NN" or driven)  # a Ford van Ann Lee drove
        if (w.text[i] not in _FOREIGN and not arabic) or vehicle or not _opens(w, i - 1, title_at):
            continue
        k = i
        if w.text[i + 1] == "-":  # Harakat al-Nur
            k += 2
        while k < len(w.text) - 1 and k - i < _MOST and w.text[k] in _FOREIGN:
            k += 1
        if k < len(w.text) and capital(w.text[k]) and w.lower[k] not in DATES and _prose(w, i - 1, k):
            yield i - 1, k + 1


def _of_family(w: Words, spans: Sequence[Stretch]) -> Iterator[tuple[int, int]]:
    """Last names with the small words before them, and a first name there: Mr `van der Berg`, `Luc du Lac` says."""
    for span in spans:
        first = span.first
        while (
            first and span.first - first < _MOST and w.text[first - 1] in _FOREIGN and _prose(w, first - 1, span.first)
        ):
            first -= 1
        if first < span.first and span.label == "person":
            first -= first > 0 and w.text[first - 1] in first_names() and w.sent[first - 1] == w.sent[first]
            yield first, span.first + 1


def _opens(w: Words, i: int, title_at: Mapping[int, Title]) -> bool:
    """Whether a token may be the word of a name before a small one: no title, day or nation."""
    other = i in title_at or w.lower[i] in DATES or w.lower[i] in demonyms()
    return capital(w.text[i]) and w.tag[i] in _PROPER and not other


def _prose(w: Words, first: int, last: int) -> bool:
    return bool(w.part[first]) and w.sent[first] == w.sent[last] and w.sent[first] not in w.headings
