"""Traps that somebody stepped into already, and the test that keeps each of them shut.

The left side is the trap as the design notes name it. A row without a test elsewhere has one
below. `test_every_named_test_is_there` fails when one is renamed or dropped.
"""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import resources, validate
from kg.namespaces import prefixes
from kg.questions import load_all

TESTS = Path(__file__).resolve().parent
NOTES = TESTS.parent.parent / "shared" / "design" / "traps.md"
HERE = "test_traps.py"

TRAPS = {
    "union default graph, FROM lists": [
        "test_store.py::test_a_triple_in_two_documents_counts_once",
        "test_store.py::test_a_self_join_over_two_documents_counts_once",
        "test_store.py::test_the_union_switch_counts_twice_which_is_why_it_is_not_used",
        "test_store.py::test_the_full_store_has_each_triple_once",
    ],
    "FROM through oxrdflib": [
        "test_rdflib.py::test_from_is_refused_since_it_would_be_ignored_in_silence",
        "test_sparql.py::test_from_becomes_a_view",
        "test_sparql.py::test_an_unknown_graph_is_an_error_not_an_empty_answer",
    ],
    "GRAPH ?g in a View without named graphs": [
        "test_restrict.py::test_named_graphs_are_carried",
        "test_query_files.py::test_named_queries_never_use_graph_from_or_service",
    ],
    "one claim node shared by two documents": [
        "test_evidence.py::test_one_claim_belongs_to_one_document",
        "test_claims.py::test_one_claim_a_document_and_one_fact",
    ],
    "2025-10-29T15:58Z": [f"{HERE}::test_every_date_and_time_is_in_its_canonical_form"],
    "date <= dateTime, gYear comparisons": [
        f"{HERE}::test_queries_compare_only_dates",
        f"{HERE}::test_the_store_has_no_partial_dates",
    ],
    "ORDER BY on mixed types": ["test_questions.py::test_the_order_of_rows_is_fixed"],
    "BIND inside OPTIONAL": [
        f"{HERE}::test_no_bind_inside_optional",
        "test_questions.py::test_q13_partners_since_some_day_of_the_1980s",
    ],
    "Literal(a) and xsd:string": [
        "test_rdflib.py::test_a_string_equals_a_plain_literal",
        "test_rdflib.py::test_a_string_of_a_query_equals_a_plain_literal",
    ],
    "Oxigraph normalises 01, 1.50, +00:00": [
        "export/test_export_rdf.py::test_quads_come_back",
        "export/test_export_properties.py::test_any_store_comes_back",
        f"{HERE}::test_numbers_are_written_in_one_way",
    ],
    "parameters by initBindings": [
        "test_query_files.py::test_every_parameter_is_bound_and_helped",
        "test_questions.py::test_both_engines_give_the_same_rows",
    ],
    "SHACL without the ontology in the data": [
        f"{HERE}::test_shapes_without_the_ontology_would_cry_wolf",
        "test_validate.py::test_what_is_right_has_no_problem",
    ],
    "sh:minCont and other misspelt terms": [
        "test_shapes.py::test_only_known_shacl_terms",
        "test_shapes.py::test_misspelt_shacl_term_would_be_found",
    ],
    "SHACL report to file and line": [
        "test_validate.py::test_a_violation_leads_to_its_statement",
    ],
    "endless query": [
        "test_sparql_refused.py::test_an_endless_query_is_killed_in_time_and_we_live_on",
        "test_sparql_refused.py::test_a_query_that_eats_memory_is_stopped",
        "test_sparql_refused.py::test_too_many_rows",
        "test_sparql_refused.py::test_a_result_that_is_too_large",
    ],
    "SERVICE": [
        "test_sparql_refused.py::test_service_is_refused_wherever_it_hides",
        "test_sparql_refused.py::test_the_words_inside_strings_iris_comments_and_names_are_harmless",
        "test_rdflib.py::test_service_is_refused",
    ],
    "YAML safe_load": [
        "loaders/test_loader_yaml.py::test_values_stay_the_text_they_are",
        "loaders/test_loader_yaml.py::test_nested_values_know_their_place",
        "loaders/test_loader_yaml.py::test_a_billion_laughs_are_not_laughed",
    ],
    "EDTF library": [
        "test_period.py::test_days_of_the_specification",
        "test_period.py::test_intervals_of_the_specification",
        "test_period.py::test_refusals_say_what_is_wrong",
    ],
    "JSON-LD": [
        "export/test_export_rdf.py::test_json_ld_is_compact_and_carries_its_context",
        "export/test_export_rdf.py::test_pyld_expands_the_json_ld_to_the_same_graph",
        "loaders/test_loader_rdf.py::test_a_remote_context_is_refused_without_a_connection",
    ],
    "pyvis": [
        "view/test_view_page.py::test_importing_the_view_does_not_import_pyvis",
        "view/test_view_page.py::test_no_remote_asset",
        "view/test_view_page.py::test_hostile_text_stays_text",
        "cli/test_cli_writing.py::test_nothing_is_written_outside_the_workspace",
    ],
    "bidi control characters": ["view/test_view_page.py::test_clean_and_web_address"],
    "GEXF, GraphML of networkx": [
        "export/test_export_graphs.py::test_attributes_are_made_plain",
        "export/test_export_graphs.py::test_no_clock_and_whose_data",
    ],
    "Louvain with a seed": [
        f"{HERE}::test_communities_do_not_hang_on_the_hash_seed",
        "test_projection.py::test_order_of_statements_does_not_matter",
    ],
    "projection without a level": [
        "test_projection.py::test_state_and_its_agency_are_no_partners",
    ],
    "len(dataset) in oxrdflib": ["test_rdflib.py::test_the_length_is_that_of_the_graph"],
    "a rename over a RocksDB folder": [
        "test_build.py::test_killed_builds_never_disturb_readers",
        "test_build.py::test_the_new_build_is_current_and_the_previous_one_stays",
    ],
    "killed bulk_load": [
        "test_build.py::test_killed_builds_never_disturb_readers",
        "test_build.py::test_a_half_written_build_of_a_killed_process_is_swept",
    ],
    "a test that globs": [
        f"{HERE}::test_tests_that_glob_count_what_they_found",
        "test_shapes.py::test_there_are_cases",
    ],
    # found while these tests were written
    "a name with two full stops": [f"{HERE}::test_the_engine_takes_one_full_stop_in_a_name"],
    "files of a swept build are opened late": [
        "test_store.py::test_a_view_opened_before_two_builds_answers_or_says_so",
    ],
}
OUR_OWN = 2


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}


