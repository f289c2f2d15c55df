"""Numbers that say nothing of how much or how many: dates, clock times, scores, telephone numbers, names.

Every test looks at a short window around one number, so that the cost does not grow with the text.
"""

from __future__ import annotations

import re
from functools import cache

from newslab import rules
from newslab.figures.figure_words import figure_words
from newslab.figures.numbers import Number

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_MONTH = rf"(?:(?:{_MONTHS})(?<!\bmay)(?<!\bmarch)(?<!\bmar)|(?-i:May|March|Mar|MAY|MARCH|MAR))\b\.?"
_MONTH_BEFORE = re.compile(
    rf"\b{_MONTH},?[ \u00a0](?:the[ ])?(?:\d{{1,2}}(?:st|nd|rd|th)?(?:[ ]?(?:[-–&]|and|to|or)[ ]?)?)?[ ]?$", re.I
)
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?(?:[-–/]\d{{1,2}})?,?[ \u00a0-](?:of[ ])?{_MONTH}", re.I)
_DAY_PAIR_AFTER = re.compile(rf"[ ]?(?:[-–]|and|to|or|&)[ ]?\d{{1,2}}[ ]{_MONTH}", re.I)
_TIME_AFTER = re.compile(
    r"(?:[ \u00a0]?(?:[ap]\.?[ ]?m\b\.?)|[ ]?o['’]clock|:\d\d|[ ]?(?:GMT|UTC|[CEMP][SD]?T|BST|IST)\b"
    r"|[ ](?:hours|hrs)[ ](?:GMT|local)|h\d\d\b)",
    re.I,
)
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|of|from|until|till|before|after|during|between|through|circa|for|early|late|mid|spring|summer|"
    r"autumn|fall|winter|year|fiscal|financial|the|and|to|or|born|class|a\.?d\.?|b\.?c\.?|anno|dated|ending|ended|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|"
    r"jul|aug|sept|sep|oct|nov|dec|\w+day|season|ca|c|quarter|half)\.?,?[ \u00a0(]"
    r"|['’]s[ ]|[-–(/,][ ]?|\b(?:mid|pre|post|early|late)-)$",
    re.I,
)
_AMOUNT_BEFORE = re.compile(
    r"\b(?:than|at least|nearly|almost|about|around|some|over|under|roughly|approximately|exactly|only|just|estimated"
    r"|to|another|total of|all)[ ]$",
    re.I,
)
# twenty-first, a 20-something, section 12(b), a 4x100m relay
_NAMED_AFTER = re.compile(
    r"-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|somethings?)\b|\([a-z]\)|[x×]\d", re.I
)
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|midnight|noon"
_CLOCK_AFTER = re.compile(
    rf"[ -](?:minutes? )?past[ ](?:{_HOURS})\b|[ ]o['’]?clock|[ ][ap]\.?m\b"
    r"|[ ](?:in the|this|that|every)[ ](?:morning|afternoon|evening)|[ ]at night",
    re.I,
)
_DOTTED_CLOCK = re.compile(r"0\d\.[0-5]\d")
# 21.48 as British papers print it: after a preposition of time, where nothing is traded or measured
_DOTTED_TIME = re.compile(r"(?:[01]\d|2[0-3])\.[0-5]\d")
_TIME_BEFORE = re.compile(r"(?:\bAt|(?<![a-z])(?:at|until|till|before|after|since))[ ]$")
_FROM_TIME = re.compile(r"\b[Ff]rom[ ]$")
_ON_DAY = re.compile(r"[ ]on[ ](?:\d|[A-Z][a-z]+(?:day|[ ]\d))|[ ](?:to|until|till)[ ](?:[01]\d|2[0-3])\.[0-5]\d(?!\d)")
_PRICED = re.compile(
    r"\b(?:open\w*|clos\w+|trad\w+|pric\w+|valu\w+|settl\w+|finish\w*|end\w*|sold|sell\w*|stood|stand\w*|quoted"
    r"|down|up|higher|lower|flat|rate|yield\w*|fell|rose|average\w*|set|held|put|remain\w*|steady)\b",
    re.I,
)
_MINUTES_TO_HOUR = re.compile(rf"[ ]minutes?[ ](?:to|past)[ ](?:{_HOURS})\b", re.I)
_MINUTES_TO = re.compile(rf"[ ]to[ ](?:{_HOURS})\b(?![ -][a-z]+s\b)", re.I)
_AT = re.compile(r"\b(?:at|about|until|till|by|around|after|before|since)[ ]$", re.I)
_CLOCK_BEFORE = re.compile(r"\b(?:half|quarter|\w+)[ -](?:past|to)[ ]$|\b(?:at|after|until|till|before)[ ]$", re.I)
_PAST = re.compile(
    r"\b(?:(?:half|quarter|five|ten|twenty|twenty-five|minutes)[ -]past|quarter to|minutes to"
    r"|(?:at|about|until|till|by|around|after|before) (?:five|ten|twenty|twenty-five) to)[ ]$",
    re.I,
)
_LEVEL_BEFORE = re.compile(
    r"\b(?:toll|numbers?|figures?|total|count|put|puts|stood|stands?|set|estimated|remain\w*|aged?)\b", re.I
)
_CLAUSE_END = re.compile(r"[ ]?(?:[.,;:!?)”\"]|$|\n|and\b|or\b|on\b)")
_SPORT = re.compile(
    r"\b(?:w[io]n|wins|winning|beat|beats|beating|beaten|los[et]s?|losing|defeat\w*|lead|leads|led|leading|trail\w*"
    r"|score\w*|scoring|draw\w*|drew|tie[ds]?|tying|victory|victories|loss|record|vote[ds]?|voting|ruling|ruled"
    r"|decision|set|sets|aggregate|match|final|goal|game)\b",
    re.I,
)
_STREET = re.compile(
    r"[ ](?:[A-Z][\w'’.]*[ ]){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Way|Square|Place"
    r"|Court|Terrace|Crescent|Parkway|Highway)\b"
)
_LIST_START = re.compile(r"(?:^|\n)[ \t]*[(\[]?$")
_LIST_END = re.compile(r"[.)\]](?:\s|$)|\](?!\w)")
_PHONE_AROUND = re.compile(
    r"\+\d[\d ().-]{6,}\d|\(?\b0?\d{2,4}\)?[ .-]\d{3,4}[ .-]\d{3,4}(?!\d)|\b\d{3}-\d{4}\b(?!-)"
    r"|\b0\d{2,4}[ ]\d{3,}[\d ]*"
)
_CODE = re.compile(r"(?:https?:|www\.|@|#|_|\.(?:com|org|net|gov|edu|co|uk|html?|pdf|jpe?g|png|mp[34])\b|\\)", re.I)
_CHUNK_START = re.compile(r"\S*$")
_CHUNK_END = re.compile(r"\S*")
_LABEL_BEFORE = re.compile(r"([^\W\d_][\w&.'’]*|#|№)[ \u00a0-]?$")
_LETTER = re.compile(r"[B-HJ-Z]")
_LETTER_HYPHEN = re.compile(r"(?<![^\W_])(sub|minus|over|under|post|pre|plus|mid|then|now|to|and|or|by|of)?[-–]$", re.I)
_IN_HER = re.compile(r"\b(?:in|his|her|their|its|my|the|early|mid|late)[ -]['’]?$", re.I)
_CENTURY_BEFORE = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d[-–/]$")
_ONE_OF = re.compile(r"\b(?:last|this|next|past|per|each|every|previous|following|the same|that|a|an|one)[ ]$", re.I)
_PLURAL_NOUN = re.compile(r"[ \u00a0](?:[^\W\d_]+[ ]){0,2}?(?:[a-z]{2,}[a-rt-z]s|people|men|women|children)\b")


