"""What a saved page says of itself for machines: linked data, microdata, meta tags.

Each fact is asked of schema.org's linked data (JSON-LD) first, then of its microdata, then of the meta tags of
OpenGraph, Dublin Core and the common publishing systems, since they are exact in this order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from newslab.dates import read_date
from newslab.webpage.writers import writers

ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|Story|Gallery)\Z")
_BAR = re.compile(r"\s{0,3}[|·»«–—]\s{0,3}|\s-\s|:\s\Z")  # parts a headline from the names of section and outlet
MANY = 20  # values of one fact that are looked at; a list of articles has hundreds
LONG = 500  # characters of a headline
MAX_NODES = 20_000  # of linked data; what is beyond is not looked at
# keys that lead to other articles
ELSEWHERE = frozenset(
    ("liveBlogUpdate", "itemListElement", "hasPart", "mentions", "isPartOf", "comment", "relatedLink", "citation",
     "isBasedOn", "review")
)  # fmt: skip
META = {
    "headline": "og:title twitter:title dc.title dcterms.title sailthru.title parsely-title headline title",
    "description": "og:description description twitter:description dc.description dcterms.description",
    "authors": "author article:author parsely-author sailthru.author dc.creator dcterms.creator byl authors "
               "article:author_name cxenseparse:author",
    "published": "article:published_time og:article:published_time parsely-pub-date sailthru.date datepublished "
                 "pubdate publishdate publish-date publication_date dc.date.issued dcterms.issued dcterms.created "
                 "dc.date dcterms.date article.published date cxenseparse:recs:publishtime og:pubdate displaydate",
    "modified": "article:modified_time og:updated_time og:article:modified_time datemodified dcterms.modified "
                "dc.date.modified last-modified lastmod article.updated updated_time",
    "section": "article:section parsely-section section articlesection cxenseparse:recs:category",
    "outlet": "og:site_name dc.publisher dcterms.publisher publisher application-name apple-mobile-web-app-title",
    "url": "og:url parsely-link twitter:url dc.identifier",
    "copyright": "dcterms.rights dc.rights rights copyright",
    "subjects": "article:tag news_keywords",
    "language": "og:locale content-language dc.language",
}  # fmt: skip
MICRODATA = {
    "headline": "headline",
    "authors": "author creator",
    "published": "datepublished datecreated",
    "modified": "datemodified",
    "section": "articlesection",
    "outlet": "publisher sourceorganization",
    "copyright": "copyrightnotice",
}
_PICTURE = re.compile(r"(?:Image|Video|Audio|Media)Object\Z")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(\S{4,2000}?)\s*-->")


@dataclass(slots=True)
class Facts:
    """What the data of a page say, as written; empty where they say nothing."""

    headlines: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    agency: str | None = None
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    copyright: str | None = None
    subjects: tuple[str, ...] = ()
    body: str | None = None  # linked data may carry the article's text
    pictures: dict[str, tuple[str, str]] = field(default_factory=dict)  # file name of an image -> caption, credit


def _text(value: Any) -> str:
    """A value of linked data as text: a string, a list's first, a node's name."""
    for _ in range(4):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, dict):
            value = value.get("name") or value.get("@value") or value.get("@id") or ""
        else:
            break
    return " ".join(unescape(str(value)).split()) if isinstance(value, str | int | float) else ""


def _nodes(root: Any) -> Iterator[tuple[dict[str, Any], bool]]:
    """The nodes of linked data, each with whether it lies in a list of other articles."""
    loaded: list[Any] = []
    for script in root.iterfind(".//script[@type]"):
        if "ld+json" in script.get("type").lower() and script.text:
            raw = script.text.strip().removeprefix("<!--").removesuffix("-->").strip()
            raw = raw.removeprefix("//<![CDATA[").removesuffix("//]]>").strip().rstrip(";")
            try:
                loaded.append(json.loads(raw, strict=False))
            except (ValueError, RecursionError):
                continue  # data that no program can read say nothing
    queue: list[tuple[Any, bool]] = [(value, False) for value in loaded]
    for seen, (value, elsewhere) in enumerate(queue):
        if isinstance(value, list):
            queue += [(part, elsewhere) for part in value[:MAX_NODES]]
        elif isinstance(value, dict):
            yield value, elsewhere
            queue += [(v, elsewhere or key in ELSEWHERE) for key, v in value.items() if isinstance(v, list | dict)]
        if seen > MAX_NODES:
            return


def _types(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [str(kind).rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind]


def _linked(root: Any) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """The node of the article, all nodes, and those that have an id."""
    nodes = list(_nodes(root))
    by_id: dict[str, dict[str, Any]] = {}
    for node, _ in nodes:
        key = node.get("@id")
        if isinstance(key, str) and len(node) > 1:
            by_id.setdefault(key, node)
    articles = [node for node, elsewhere in nodes if not elsewhere and any(map(ARTICLE.search, _types(node)))]
    best = max(
        articles, key=lambda node: sum(key in node for key in ("headline", "datePublished", "author")), default={}
    )
    return best, [node for node, _ in nodes], by_id


def _metas(root: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("http-equiv")
        value = " ".join((meta.get("content") or "").split())
        if name and value:
            found.setdefault(name.strip().lower(), []).append(value)
    return found


def _microdata(root: Any) -> dict[str, list[str]]:
    """Properties of schema.org in the page's markup (itemprop, RDFa's property), as written."""
    from lxml.etree import iterwalk

    found: dict[str, list[str]] = {}
    walk = iterwalk(root, events=("start",))
    for _, element in walk:
        if not isinstance(element.tag, str):
            continue
        if "comment" in f"{element.get('itemprop')} {element.get('class')} {element.get('id')}" and len(element):
            walk.skip_subtree()  # readers, too, are authors to the markup
            continue
        if element.tag == "figure" or _PICTURE.search(element.get("itemtype") or ""):
            walk.skip_subtree()  # and photographers
            continue
        names = element.get("itemprop") or (element.get("property") if element.tag != "meta" else None)
        if not names:
            continue
        value = (
            element.get("content") or element.get("datetime") or (element.get("title") if element.tag == "abbr" else "")
        )
        if not value:
            inner = next((e for e in islice(element.iter(), 50) if e.get("itemprop") == "name"), element)
            gap = " " if names in ("author", "creator") else ""  # between a name and an address in two lines
            value = inner.get("content") or gap.join(islice(inner.itertext(), 200))
        value = " ".join(value[:2000].split())
        for name in names.split():
            if value:
                found.setdefault(name.rpartition(":")[2].lower(), []).append(value)
    return found


def _authors(article: Mapping[str, Any], by_id: Mapping[str, Any], micro: Mapping[str, list[str]],
             metas: Mapping[str, list[str]], outlet: str | None) -> tuple[list[str], str | None]:  # fmt: skip
    """Names of the writers, and the agency among those that the data name."""
    from newslab.layout.credits import is_agency

    given = article.get("author") or article.get("creator") or []
    people: list[str] = []
    agency = None
    for node in (given if isinstance(given, list) else [given])[:50]:
        if isinstance(node, dict):
            node = by_id.get(str(node.get("@id")), node)
            name = _text(node.get("name"))
            if any("Organization" in kind for kind in _types(node)):
                agency = name if is_agency(name) else agency
                continue
        else:
            name = _text(node)
        people.append(name)
    places = [people, [v for key in MICRODATA["authors"].split() for v in micro.get(key, [])]]
    places += [metas[key] for key in META["authors"].split() if key in metas]
    for names in places:
        agency = agency or next((name for name in names if is_agency(name)), None)
        found = [name for written in names for name in writers(written)]
        found = [name for name in found if name.casefold() != (outlet or "").casefold()]
        if found:
            return list(dict.fromkeys(found)), agency
    return [], agency


def _pictures(nodes: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    """Captions and credits that linked data give, by the file name of the image."""
    found: dict[str, tuple[str, str]] = {}
    for node in nodes:
        if "ImageObject" in _types(node):
            address = _text(node.get("contentUrl") or node.get("url"))
            credit = _text(
                node.get("creditText") or node.get("copyrightHolder") or node.get("creator") or node.get("author")
            )
            caption = _text(node.get("caption"))
            if address and (caption or credit):
                found.setdefault(file_name(address), (caption, credit))
    return found


def file_name(address: str) -> str:
    """The last part of an image's address, by which two addresses of one image are known.

    >>> file_name("https://img.example/a/ferry.jpg?w=300")
    'ferry.jpg'
    """
    return address.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]


def is_address(value: str | None) -> bool:
    """Whether a text is a web address of a page, not of a site's front page or a file on a disk."""
    parts = urlsplit(value) if value and len(value) < 2000 and " " not in value else None
    return bool(parts and parts.scheme in ("http", "https") and parts.netloc)


