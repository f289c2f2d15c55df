"""What an article is about, as far as it tells who is who: an election, a trial, a match, a fire.

Who holds an office speaks for the government, and in a campaign for the party or for votes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from newslab.attribution.actors import weighed
from newslab.attribution.bodies import deeds_of
from newslab.tree import Tree

if TYPE_CHECKING:
    from newslab.attribution.cast import Profile

COURTS = {"court", "judge", "jury", "trial", "tribunal", "magistrates", "jailed", "sentenced", "barrister", "verdict"}
# football has campaigns, rivals, rallies and supporters, too
VOTES = {"ballot", "ballots", "candidate", "candidates", "caucus", "caucuses", "election", "primaries", "voters"}
RUNNING = VOTES | {"campaign", "campaigning", "nominee", "nomination", "front-runner", "frontrunner", "primary", "gop"}
FIRES = {"fire", "fires", "bushfire", "bushfires", "wildfire", "blaze", "firefighters", "prison", "inmates", "jail"}
POLICE = {"police", "policing", "detective", "detectives", "constable", "sheriff", "constabulary", "sheriff's"}
SEATED = {"MP", "MPP", "MEP", "MSP", "MLA", "MNA", "TD", "councillor", "Councillor", "lawmaker", "legislator"}
RULERS = ("president", "vice president", "prime minister", "chancellor")  # who speak as such in a campaign, too
PAST = {"retired", "former", "ex", "then"}  # offices and trades that yield to what somebody is now
SEEKS = (4, "party")  # what it tells that somebody campaigns for an office
MATCH = 5  # words of sport that an article on sport has
RACE = 80  # words of an article about a campaign, for each word of a campaign
ALIKE = 40  # mentions that tell of one
NEAR = 8  # words beside a name


class About(NamedTuple):
    """What an article is about, as far as it tells who is who."""

    votes: bool
    race: bool  # votes, and little else
    campaign: bool  # speaks of a campaign at least
    court: bool
    sport: bool
    fire: bool  # or a prison, and no police


def about(t: Tree) -> About:
    """What the words of an article tell that it is about."""
    counts = Counter(t.words)
    beside = sum(counts[word] for word in _campaign())
    votes = sum(counts[word] for word in VOTES) > 1
    race = votes and beside > 3 and beside * RACE > len(t)
    sport = sum(word in counts for word in deeds_of("sport")) >= MATCH
    campaign, court, police, fire = (not words.isdisjoint(counts) for words in (RUNNING, COURTS, POLICE, FIRES))
    return About(votes, race, campaign, court, sport, fire and not police)


def campaigns(t: Tree, profile: Profile) -> bool:
    """Whether somebody is named time and again beside words of an election campaign."""
    beside = 0
    for a, b in profile.spans[:ALIKE]:
        first = max(t.sentence[a], a - NEAR)
        beside += not _campaign().isdisjoint(t.words[first : b + NEAR])
    return beside > 1 and 3 * beside >= len(profile.spans[:ALIKE])


def in_office(trade: str | None, seen: Sequence[tuple[int, str]], roles: Sequence[Sequence[str]]) -> str | None:
    """The kind of somebody with a party and an office: "a Republican who chairs the committee", "Green Party MP".

    `roles` holds the words of each role, and of what else stands beside the name.
    """
    if SEEKS in seen:
        return "party"
    if trade != "party":
        return trade
    holds = (2, "government") in seen or any(weighed(role[:1], role=True) == (1, "government") for role in roles)
    return "government" if (holds and (3, "party") not in seen) or any(map(_seated, roles)) else trade


def _seated(role: Sequence[str]) -> bool:
    return any(word.rstrip("s.") in SEATED for word in role) and PAST.isdisjoint(word.casefold() for word in role)


def seeks_votes(t: Tree, profile: Profile, article: About, known: str | None) -> bool:
    """Whether somebody known for an office, who is named without it, speaks in a campaign."""
    ruling = any(role.casefold().startswith(RULERS) for _, role in profile.roles)
    runs = article.race or (article.votes and campaigns(t, profile)) or (known == "candidate" and article.campaign)
    return runs and not ruling


@cache
def _campaign() -> frozenset[str]:
    """Words of election campaigns: beside whom they stand time and again seeks votes."""
    return frozenset(deeds_of("word"))