@cache
def _labels() -> frozenset[str]:
    return frozenset(row["word"].lower() for row in rules.read("numbered_nouns"))


@cache
def _parts_of_texts() -> frozenset[str]:
    rows = rules.read("numbered_nouns")
    return frozenset(row["word"].lower() for row in rows if row["source"].endswith("part of a text"))


def is_part_of_word(text: str, number: Number) -> bool:
    """Whether letters stick to the number: `A380`, `COVID-19`, `3rd`, `5G`, `1990s`.

    Units (`5kW`) and signs (`EUR5`) are for the caller to look for first.
    """
    before = text[number.start - 1 : number.start]
    if before and (before.isalpha() or before == "_" or before in "#@"):
        return True
    if before == "." and text[number.start - 2 : number.start - 1].isalnum():
        return True
    if before in ("-", "–", "/") and before and text[number.start - 2 : number.start - 1].isalpha():
        window = text[max(0, number.start - 12) : number.start]
        joined = _LETTER_HYPHEN.search(window)
        if not (joined and joined[1]):
            return True
    if _NAMED_AFTER.match(text, number.end):
        return True
    after = text[number.end : number.end + 1]
    return bool(after) and (
        after.isalpha() or after in "_@" or (after in "'’" and text[number.end + 1 : number.end + 2] == "s")
    )


