"""What the cells of a notebook need of each other is read from their text, and drawn with what is out of order."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course import cells, draw, seed


def book(*sources: str, counts: tuple = ()) -> nbformat.NotebookNode:
    """A notebook of these code cells, numbered 1, 2, 3, … or as `counts` say."""
    counts = counts or range(1, len(sources) + 1)
    code = [new_code_cell(text, execution_count=count) for text, count in zip(sources, counts, strict=True)]
    return new_notebook(cells=[new_markdown_cell("rows = []"), *code])


def needed(*sources: str, counts: tuple = ()) -> list[tuple]:
    """(the cell, the name, the cell that gives it, whether that is in order) of each need."""
    found = cells.needs(cells.read(book(*sources, counts=counts)))
    return [(need.cell.place, need.name, need.giver and need.giver.place, need.in_order) for need in found]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (("a = 1", "print(a)"), [(2, "a", 1, True)]),
        (("print(a)", "a = 1"), [(1, "a", 2, False)]),
        (("print(a)",), [(1, "a", None, False)]),
        (("a = 1", "a = 2", "a"), [(3, "a", 2, True)]),
        (("a = 1", "a += 1", "a"), [(2, "a", 1, True), (3, "a", 2, True)]),
        (("a = 1", "a = a + 1"), [(2, "a", 1, True)]),
        (("import numpy as np\nnp.ones(3)",), []),
        (("for row in range(3):\n    print(row)",), []),
        (("rows = []", "rows.append(1)", "rows"), [(2, "rows", 1, True), (3, "rows", 2, True)]),
        (("d = {}", "d['a'] = 1", "len(d)"), [(2, "d", 1, True), (3, "d", 2, True)]),
        (("xs = [1]", "[x for x in xs]", "{k: v for k, v in xs}"), [(2, "xs", 1, True), (3, "xs", 1, True)]),
        (("k = 2", "list(map(lambda x: x * k, range(3)))"), [(2, "k", 1, True)]),
        (("def f():\n    return k", "k = 1", "f()"), [(3, "f", 1, True), (3, "k", 2, True)]),
        (("def f():\n    return k\nf()", "k = 1"), [(1, "k", 2, False)]),
        (("a = 1", "%time b = a", "b"), [(2, "a", 1, True), (3, "b", 2, True)]),
        (("a = 1", "%%time\nb = a", "b\n!ls"), [(2, "a", 1, True), (3, "b", 2, True)]),
        (("a = 1", "a, no Python at all", "get_ipython(), len, _"), []),
    ],
)
def test_a_name_comes_from_the_nearest_cell_above(sources, expected):
    """Else from the first below, and that is out of order; what only a function uses is needed by who calls it."""
    assert needed(*sources) == expected


@pytest.mark.parametrize(
    ("counts", "in_order"),
    [((1, 2), True), ((2, 1), False), ((None, 1), False), ((1, None), True), ((None, None), True)],
)
def test_numbers_say_what_ran_before(counts, in_order):
    """A cell that has none never ran: nobody has anything from it."""
    assert needed("a = 1", "a", counts=counts) == [(2, "a", 1, in_order)]


def test_the_notebook_of_2016_is_out_of_order_in_two_places():
    """A pull before its push, and a name that no cell gives; and its numbers are those of the post."""
    found = cells.read(seed.notebook())
    counts = [1, 2, 3, 4, None, 5, 6, 8, 9, 10, 17, 3, 4, 6, 7, 13, 16, 18, 19, 21, 29, 30, 41, 35, 42, 11, 13]
    assert [cell.count for cell in found] == counts
    wrong = [need for need in cells.needs(found) if not need.in_order]
    assert [(need.cell.count, need.name, need.giver and need.giver.count) for need in wrong] == [
        (19, "dview", None),
        (35, "ourdview", 41),
    ]


def test_the_picture_tells_what_is_out_of_order():
    """In words, beside the colour: below, later, never, nowhere; and a number that stands twice."""
    nb = book("a", "b = a", "a = 1", "b, c", "d = 1", "d", counts=(3, 2, 1, 3, None, 4))
    assert draw.cells(nb).alt == (
        "6 cells and what they need of each other. Without a number: cell 5. Numbers that stand twice: 3. "
        "Out of order: cell 1 [3] needs a from cell 3 [1], which stands below; cell 2 [2] needs a from cell 3 [1], "
        "which stands below; cell 4 [3] needs c, which no cell gives; cell 6 [4] needs d from cell 5 [], which "
        "never ran. In order: cell 4 [3] needs b from cell 2 [2]."
    )


def test_the_picture_is_legible_without_colour():
    """What is out of order is dashed as well as red, and nothing else is."""
    for sources, dashed in ((("a = 1", "a"), 1), (("a", "a = 1"), 4)):  # one dashed line stands in the legend
        svg = draw.cells(book(*sources)).svg
        assert svg.count("stroke-dasharray") == dashed
        assert svg.count("stroke-dasharray") == svg.count("stroke: #d55e00; stroke-width: 2.2") + svg.count(
            "stroke-width: 2.2; stroke-linejoin"
        )


@pytest.mark.parametrize("nb", [book(), book("", "# only this", "x = ½ \x07$"), book(*["a = 1", "a"] * 60)])
def test_every_notebook_can_be_drawn(nb):
    """Without cells, without code, and with more than fit."""
    assert draw.cells(nb).svg == draw.cells(nb).svg


def test_comprehensions_have_the_same_names_in_every_python():
    """From 3.12 on they are inlined."""
    (cell,) = cells.read(book("[(y := x) for x in rows if x]"))
    assert (cell.binds, cell.needs) == ({"y"}, {"rows"})
