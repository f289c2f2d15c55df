"""What kind of actor speaks, where the article tells it and not the words of the source."""

from __future__ import annotations

import pytest

from tests.made_statements import found_in


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Amber Foods sued the Bar Council in May. Its director, Ann Lee, said it would win.", "business"),
        ("The Bar Council sued Amber Foods Ltd in May. Its president, Ann Lee, said it would win.", "NGO"),
        ("The Bar Council met. Its director, Dr Ann Lee, said the courts were full.", "NGO"),
        ("Rep. Ann Lee, a Republican from Leeds, said the bridge was safe.", "government"),
        ("The president, Ann Lee, spoke. Lee, campaigning in Leeds, said taxes would fall.", "party"),
        ("The Ridge Brigades, an armed faction from the hills, said the town was theirs.", "armed group"),
        ("Fighters of the Alay Alliance took the town. The Alay Alliance said it would stay.", "armed group"),
        ("OVIM, which represents manufacturers, said prices would rise.", "business"),
        ("Vexiline, which runs a helpline for farmers, said calls had doubled.", "NGO"),
        ("Ann Lee, who represents 12 plaintiffs, said the trial would be long.", "court"),
        ("Ann Lee, who follows the banks at the Institute of Polar Studies, said rates would fall.", "expert"),
        ("Ann Lee told the house that ferries were late. The trade minister said it was not her fault.", "government"),
        ("Ann Lee, whose son fell ill, met the Bar Council. Lee said the ward was full.", "citizen"),
    ],
)
def test_the_body_that_the_text_speaks_of(text, kind):
    assert found_in(text)[-1].actor_type == kind
