from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newslab.layout.quotes import quoted_spans


def quoted(text):
    return [text[start:end] for start, end in quoted_spans(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("‘The workers’ pay is fine,’ she said. ‘It isn’t.’", ["‘The workers’ pay is fine,’", "‘It isn’t.’"]),
        ("He called it ‘a ship of fools’ and left.", ["‘a ship of fools’"]),
        ("The town’s ferries, the drivers’ and the boys’ own, left.", []),
        ("‘He said “no” twice,’ she said.", ["‘He said “no” twice,’"]),
        ("She said: “The ‘plan’ was his.” “I left,” he said.", ["“The ‘plan’ was his.”", "“I left,”"]),
        ("‘One thing.\n\n‘And another,’ she said.", ["‘One thing.", "‘And another,’"]),
        ("In the ’90s ’em and rock ’n’ roll ruled.", []),
        ("‘We left,’ he said, and a sign read “Shut”. ‘Late,’ he said.", ["‘We left,’", "“Shut”", "‘Late,’"]),
    ],
)
def test_single_curly_marks_are_quotations_where_a_text_quotes_with_them(text, found):
    assert quoted(text) == found


@given(st.text(alphabet="ab’‘“” .,s\n", max_size=80))
@example("‘" * 40)
@example("‘a’" * 20)
def test_quotations_are_in_order_and_do_not_overlap(text):
    spans = quoted_spans(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))


def test_a_text_of_apostrophes_and_marks_takes_linear_time():
    quoted_spans("‘a " * 200_000)
    quoted_spans("’ " * 200_000)
    quoted_spans("‘a’ b’ " * 100_000)