@pytest.mark.parametrize("trap", TRAPS)
def test_every_named_test_is_there(trap):
    assert TRAPS[trap]
    for name in TRAPS[trap]:
        file, _, function = name.partition("::")
        assert function in functions(TESTS / file), name


def test_every_trap_of_the_notes_has_a_row():
    assert len(TRAPS) == 28 + OUR_OWN
    if not NOTES.is_file():
        pytest.skip("skipped: the count of the design notes; they are not at hand")
    rows = re.findall(r"^\| (?!trap|---)", NOTES.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) <= len(TRAPS) - OUR_OWN, "a new trap: add a row and a test"


# --- tests that are nowhere else ---------------------------------------------------------------


XSD = "http://www.w3.org/2001/XMLSchema#"


def literals(view):
    return {q.object for q in view.store if isinstance(q.object, ox.Literal)}


def of_type(view, *names):
    wanted = {XSD + n for n in names}
    return [t.value for t in literals(view) if t.datatype.value in wanted]


def test_every_date_and_time_is_in_its_canonical_form(full_view):
    times, days = of_type(full_view, "dateTime"), of_type(full_view, "date")
    assert len(times) > 5
    assert len(days) > 100
    assert [t for t in times if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", t)] == []
    assert [d for d in days if not re.fullmatch(r"\d{4}-\d\d-\d\d", d)] == []


def test_the_store_has_no_partial_dates(full_view):
    assert of_type(full_view, "gYear", "gYearMonth", "gMonthDay", "time", "duration") == []


def test_numbers_are_written_in_one_way(full_view):
    numbers = of_type(full_view, "integer", "nonNegativeInteger", "positiveInteger")
    assert len(numbers) > 50
    assert [n for n in numbers if not re.fullmatch(r"0|-?[1-9]\d*", n)] == []
    booleans = of_type(full_view, "boolean")
    assert set(booleans) <= {"true", "false"}
    tags = {t.language for t in literals(full_view) if t.language}
    assert {t for t in tags if t != t.lower()} == set()


def test_queries_compare_only_dates():
    """An instant is shown, never compared: engines differ on dates and times together."""
    assert len(load_all()) >= 25
    for query in load_all().values():
        instants = re.findall(r"sp:atTime \?(\w+)", query.text)
        for filtered in re.findall(r"FILTER\((.*?)\)\s", query.text):
            for name in instants:
                assert not re.search(rf"\?{name}\s*[<>=]|[<>=]\s*\?{name}\b", filtered), query.name


def blocks(text, word):
    """Yield the insides of the braces that follow a word."""
    for match in re.finditer(rf"\b{word}\s*\{{", text):
        depth, place = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[place], 0)
            place += 1
        yield text[match.end() : place - 1]


