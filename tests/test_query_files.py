"""The files of the queries and their headers: found by name, helped, and asked of the merge."""

import re

import pytest

from kg import questions
from kg.errors import InputError, QueryError, UnknownNameError
from kg.namespaces import prefixes
from kg.questions import find, load_all, read


def test_names_and_questions_find_the_same_query():
    assert find("shared-missions")[0] is find("q01")[0]
    assert find("q03")[1] == {"organization": "jaxa"}


def test_a_question_of_a_command_names_the_command():
    with pytest.raises(QueryError, match="answered by a command") as raised:
        find("q30")
    assert raised.value.fix == "kg dossier"


@pytest.mark.parametrize("name", ["q41", "shared-mission", "", "Q01"])
def test_an_unknown_query_suggests_the_nearest(name):
    with pytest.raises(UnknownNameError, match="no query") as raised:
        find(name)
    assert raised.value.fix


def test_an_unknown_key_of_a_header_is_an_error(tmp_path):
    path = tmp_path / "x.rq"
    path.write_text("#+ title: X\n#+ sumary: Y\nSELECT * { }\n")
    with pytest.raises(InputError, match="unknown key 'sumary'") as raised:
        read(path)
    assert "summary" in raised.value.fix
    assert raised.value.origin.file.endswith("x.rq")


@pytest.mark.parametrize("name", sorted(load_all()))
def test_every_parameter_is_bound_and_helped(name):
    asked = load_all()[name]
    assert asked.title
    assert asked.summary
    for parameter in asked.parameters.values():
        assert parameter.help
        if parameter.name != asked.search:
            assert f"VALUES ?{parameter.name} {{" in asked.text


@pytest.mark.parametrize("name", sorted(load_all()))
def test_named_queries_never_use_graph_from_or_service(name):
    code = re.sub(r"#[^\n]*", "", load_all()[name].text)
    assert not re.search(r"\b(GRAPH|FROM|SERVICE|ORDER|DESCRIBE|CONSTRUCT)\b", code)


def test_values_are_terms_not_text():
    """A hostile value cannot break out of its VALUES block."""
    import pyoxigraph as ox

    hostile = '" } DELETE { ?s ?p ?o } #'
    asked, _ = find("q33")
    bound = questions.bind(asked, {"scheme": [ox.Literal(hostile)]})
    assert str(ox.Literal(hostile)) in bound
    ox.Store().query(bound, prefixes=dict(prefixes()))


def test_no_query_joins_inside_not_exists():
    """The engine reads such a join anew for each row: on all tables that took minutes."""
    queries = questions.load_all()
    inner = {
        name: block
        for name, query in queries.items()
        for block in re.findall(r"NOT EXISTS \{([^{}]*)\}", query.text)
        if " . " in block or " ; " in block
    }
    assert len(queries) == 26
    assert not inner
