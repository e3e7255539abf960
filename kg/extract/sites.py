"""Launch sites called by their first word: "lifted off from Baikonur", "Baikonur launch site"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.extract.gazetteer import Gazetteer, Name
from kg.extract.layout import Sentence
from kg.extract.spans import Mention
from kg.extract.words import Words


def find(text: str, part: Sentence, names: Gazetteer, words: Words) -> Iterator[Mention]:
    """Yield the launch sites that only one name of the graph can mean.

    Args:
        text: The release.
        part: A sentence of it.
        names: Names of the graph.
        words: Words of its language.
    """
    known = _first_words(names, words)
    launched = words.form("launched_from").finditer(text, part.start, part.end)
    called = words.form("site_called").finditer(text, part.start, part.end)
    for match in (*called, *launched):
        if site := known.get(match["site"]):
            start, end = match.start("site"), match.end("whole")
            surface = match["site"]
            yield Mention(start, end, site.kind, site.label, site.slug, "alias", surface=surface)


@lru_cache(maxsize=4)
def _first_words(names: Gazetteer, words: Words) -> Mapping[str, Name]:
    found: dict[str, dict[str, Name]] = defaultdict(dict)
    for text, bearers in names.by_text.items():
        site = words.form("launch_site").fullmatch(text)
        if site and site[1] not in names.by_text:
            found[site[1]].update({name.slug: name for name in bearers})
    return {word: next(iter(one.values())) for word, one in found.items() if len(one) == 1}
