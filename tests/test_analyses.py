"""Made-up notebooks run in the order in which they were written, do not run as they stand, and lose nothing."""

import pytest

from autograder.cases.analyses import Analysis, CellError, analyses, book, cell, lost, mixed, outputs, text_of

MIXED = mixed(8, seed="tests")


def ids(cells) -> list[str]:
    """The ids of these cells, in their order."""
    return [each["id"] for each in cells]


@pytest.mark.parametrize("m", MIXED, ids=range(len(MIXED)))
def test_as_it_stands_no_notebook_runs(m):
    """Nor does it by execution count, in which some of its cells ran last."""
    by_count = sorted(m.notebook["cells"], key=lambda each: each.get("execution_count") or 0)
    for order in (m.notebook["cells"], by_count):
        with pytest.raises(CellError, match="NameError"):
            outputs(ids(order), m.notebook)


@pytest.mark.parametrize("m", MIXED, ids=range(len(MIXED)))
def test_in_the_order_in_which_it_was_written_it_prints_what_is_stored(m):
    """Each code cell prints the output that it holds, and not all print the same."""
    stored = {
        each["id"]: "".join(shown["text"] for shown in each["outputs"])
        for each in m.notebook["cells"]
        if each["cell_type"] == "code"
    }
    assert outputs(list(m.prints), m.notebook) == stored == m.prints
    assert len(set(stored.values())) > 3


def test_cells_of_text_and_unknown_ids_are_passed_over():
    """They print nothing, and do no harm."""
    made = book([cell("markdown", "raise", "a"), cell("code", "print(1)\n2", "b")])
    assert outputs(["a", "nowhere", "b"], made) == {"b": "1\n2\n"}


def test_a_cell_that_raises_is_named():
    """By its first line, and with what it raised."""
    with pytest.raises(CellError, match=r"`1 / 0` raises ZeroDivisionError: division by zero"):
        outputs(["a"], book([cell("code", "1 / 0\n2", "a")]))


def test_the_same_seed_makes_the_same():
    """On every machine, however many are asked for."""
    assert [m.notebook for m in mixed(3, seed="tests")] == [m.notebook for m in MIXED[:3]]
    assert mixed(1, seed="another")[0].notebook != MIXED[0].notebook


@pytest.mark.parametrize("kind", [{}, {"text": True}, {"plots": True}], ids=["magics", "text", "plots"])
def test_an_analysis_holds_what_it_is_to_hold(kind):
    """Magics, or text that looks like code, or plots; and each writes its result."""
    for a in analyses(4, seed="tests", **kind):
        code = "\n".join(each["source"] for each in a.notebook["cells"] if each["cell_type"] == "code")
        kinds = {each["cell_type"] for each in a.notebook["cells"]}
        assert ("plt.show()" in code, "%time" in code) == ("plots" in kind, "plots" not in kind)
        assert kinds == ({"code", "markdown", "raw"} if "text" in kind else {"code"})
        assert bool(a.prose) == ("text" in kind)
        assert 'write_text(json.dumps({"total": total' in code
        assert a.result["total"] > a.result["count"] > 0


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("# a\nx = 'b'  # c\n'd'\n", "# a\n# c\nd"),
        ('"""a\nb"""\n', "a\nb"),
        ("f'a'\n1\nprint('b')\n", ""),
        ("# a\nno Python", ""),
    ],
)
def test_text_is_what_stands_in_comments_and_in_strings_of_its_own(script, text):
    """And in nothing else; a script that is no Python has none."""
    assert text_of(script) == text


def test_text_is_lost_that_is_no_line_of_its_own():
    """Whether it stands behind a mark of comments, or in a string; lines that are glued together are lost."""
    a = Analysis("", {}, {}, ("One line.", "And another."))
    assert lost("# One line.\n# And another.\n", a) == lost("'One line.'\n'And another.'", a) == []
    assert lost("# One line. # And another.", a) == ["One line."]
    assert lost("total = 1", a) == ["One line.", "And another."]
