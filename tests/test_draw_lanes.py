"""In a drawn graph no line runs over a commit that it does not lead to, and no two lines over each other."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from course.draw.lanes import MAX_COMMITS, Graph, graph
from course.forty import forty
from course.history import History
from course.repository import read


@st.composite
def pasts(draw) -> History:
    """Up to fourteen commits, each after none, one, two or three of those before it; each is a branch."""
    history, made = History(), []
    for number in range(draw(st.integers(1, 14))):
        parents = draw(st.lists(st.sampled_from(made), max_size=3, unique=True)) if made else []
        made.append(history.commit(f"{number}", {"n": f"{number}"}, parents=parents))
        history.branch(f"b{number}", made[-1])
    return history


def runs(found: Graph) -> list[tuple[str, int, range]]:
    """Each line from a commit to a parent: the parent, on which line it runs straight down, and past which rows."""
    row = {each.commit.id: number for number, each in enumerate(found.rows)}
    return [
        (parent, lane, range(row[each.commit.id] + 1, row[parent]))
        for each in found.rows
        for parent, lane in each.ways.items()
    ]


@settings(max_examples=60, deadline=None)
@given(pasts())
def test_a_line_meets_nothing_on_its_way(past):
    """Neither a commit nor a line that leads elsewhere; a parent stands below, and the line to each is drawn."""
    repo = read(past.write(on="b0"))
    found = graph(repo)
    assert {each.commit.id: set(each.ways) for each in found.rows} == {
        id: set(commit.parents) for id, commit in repo.everything.items()
    }
    for parent, lane, rows in runs(found):
        assert lane not in {found.rows[number].lane for number in rows}
        assert not [
            other
            for other, way, others in runs(found)
            if other != parent and way == lane and range(max(rows.start, others.start), min(rows.stop, others.stop))
        ]


def test_a_branch_that_is_kept_up_to_date():
    """Main merged into a branch again and again: the way to main does not run along the branch."""
    history = History()
    main = side = history.commit("Begin", {"f": "0"})
    for number in range(3):
        main = history.commit(f"Main {number}", {"f": f"{number}"}, parents=[main])
        side = history.commit(f"Side {number}", {"g": f"{number}"}, parents=[side])
        side = history.commit("Merge main", {"f": f"{number}", "g": f"{number}"}, parents=[side, main])
    history.branch("main", main)
    history.branch("side", side)
    found = graph(read(history.write()))
    merges = [each for each in found.rows if len(each.ways) == 2]
    assert [each.ways[each.commit.parents[0]] == each.lane for each in merges] == [True] * 3
    assert [each.ways[each.commit.parents[1]] == each.lane for each in merges] == [False] * 3


def test_forty_commits_stay_narrow():
    """Those that are to be searched for the culprit stand on two lines, one below the other."""
    for seed in ("the lesson of git", 1, 2, 3):
        made = forty(seed, merges=True)
        found = graph(read(made.history.write()))
        assert (len(found.rows), found.older, found.lanes) == (40, 0, 2)
        places = {each.commit.id: number for number, each in enumerate(found.rows)}
        assert all(places[each.commit.id] < places[parent] for each in found.rows for parent in each.ways)


def test_of_a_long_history_the_newest_are_drawn():
    """And how many there are besides is known."""
    history = History()
    ids = [history.commit(f"{number}", {"n": f"{number}"}) for number in range(MAX_COMMITS + 10)]
    found = graph(read(history.write()))
    assert [each.commit.id for each in found.rows] == ids[:9:-1]
    assert found.older == 10
    assert all(one.ways.keys() == {other.commit.id} for one, other in pairwise(found.rows))


def test_what_nothing_leads_to_is_drawn_where_it_is_asked_for():
    """Marked as lost."""
    history = History()
    first = history.commit("Begin", {"f": "0"})
    last = history.commit("Lost", {"f": "1"})
    history.branch("main", first)
    repo = read(history.write())
    assert [(each.commit.id, each.lost) for each in graph(repo).rows] == [(first, False)]
    assert [(each.commit.id, each.lost) for each in graph(repo, lost=True).rows] == [(last, True), (first, False)]