def test_no_bind_inside_optional():
    assert list(blocks("OPTIONAL { a { b } c } d", "OPTIONAL")) == [" a { b } c "]
    found = 0
    for query in load_all().values():
        for inside in blocks(query.text, "OPTIONAL"):
            found += 1
            assert not re.search(r"\b(BIND|IF)\s*\(", inside), query.name
    assert found > 50


def test_shapes_without_the_ontology_would_cry_wolf(seed_view):
    import shacl

    lines = seed_view.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    ontology = {
        f"{q.subject} {q.predicate} {q.object} ."
        for q in seed_view.store.quads_for_pattern(
            None, None, None, ox.NamedNode(validate.iri("graph:ontology"))
        )
    }
    without = [line for line in lines.decode().splitlines() if line not in ontology]
    shapes = (resources.ontology() / "shapes.ttl").read_text(encoding="utf-8")
    compiled = shacl.Shapes.from_turtle(shapes)
    assert len(compiled.validate_text("\n".join(without), "nt").results) > 0
    assert list(validate.shapes(seed_view)) == []


def test_communities_do_not_hang_on_the_hash_seed(full_store):
    found = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "KG_WORKSPACE": str(full_store)}
        command = [sys.executable, "-m", "kg", "analyze", "communities", "-f", "json"]
        found.add(subprocess.check_output(command, env=env))
    assert len(found) == 1
    assert len(next(iter(found))) > 500


def test_the_engine_takes_one_full_stop_in_a_name():
    """When this fails the engine is mended, and `claim:a.b.c` may be written in queries."""
    store = ox.Store()
    store.query("PREFIX c: <urn:c/> SELECT * { ?s ?p c:a.b }")
    with pytest.raises(SyntaxError):
        store.query("PREFIX c: <urn:c/> SELECT * { ?s ?p c:a.b.c }")
    for query in load_all().values():
        store.query(query.text, prefixes=dict(prefixes()))


COUNTS = r"assert (.*len\(.*[=>]|.* == (\{|\[|set\(|sorted\()|\w+ >=|[A-Z_]+$)"


def test_tests_that_glob_count_what_they_found():
    """A file of tests that globs also says how many, or which, it expects."""
    assert not re.search(COUNTS, "for path in found:\n    assert path\n", re.MULTILINE)
    found = 0
    for path in sorted(TESTS.rglob("test_*.py")):
        code = path.read_text(encoding="utf-8")
        if re.search(r"\.r?glob\(", code):
            found += 1
            assert re.search(COUNTS, code, re.MULTILINE), path
    assert found >= 3


def test_an_optional_on_an_unbound_variable_joins_everything():
    loaded = ox.Store()
    loaded.load(
        b"<a:c> <a:at> <a:t> . <a:d> <a:on> <a:p> . <a:p> <a:first> '1' . <a:q> <a:first> '2' .",
        format=ox.RdfFormat.TURTLE,
    )
    outside = "SELECT ?v { ?c <a:at> ?t OPTIONAL { ?c <a:on> ?p } OPTIONAL { ?p <a:first> ?v } }"
    inside = "SELECT ?v { ?c <a:at> ?t OPTIONAL { ?c <a:on> ?p OPTIONAL { ?p <a:first> ?v } } }"
    assert sorted(s["v"].value for s in loaded.query(outside)) == ["1", "2"]
    assert [s["v"] for s in loaded.query(inside)] == [None]


def test_no_join_inside_not_exists():
    """It would be made anew for each row; MINUS is made once."""
    inside = [
        found
        for query in load_all().values()
        for found in re.findall(r"NOT\s+EXISTS\s*\{([^{}]*(?:\{[^{}]*\})*[^{}]*)\}", query.text)
    ]
    assert len(inside) == 1
    assert not [text for text in inside if re.search(r"[/;{]|\.\s*\?", text)]


BIG = ("occurred", "single-source", "missing-identifiers")
"""Answers of tens of thousands of rows with the tables of others."""


@pytest.mark.parametrize("name", BIG)
def test_big_answers_join_columns(name):
    body = load_all()[name].text
    assert len(re.findall(r"SELECT \?\w+( \?\w+)* \{", body)) >= 2
    assert not re.search(r"OPTIONAL \{ \?(?!d )", body)