def is_date_or_time(text: str, number: Number) -> bool:
    """Whether a bare number is (part of) a date, a year or a clock time."""
    start, end = number.start, number.end
    value = number.value or 0
    before, after = text[max(0, start - 26) : start], text[end : end + 26]
    if (before[-1:] in (":", "h", "/") and before[-2:-1].isdigit()) or (
        after[:1] in (":", "/") and after[1:2].isdigit()
    ):
        return True  # 19:30, 24/12, 9/11, odds of 5/1
    if text[start] == "0" and _DOTTED_CLOCK.fullmatch(text, start, end):
        return True  # 06.38
    if _is_dotted_time(text, start, end) or (not text[start].isdigit() and _MINUTES_TO_HOUR.match(text, end)):
        return True
    if number.plain or value < 32:
        if _TIME_AFTER.match(after) and (value <= 24 or (number.plain and end - start == 4)):
            return True
        if text[start:end].count(".") == 1 and _TIME_AFTER.match(after) and ":" not in after[:1] and value < 25:
            return True
    if number.plain and 1 <= value <= 31 and end - start <= 2:
        if _MONTH_BEFORE.search(before) or _MONTH_AFTER.match(after) or _DAY_PAIR_AFTER.match(after):
            return True
        if re.search(r"\d[/.-]$|\d{1,2}[/.]\d{1,2}[/.]$", before) and re.search(r"\d{4}[-/.]|[-/.]\d+[-/.]$", before):
            return True
        return bool(re.match(r"[/.-]\d{1,2}[/.-]\d{2,4}", after))
    return False


def _is_dotted_time(text: str, start: int, end: int) -> bool:
    """Whether a number is a clock time with a full stop: `At 21.48 the gates`, `from 18.00 on 4 February`."""
    if not _DOTTED_TIME.fullmatch(text, start, end):
        return False
    if _FROM_TIME.search(text, max(0, start - 6), start):
        return bool(_ON_DAY.match(text, end))
    at = _TIME_BEFORE.search(text, max(0, start - 8), start)
    return bool(at) and not _PRICED.search(text[max(0, start - 48) : start].rpartition(". ")[2])


def is_clock_word(text: str, number: Number) -> bool:
    """Whether a number word is a clock time: `at seven`, `half past two`, `four in the afternoon`."""
    if number.value is None or not 1 <= number.value <= 30 or number.kind != "exact":
        return False
    if _CLOCK_AFTER.match(text, number.end):
        return True
    before = text[max(0, number.start - 48) : number.start]
    if number.value in (5, 10, 20, 25) and _AT.search(before) and _MINUTES_TO.match(text, number.end):
        return True  # at twenty to three
    if number.value > 12 or not _CLOCK_BEFORE.search(before[-32:]):
        return False
    if _PAST.search(before[-32:]):
        return True
    preposition = re.search(r"\b(?:at|after|until|till|before)[ ]$", before, re.I)
    return bool(preposition and _CLAUSE_END.match(text, number.end) and not _LEVEL_BEFORE.search(before))


