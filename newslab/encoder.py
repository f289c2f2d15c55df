"""One small encoder for every finder that needs one: what each word is in an attribution and in a name.

A page is read once, in windows of wordpieces; `statements` takes the parts of attributions from it,
`entities` the names, and `sentiment` the tone towards a target. Weights and their card are in `models/`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from newslab.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from spacy.tokens import Doc

    from newslab.records import Span

WINDOW = 160  # wordpieces that are read at once
PROSE_SPANS = "newslab prose"  # key of `doc.user_data`: the stretches of a page that are prose
CLS, SEP, TARGET, TARGET_END = 101, 102, 1, 2  # numbers in the vocabulary; the last two are its unused ones
ROLES = ("source", "cue", "content")
NAMES = (
    "PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", "NUMBER",
)  # fmt: skip
SHAPES = 10  # lower, capitalised, upper, mixed, other; and the same at the start of a paragraph


class Pieces(NamedTuple):
    """The wordpieces of a text, furniture left out; each list has one item a piece."""

    ids: list[int]
    starts: list[int]  # characters of the text
    ends: list[int]
    shapes: list[int]  # of the word; the vocabulary is of lower case
    breaks: list[bool]  # whether a paragraph starts here


class Window(NamedTuple):
    """Pieces read at once: those from `first` to `last` are judged, those from `left` are context."""

    left: int
    first: int
    last: int


@cache
def _tokenizer():  # type: ignore[no-untyped-def]
    from importlib.resources import files

    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(files("newslab.models").joinpath("wordpieces.json").read_text("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def shape(word: str) -> int:
    """0 lower, 1 capitalised, 2 upper case, 3 mixed, 4 no letter at its start.

    >>> [shape(w) for w in ("ferry", "Ferry", "NATO", "iPhone", "41")]
    [0, 1, 2, 3, 4]
    """
    if not word[:1].isalpha():
        return 4
    if word.islower():
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 1
    return 1 if word[0].isupper() and word[1:].islower() else 3


def pieces(text: str, spans: Sequence[Span] | None = None) -> Pieces:
    """The wordpieces of a text, or of those stretches of it that are to be read."""
    out = Pieces([], [], [], [], [])
    for start, end in spans if spans is not None else [(0, len(text))]:
        stretch = text[start:end]
        encoded = _tokenizer().encode(stretch, add_special_tokens=False)
        offsets = encoded.offsets
        words = encoded.word_ids
        whole: dict[int, list[int]] = {}
        for word, (a, b) in zip(words, offsets, strict=True):
            known = whole.setdefault(word, [a, b])
            known[1] = b
        shapes = {word: shape(stretch[a:b]) for word, (a, b) in whole.items()}
        last = None
        for number, word, (a, b) in zip(encoded.ids, words, offsets, strict=True):
            new = last is None or "\n" in stretch[last:a]
            out.ids.append(number)
            out.starts.append(start + a)
            out.ends.append(start + b)
            out.shapes.append(shapes[word] + 5 * new)
            out.breaks.append(new)
            last = b
    return out


def windows(text: str, p: Pieces, context: int = 0) -> list[Window]:
    """Windows of at most `WINDOW` pieces, which end with a paragraph, else with a sentence, where they can.

    Each holds `context` pieces of the one before; training gives some, reading does as well without.
    """
    out = []
    n, first = len(p.ids), 0
    while first < n:
        left = max(0, first - context)
        last = min(n, left + WINDOW - 2)
        if last < n:
            middle = (first + last) // 2
            paragraph = next((k for k in range(last, middle, -1) if p.breaks[k]), None)
            sentence = next((k for k in range(last, middle, -1) if _ends_sentence(text, p, k)), last)
            last = paragraph or sentence
        out.append(Window(left, first, last))
        first = last
    return out


def _ends_sentence(text: str, p: Pieces, k: int) -> bool:
    return p.starts[k] > p.ends[k - 1] and text[p.ends[k - 1] - 1] in '.!?"\u201d'


def target_row(sentence: str, start: int, end: int) -> tuple[list[int], list[int], list[int]]:
    """A sentence with its target marked: piece numbers, shapes, and where the target's pieces are."""
    p = pieces(sentence)
    inside = [i for i in range(len(p.ids)) if p.starts[i] < end and p.ends[i] > start]
    if not inside:
        return [], [], []
    a, b = inside[0], inside[-1] + 1
    left = max(0, a - WINDOW // 2)
    right = min(len(p.ids), max(b, left + WINDOW - 4))
    ids = [CLS, *p.ids[left:a], TARGET, *p.ids[a:b], TARGET_END, *p.ids[b:right], SEP]
    shapes = [4, *p.shapes[left:a], 4, *p.shapes[a:b], 4, *p.shapes[b:right], 4]
    at = a - left + 2
    return ids, shapes, list(range(at, at + b - a))


class Reading(NamedTuple):
    """What the encoder says of a text: arrays of one row a wordpiece."""

    pieces: Pieces
    roles: np.ndarray  # log-probabilities: none, then begin and inside of each of ROLES
    names: np.ndarray  # log-probabilities: none, then begin and inside of each of NAMES


@cache
def _file(name: str) -> Any:
    from importlib.resources import files

    return files("newslab.models").joinpath(name)


@cache
def _network(name: str) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # workers are processes
    return onnxruntime.InferenceSession(_file(f"{name}.onnx").read_bytes(), options)


@cache
def _vectors() -> np.ndarray:
    """The vector of each wordpiece as bytes, which all networks share; they know the scale."""
    import numpy as np

    with _file("words.npy").open("rb") as file:
        return np.asarray(np.load(file, allow_pickle=False))


@cache
def _facts() -> dict[str, Any]:
    import json

    return dict(json.loads(_file("encoder.json").read_text("utf-8")))


def facts() -> dict[str, Any]:
    """What was measured when the weights were made: sizes of the outputs, scores, temperatures."""
    return dict(_facts())


def run(rows: Sequence[tuple[list[int], list[int]]], network: str = "encoder") -> list[np.ndarray]:
    """Outputs of a network for rows of piece numbers and shapes: of the encoder, pieces x outputs each.

    One row at a time: an int8 network takes its scale from all that is run together, and what is
    found in a text must not depend on what is read beside it.
    """
    import numpy as np

    model, vectors = _network(network), _vectors()
    out = []
    for ids, shapes in rows:
        kinds = np.array([shapes])
        given = {"words": vectors[np.array([ids])], "shapes": kinds, "mask": np.ones_like(kinds)}
        out.append(model.run(None, given)[0][0])
    return out


def read(text: str, spans: Sequence[Span] | None = None) -> Reading:
    """Read a text, or those stretches of it that are prose.

    Parameters
    ----------
    text
        A text of any length; it is read in windows of `WINDOW` wordpieces.
    spans
        Character spans of it that are to be read, in order; None reads all of it.
    """
    import numpy as np

    p = pieces(text, spans)
    sizes = facts()["outputs"]
    out = np.zeros((len(p.ids), sum(sizes)), "float32")
    found = windows(text, p)
    rows = [([CLS, *p.ids[w.left : w.last], SEP], [4, *p.shapes[w.left : w.last], 4]) for w in found]
    for w, states in zip(found, run(rows), strict=True):
        out[w.first : w.last] = states[1 + w.first - w.left : -1]
    roles, names = out[:, : sizes[0]], out[:, sizes[0] : sizes[0] + sizes[1]]
    return Reading(p, _log_softmax(roles), _log_softmax(names))


def reading(doc: Doc, prose: tuple[Span, ...] | None = None) -> Reading:
    """What the encoder says of a parsed text's prose, read once for all finders.

    `prose` is where it stands; None for what `newslab.parsing.make_doc` noted of the page, else all of the text.
    """
    return _kept(text_of(doc), doc.user_data.get(PROSE_SPANS) if prose is None else prose)


@lru_cache(maxsize=64)  # more than there are texts in a batch of the parser
def _kept(text: str, spans: tuple[Span, ...] | None) -> Reading:
    return read(text, spans)


def forget() -> None:
    """Forget what was read, so that it is read anew: for measuring."""
    _kept.cache_clear()


def _log_softmax(scores: np.ndarray) -> np.ndarray:
    import numpy as np

    shifted = scores - scores.max(1, keepdims=True, initial=-np.inf) if len(scores) else scores
    return shifted - np.log(np.exp(shifted).sum(1, keepdims=True))


def best_tags(chances: np.ndarray, breaks: Sequence[bool]) -> np.ndarray:
    """The most probable tags in which no span begins with "inside" (Viterbi, a paragraph at a time).

    Parameters
    ----------
    chances
        Log-probabilities, pieces x tags: none, then begin and inside of each class.
    breaks
        Whether a paragraph starts at each piece.
    """
    import numpy as np

    n, tags = chances.shape
    if not n:
        return np.zeros(0, "int64")
    starts = np.array(sorted({0, *np.flatnonzero(breaks).tolist()}))
    lengths = np.diff(starts, append=n)
    order = np.argsort(-lengths, kind="stable")  # the longest first, so that those still running lead
    first, lengths = starts[order], lengths[order]
    longer = np.searchsorted(-lengths, -np.arange(lengths[0])).tolist()  # how many have a piece k
    reached = np.array(chances)  # the best score of all tags up to a piece, by its own
    reached[first, 2::2] = -np.inf
    best = reached[first]
    for k in range(1, len(longer)):
        before, at = best[: longer[k]], first[: longer[k]] + k
        best = reached[at]
        best[:, 2::2] += np.maximum(before[:, 1::2], before[:, 2::2])
        most = before.max(1, keepdims=True)
        best[:, 1::2] += most
        best[:, :1] += most
        reached[at] = best
    top = reached.argmax(1).tolist()
    begun = (reached[:, 1::2] > reached[:, 2::2]).ravel().tolist()  # "inside" follows "begin" rather than "inside"
    ends = {*starts.tolist(), n}
    out = [0] * n
    tag = 0
    for i in range(n - 1, -1, -1):
        if tag == 0 or tag % 2 or i + 1 in ends:
            tag = top[i]
        elif begun[i * (tags // 2) + tag // 2 - 1]:
            tag -= 1
        out[i] = tag
    return np.array(out)


def stretches(tags: Sequence[int], pieces_of: Sequence[int]) -> list[list[int]]:
    """Runs of tokens of one class: class, first token, the token after the last.

    Parameters
    ----------
    tags
        The tag of each wordpiece (`best_tags`).
    pieces_of
        The first wordpiece of each token (`first_pieces`); a token without one breaks no run.
    """
    found: list[list[int]] = []
    current = -1
    for i, k in enumerate(pieces_of):
        if k < 0:
            continue
        kind = (tags[k] - 1) // 2 if tags[k] else -1
        if kind >= 0 and kind == current and tags[k] % 2 == 0:
            found[-1][2] = i + 1
        elif kind >= 0:
            found.append([kind, i, i + 1])
        current = kind
    return found


def first_pieces(reading: Reading, starts: Sequence[int], ends: Sequence[int]) -> list[int]:
    """The first wordpiece of each token, given as characters; -1 for white space and what was not read."""
    begun = reading.pieces.starts
    found = []
    n = len(begun)
    k = 0
    for start, end in zip(starts, ends, strict=True):
        while k < n and begun[k] < start:
            k += 1
        found.append(k if k < n and begun[k] < end else -1)
    return found
