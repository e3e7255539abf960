"""Which pattern matched which characters of a release, and what the gate made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kg.extract import gate, pipeline
from kg.extract.spans import Candidate, Release
from kg.ingest import learning, manifest, own, reading, run
from kg.ingest.describing import Register, describe
from kg.ingest.ledger import Ledger
from kg.store import View


def explain(
    view: View,
    workspace: Path,
    paths: Sequence[Path],
    given: Mapping[str, str],
    encoding: str,
    decided: Ledger,
) -> str:
    """Return a report on some releases; nothing is kept.

    Args:
        view: The graph.
        workspace: The workspace, for the user's own patterns.
        paths: Files, folders or manifests.
        given: What holds for all files.
        encoding: Encoding of the files, where they do not say.
        decided: The decisions.

    Raises:
        KGError: If a file cannot be read.
    """
    lines: list[str] = []
    register = Register.of(view, workspace)
    for item in manifest.items(paths, given):
        language = item.said.get("language", "") or "en"
        got = reading.read(item.path, encoding, language)
        names = pipeline.gazetteer(run.names(view, language, decided), language)
        chosen = own.patterns_of(language, own.files(workspace, language))
        known = learning.of(language, workspace, decided)
        document = describe(view, item, got, names, register)
        release = Release(
            document["id"], got.text, document.get("publisher", ""), document["tier"],
            document.get("issued", ""), language,
        )  # fmt: skip
        head = (
            f"{document['id']}: {len(got.text)} characters by {got.extractor}, tier {release.tier}"
        )
        lines += [head, f"issued {release.issued or 'not stated'}", ""]
        for one in pipeline.extract(release, names, chosen):
            lines += [*_shown(learning.weighed(one, known)), ""]
    return "\n".join(lines) + "\n"


def _shown(one: Candidate) -> Iterator[str]:
    sure = one.confidence >= gate.THRESHOLD and not one.reasons
    where = "graph" if sure else "review"
    yield f"{where:6} {one.subject.name} | {one.relation} | {one.object.name}"
    said = ", ".join(f"{k} {v}" for k, v in sorted(one.qualifiers.items()) if v)
    yield f"       {said}; pattern {one.pattern}, confidence {one.confidence:.2f}"
    for evidence in one.evidence:
        yield f"       #char={evidence.start},{evidence.end} “{evidence.quote}”"
    for reason in one.reasons:
        yield f"       because {reason}"