def _named(titles: list[str], headlines: list[str]) -> str | None:
    """The outlet that a title begins or ends with: `Ferry sinks | The Dubna Post`; what it has beside the headline."""
    for title in titles:
        for headline in headlines:
            if not 10 < len(headline) < len(title) or headline not in title:
                continue
            before, _, after = title.partition(headline)
            # the outermost: a section may stand between; "Ferry sinks: live updates" names none
            behind = _BAR.split(after)[-1] if _BAR.match(after) else ""
            rest = (behind or (_BAR.split(before)[0] if _BAR.search(before) else "")).strip(" |-–—:·»«")
            if rest and len(rest.split()) <= 5 and (not rest[0].islower() or "." in rest):
                return rest
        head, cut, tail = next((p for c in (" | ", " - ", " – ", " — ") if (p := title.rpartition(c))[1]), ("", "", ""))
        words = tail.split()
        if cut and 1 <= len(words) <= 5 and len(head.split()) > len(words) and all(w[0].isupper() for w in words[-1:]):
            return tail
    return None


def _crumb(root: Any, nodes: list[dict[str, Any]]) -> str | None:
    """The section that a trail of links to the page begins with, its front page left out."""
    crumbs: list[tuple[str, str]] = []
    for node in nodes:
        if "BreadcrumbList" in _types(node) and isinstance(items := node.get("itemListElement"), list) and not crumbs:
            for entry in items[:MANY]:
                item = entry.get("item") if isinstance(entry, dict) else None
                address = (item.get("@id") or item.get("url")) if isinstance(item, dict) else item
                if isinstance(entry, dict):
                    crumbs.append((_text(entry.get("name") or item), str(address or "")))
            crumbs = crumbs[:-1]  # the page itself
    if not crumbs:
        trail = next((e for e in root.iter("nav", "ol", "ul", "div", "p") if _is_trail(e)), None)
        links = islice(trail.iter("a"), MANY) if trail is not None else ()
        crumbs = [(" ".join("".join(islice(a.itertext(), 20)).split()), a.get("href") or "") for a in links]
    found = (name for name, address in crumbs if name and urlsplit_path(address).strip("/#") and len(name) <= 60)
    return next(found, None)