def is_decade(text: str, number: Number) -> bool:
    """Whether an s right after the number makes it a decade: `the 1990s`, `in her 20s`."""
    if not number.plain or not re.match(r"['’]?s\b", text[number.end : number.end + 3]) or (number.value or 1) % 10:
        return False
    return number.end - number.start == 4 or bool(_IN_HER.search(text, max(0, number.start - 16), number.start))


def is_year(text: str, number: Number) -> bool:
    """Whether a bare number of four digits is a year, by the words around it."""
    if not number.plain or number.end - number.start != 4 or number.value is None:
        two = number.plain and number.end - number.start == 2  # 2014-15
        return two and bool(_CENTURY_BEFORE.search(text, max(0, number.start - 6), number.start))
    before, after = text[max(0, number.start - 20) : number.start], text[number.end : number.end + 30]
    if re.match(r"['’]?s\b", after):
        return True
    if re.search(rf"\b{_MONTH} \d{{1,2}},? $", before, re.I):
        return True
    if not 1000 <= number.value <= 2199:
        return False
    if number.value >= 1900:
        if _AMOUNT_BEFORE.search(before) and _PLURAL_NOUN.match(after) and not re.search(r"\bfrom\b", before):
            return False
        return not (_PLURAL_NOUN.match(after) and not _YEAR_BEFORE.search(before) and before.strip())
    return bool(_YEAR_BEFORE.search(before)) and not _PLURAL_NOUN.match(after) and not _AMOUNT_BEFORE.search(before)


def is_code(text: str, number: Number) -> bool:
    """Whether a bare number stands in a web address, a telephone number, a street or a list's margin."""
    start, end = number.start, number.end
    before, after = text[max(0, start - 24) : start], text[end : end + 40]
    chunk = _CHUNK_START.search(before).group() + _CHUNK_END.match(after).group()  # type: ignore[union-attr]
    if chunk and _CODE.search(chunk):
        return True
    if number.plain and (after[:1] in ("-", " ", ".", ")") or before[-1:] in ("-", "(", "+", " ", ".")):
        window = text[max(0, start - 18) : end + 18]
        at = start - max(0, start - 18)
        if any(m.start() <= at < m.end() for m in _PHONE_AROUND.finditer(window)):
            return True
    if number.plain and _STREET.match(after):
        return True
    if (
        end - start <= 3
        and number.plain
        and _LIST_START.search(text[max(0, start - 4) : start])
        and _LIST_END.match(after)
    ):
        return True
    return (before[-1:] == "[" and after[:1] == "]") or (before[-1:] == "(" and after[:1] == ")" and number.plain)


def is_score(text: str, first: Number, second: Number) -> bool:
    """Whether two numbers with a hyphen between them are a score, a vote or a pair of labels, not a range."""
    if first.value is None or second.value is None or not (first.plain and second.plain):
        return False
    before = text[max(0, first.start - 40) : first.start]
    after = text[second.end : second.end + 24]
    if first.value >= second.value and "to" not in text[first.end : second.start]:
        return True
    plural = _PLURAL_NOUN.match(after)
    if text[first.end : second.start].strip() == "to":
        return bool(_SPORT.search(before)) and not plural
    return not plural or bool(_SPORT.search(before) and not re.match(r"[ -](?:points|years|people|games)", after))


def is_label(text: str, number: Number) -> bool:
    """Whether the word before makes the number a label: `Section 8`, `Room 101`, `Group of 77`."""
    before = text[max(0, number.start - 20) : number.start]
    match = _LABEL_BEFORE.search(before)
    if not match:
        return bool(re.search(r"\b[Gg]roup of $", before))
    word = match[1].lower()
    if word in _labels() or word.rstrip(".") in _labels():
        if match[1] == "no":
            return False
        # `last week 30 people` numbers no week, `Week 30` does
        if match[1][0].isupper():
            return True
        plural = word not in _parts_of_texts() and _PLURAL_NOUN.match(text, number.end)
        period = word in figure_words("period") and _ONE_OF.search(before[: match.start()])
        return not (plural or period)
    if _LETTER.fullmatch(match[1]) and number.plain:
        return True  # S P 500, Plan B 2
    return bool(re.search(r"\b[Gg]roup of $", before))
