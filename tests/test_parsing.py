import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslab.parsing import load_model, make_doc, model_names, parse
from newslab.records import PROSE
from newslab.segments import segments
from newslab.tree import text_of


def test_the_best_model_is_one_that_is_installed(nlp):
    assert model_names()
    assert nlp is load_model()
    assert nlp.lang == "en"


def test_a_model_that_is_not_there_is_named_with_what_to_do():
    with pytest.raises(OSError, match=r"load_model\('en_nope'\).*pip install"):
        load_model("en_nope")


def test_tags_and_lemmas_agree_with_spacys_own_pipes(nlp):
    import spacy

    text = "Two ferries sank and the men who had left were found. That is what they have said. Do they know?"
    full = spacy.load(nlp.meta["lang"] + "_" + nlp.meta["name"])
    assert [(t.lemma_, t.pos_) for t in nlp(text)] == [(t.lemma_, t.pos_) for t in full(text)]


def test_numpy_multiplies_for_the_parser_on_one_thread_and_the_parse_stays_the_same(nlp, monkeypatch):
    import spacy
    from thinc.api import NumpyOps
    from threadpoolctl import ThreadpoolController

    text = "Two ferries sank off Leeds on Monday, police said, and the men who had left them were found. " * 20
    bare = spacy.load(nlp.meta["lang"] + "_" + nlp.meta["name"])
    told = [[(t.text, t.tag_, t.dep_, t.head.i) for t in one(text)] for one in (nlp, bare)]
    assert told[0] == told[1]
    blas, multiply, threads = ThreadpoolController(), NumpyOps.gemm, []

    def watched(ops, *args, **options):
        threads.extend(one["num_threads"] for one in blas.info() if one["user_api"] == "blas")
        assert not ops.use_blis
        return multiply(ops, *args, **options)

    monkeypatch.setattr(NumpyOps, "gemm", watched)
    nlp(text)
    assert set(threads) == {1}


def test_threads_that_parse_leave_numpy_its_threads(nlp):
    from concurrent.futures import ThreadPoolExecutor

    from threadpoolctl import ThreadpoolController

    blas = ThreadpoolController()
    with blas.limit(limits=2, user_api="blas"), ThreadPoolExecutor(4) as pool:
        list(pool.map(nlp, ["Two men left Leeds on Monday. " * 20] * 12))
        assert {one["num_threads"] for one in blas.info() if one["user_api"] == "blas"} == {2}


@given(text=st.text(max_size=300))
def test_a_page_keeps_its_characters(text):
    assert make_doc(load_model(), text, segments(text)).text == text


def test_no_sentence_reaches_over_the_end_of_a_segment(nlp):
    text = "Ferry sinks off Larne\n\nTwo men left the town on Monday and\n\nnobody saw them go\n\nShare this\n"
    page = segments(text)
    (doc,) = parse(nlp, [(text, page)])
    prose = [s for s in page if s.part in PROSE]
    assert len(prose) >= 3
    for sentence in doc.sents:
        start, end = sentence.start_char, sentence.start_char + len(sentence.text.rstrip())
        assert not any(start < s.start < end for s in prose), sentence.text


def test_a_part_of_a_page_has_a_text_of_its_own():
    text = "Ann Lee paid 5 pounds. The shop sold 700 bikes on Friday."
    (doc,) = parse(load_model(), [(text, segments(text))])
    part = list(doc.sents)[1].as_doc(copy_user_data=True)
    assert text_of(doc) == text and text_of(part) == part.text