def _is_trail(element: Any) -> bool:
    names = f"{element.get('class')} {element.get('id')} {element.get('aria-label')}".lower()
    return "breadcrumb" in names or "fil d'ariane" in names


def urlsplit_path(address: str) -> str:
    """The path of an address, `/` where it has none or is none."""
    try:
        return urlsplit(address).path or "/"
    except ValueError:
        return "/"


def read_facts(root: Any, html: str) -> Facts:
    """What a page's data say."""
    article, nodes, by_id = _linked(root)
    metas, micro = _metas(root), _microdata(root)

    def told(name: str, *keys: str) -> list[str]:
        values = [_text(article[key]) for key in keys if article.get(key)]
        values += [value for key in MICRODATA.get(name, "").split() for value in micro.get(key, [])]
        return [v for v in values + [v for key in META[name].split() for v in metas.get(key, [])] if v]

    def date(name: str, *keys: str) -> str | None:
        return next((v for v in told(name, *keys) if read_date(v)[0]), None) or next(iter(told(name, *keys)), None)

    section = next(iter(told("section", "articleSection")), None) or _crumb(root, nodes)
    publisher = article.get("publisher")
    publisher = by_id.get(str(publisher.get("@id")), publisher) if isinstance(publisher, dict) else publisher
    titles = [" ".join(t.text_content().split()) for t in root.iterfind(".//title")][:1]
    outlet = next((v for v in [_text(publisher), *told("outlet")] if v and not is_address(v)), None)
    shown = [" ".join(h.text_content().split()) for h in islice(root.iter("h1"), 5)]
    outlet = outlet or _named(titles, [*told("headline", "headline")[:MANY], *shown])
    people, agency = _authors(article, by_id, micro, metas, outlet)
    canonical = [link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    saved = _SAVED_FROM.search(html[:5000])
    addresses = [*canonical, *told("url"), _text(article.get("mainEntityOfPage")), _text(article.get("url"))]
    addresses += [saved[1]] if saved else []
    subjects = article.get("keywords") or metas.get("article:tag") or metas.get("news_keywords") or []
    words = [w for v in (subjects if isinstance(subjects, list) else [subjects]) for w in _text(v).split(",")]
    language = root.get("lang") or next(iter(told("language", "inLanguage")), "")
    body = article.get("articleBody")
    return Facts(
        headlines=[t for t in [*told("headline", "headline", "name")[:MANY], *titles] if len(t) <= LONG],
        descriptions=[
            text
            for text in [*told("description", "description", "alternativeHeadline"), *micro.get("description", [])][
                :MANY
            ]
            if len(text) <= 3 * LONG
        ],
        authors=tuple(people[:MANY]),
        agency=agency,
        published=date("published", "datePublished", "dateCreated"),
        modified=date("modified", "dateModified"),
        section=section,
        outlet=outlet,
        url=next((a for a in addresses if is_address(a)), None),
        language=language[:2].lower() if re.match(r"[A-Za-z]{2}(?:[-_]|\Z)", language) else None,
        copyright=next(iter(told("copyright", "copyrightNotice")), None),
        subjects=tuple(dict.fromkeys(w.strip() for w in words if w.strip())),
        body=body if isinstance(body, str) else None,
        pictures=_pictures(nodes),
    )
