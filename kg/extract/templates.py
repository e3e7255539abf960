r"""From a template to a regular expression over marked text.

Signs: `{x}` one mention, `{x+}` a list, `{x&}` a list of two or more (or "the two agencies"),
`{x:text}` a short noun phrase, `{x:long}` a longer one, `[verb]` any tense of a verb, `[verb:by]`
its passive, `<a|b>` optional words, `(a|b)` one of these, `..` up to nine words, `...` up to
twenty, `~` up to twelve without a name, `,..,` an aside between commas, `*` anything up to the next
comma, `_` any word, `\(` and `\)` brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.errors import InputError, suggest
from kg.extract.marked import block
from kg.extract.signs import Signs

Kinds = Mapping[str, tuple[str, ...]]
Verbs = Mapping[str, tuple[str, ...]]

_SIGN = re.compile(
    r"\{(?P<slot>[a-z]+)(?P<mode>[+&]|:text|:long)?\}|\[(?P<verb>[a-z]+)(?P<by>:by)?\]"
    r"| <(?P<closing>[^<>]+)>(?=(?: <[^<>]+>)*,)|<(?P<maybe>[^<>]+)>"
    r"|(?P<aside>,\.\.,)|(?P<run>\*)|(?P<gap>\.\.\.?|~)"
)
_MARKS = '“”\\"'
_ASIDE = rf"(?:,\s[^,.;:{_MARKS}]{{3,90}},)?"
_RUN = rf"[^,.;:{_MARKS}]{{0,70}}?"
_WORD = rf"[^\s,.;:(){_MARKS}]+"
_BUILT_IN = {"date": ("Date",), "count": ("Number",)}
_PHRASE, _LONG = 11, 15
"""Words before the last of `{x:text}` and of `{x:long}`."""
_TELLING = 5
"""Letters of a word that does not stand in every sentence."""
_SHORT = 2
"""Letters of a word that tells nothing."""
_PLAIN_KINDS = {"Date", "Number", "Person"}
_MAYBE_SIGN = re.compile(r"<[^<>]+>|\{[^}]*\}")
_NESTED = re.compile(r"\((?:[^()]*\([^()]*\))+[^()]*\)")
_PLAIN = re.compile(r"\{[^}]*\}|\[[^\]]*\]|<[^>]*>|\([^)]*\)|\w+\?|\.\.")


@dataclass(frozen=True, slots=True)
class Template:
    """One way of saying it.

    Attributes:
        source: As written.
        regex: Compiled, over marked text.
        triggers: Words of which the text must have one, in lower case; empty when none is sure.
        needs: Sets of kinds; the text must have a mention of each set.
        words: Sets of words in lower case; the text must have one of each set.
    """

    source: str
    regex: re.Pattern[str]
    triggers: tuple[str, ...]
    needs: tuple[frozenset[str], ...]
    words: tuple[frozenset[str], ...]


def compile_template(
    source: str,
    slots: Kinds,
    verbs: Verbs,
    signs: Signs,
    *,
    ends: bool = False,
    after: Iterable[str] = (),
) -> Template:
    """Compile a template.

    Args:
        source: As written in the pattern file.
        slots: Slot → kinds of mention that fit.
        ends: Whether no further noun may follow the last name.
        after: Words after which the first name is not what the sentence speaks of: prepositions.
        verbs: Verb → its forms, in the order that its language names them.
        signs: What the signs stand for in the language.

    Raises:
        InputError: If a slot has no kinds, a verb is unknown, or it does not compile.
    """
    out: list[str] = []
    needs: list[frozenset[str]] = []
    here = 0
    for sign in _SIGN.finditer(source):
        out.append(_literal(source[here : sign.start()], signs))
        here = sign.end()
        if sign["slot"]:
            out.append(_slot(sign["slot"], sign["mode"] or "", slots, signs))
            if kinds := _fitting(sign["slot"], sign["mode"] or "", slots):
                needs.append(kinds)
        elif sign["verb"]:
            forms = _known(sign["verb"], verbs, signs)
            out.append(signs.verb(forms, "passive" if sign["by"] else "active"))
        elif sign["closing"]:
            out.append(rf"(?:\s(?:{_maybe(sign['closing'], slots, signs)}))?")
        elif sign["maybe"]:
            out.append(rf"(?:(?:{_maybe(sign['maybe'], slots, signs)})\s)?")
            here += source[here : here + 1] == " "
        elif sign["gap"]:
            out.append(signs.gaps[sign["gap"]])
            here += source[here : here + 1] == " "
        else:
            out.append(_ASIDE if sign["aside"] else _RUN)
    out.append(_literal(source[here:], signs) + (signs.name_end if ends else ""))
    try:
        lead = "".join(rf"(?<!\b{re.escape(word)}\s)" for word in _led(source, after))
        begins = "" if source.startswith(("{", "[")) else r"(?<!\w)"
        if lead:
            lead = f"(?:(?=[{block('Group')}])|{lead})"
        regex = re.compile(begins + lead + "".join(out))
    except re.error as error:
        raise InputError(f"'{source}' does not compile: {error}") from None
    return Template(
        source, regex, _triggers(source, verbs, signs), tuple(dict.fromkeys(needs)),
        _further(source, verbs),
    )  # fmt: skip


def _led(source: str, after: Iterable[str]) -> Iterable[str]:
    return after if re.match(r"\{(?:subject|object)[+&]?\}", source) else ()


def _triggers(source: str, verbs: Verbs, signs: Signs) -> tuple[str, ...]:
    """A word that is there for sure, else the words of which one is."""
    words = re.findall(r"[^\W\d_]{3,}", _PLAIN.sub(" ", _NESTED.sub(" ", source)))
    sure = max((w.casefold() for w in words if w not in signs.owners), key=len, default="")
    if len(sure) >= _TELLING:
        return (sure,)
    if choices := _choices(source, verbs):
        return tuple(sorted(max(choices, key=_rare)))
    return (sure,) if sure else ()


def _choices(source: str, verbs: Verbs) -> list[set[str]]:
    """Sets of words of which the text must have one each."""
    plain = _NESTED.sub(" ", _MAYBE_SIGN.sub(" ", source))
    choices: list[set[str]] = [
        {max(one.split(), key=len, default="").casefold() for one in group.split("|")}
        for group in re.findall(r"\(([^()]*)\)(?!\?)", plain)
    ]
    for name in re.findall(r"\[([a-z]+)(?::by)?\]", plain):
        choices.append({v.split()[0].casefold() for v in verbs[name]})
    return choices


def _further(source: str, verbs: Verbs) -> tuple[frozenset[str], ...]:
    """Choices of plain words alone, all of which the text must meet."""
    telling = sorted(
        (c for c in _choices(source, verbs) if all(w.isalpha() and len(w) > _SHORT for w in c)),
        key=_rare, reverse=True,
    )  # fmt: skip
    return tuple(dict.fromkeys(map(frozenset, telling)))


def _rare(words: Iterable[str]) -> tuple[int, int]:
    """Long words are rarer; of these, fewer are better."""
    lengths = [len(w) for w in words]
    return min(lengths), -len(lengths)


def _fitting(slot: str, mode: str, slots: Kinds) -> frozenset[str]:
    if mode in {":text", ":long"} or slot == "measure":
        return frozenset()
    kinds = slots.get(slot) or _BUILT_IN[slot]
    plain = set(kinds) <= _PLAIN_KINDS
    many = {"Group"} if mode else set()
    return frozenset(kinds) | many | (set() if plain else {"Unknown"})


def _known(name: str, verbs: Verbs, signs: Signs) -> tuple[str, ...]:
    if len(verbs.get(name, ())) != len(signs.forms):
        fix = suggest(name, verbs) or f"give {', '.join(signs.forms)} under [verbs]"
        raise InputError(f"unknown verb '{name}'", fix=fix)
    return verbs[name]


def _literal(text: str, signs: Signs) -> str:
    r"""Plain words, `(a|b)`, `x?`, `_`, `\(`; the first letter of a word may be a capital."""
    parts = re.split(r"(\\[()])", text)
    return "".join(p if p[:1] == "\\" else _plain(p, signs) for p in parts)


def _plain(text: str, signs: Signs) -> str:
    escaped = re.sub(r"[.\[\]{}^$+*\\]", lambda m: "\\" + m[0], text)
    escaped = re.sub(r"(?<!\w)_(?!\w)", r"[\\w-]+", escaped.replace("(", "(?:"))
    escaped = re.sub(r"(?<![\w?\\[])([a-z])(?=[a-z])", lambda m: f"[{m[1]}{m[1].upper()}]", escaped)
    if re.search(r"\w\)?$", text):
        escaped += r"\b"
    for word in signs.owners:
        either = rf"\[{word[0]}{word[0].upper()}\]{word[1:]}(?:\\b)?"
        escaped = re.sub(either, lambda m: f"(?:{m[0]}|[{block('Group')}])", escaped)
    escaped = re.sub(r"(\(\?:[^()]*\))\? ", r"(?:\1 )?", escaped)
    return escaped.replace(" ", r"\s")


def _maybe(text: str, slots: Kinds, signs: Signs) -> str:
    parts = []
    for part in text.split("|"):
        sign = re.match(r"\{([a-z]+)\}", part)
        slot = _slot(sign[1], "", slots, signs) if sign else ""
        parts.append(slot + _literal(part[sign.end() if sign else 0 :], signs))
    return "|".join(parts)


def _slot(name: str, mode: str, slots: Kinds, signs: Signs) -> str:
    if mode in {":text", ":long"}:
        actors = block("Agency") + block("State") + block("Person")
        if name == "topic":
            actors += block("Activity") + block("Object") + block("Agreement") + block("Date")
        end = signs.text_end if mode == ":text" else signs.long_end
        start = rf"(?![{actors}]|(?:{signs.no_start})\s)"
        most = _PHRASE if mode == ":text" else _LONG
        return rf"(?P<{name}__text>{start}(?:{_WORD}\s){{0,{most}}}?{_WORD}){end}"
    if name == "measure":
        return f"(?P<measure__text>(?i:{signs.measures}))"
    if name not in slots and name not in _BUILT_IN:
        raise InputError(f"slot '{name}' has no kinds", fix=f"add {name} = [...] under kinds")
    kinds = slots.get(name) or _BUILT_IN[name]
    plain = set(kinds) <= _PLAIN_KINDS
    ranges = "".join(block(k) for k in kinds) + ("" if plain else block("Unknown"))
    one, group = f"[{ranges}]", f"[{ranges}{block('Group')}]"
    if mode == "+":
        if name != "subject":
            return f"(?P<{name}>{group}(?:{signs.joint}{one})*)"
        return f"(?P<{name}>{group}(?:(?:{signs.comma}{one})*{signs.last}{one})*)"
    if mode == "&":
        return f"(?P<{name}>[{block('Group')}]|{one}(?:(?:{signs.comma}{one})*{signs.last}{one})+)"
    return f"(?P<{name}>{one})"
