"""A check passes what is right, fails everything else, and its message helps."""

import contextlib
import sys
import warnings

import pytest
from IPython.core.interactiveshell import InteractiveShell

from course import survey
from course.check import MAX_MORE, CheckFailed, calling, that, together


def message(check) -> str:
    """What a check that fails says."""
    with pytest.raises(CheckFailed) as failed:
        check()
    return str(failed.value)


def double(x):
    return 2 * x


def nothing(x):
    pass


def unwritten(x):
    raise NotImplementedError()


def countdown(n):
    while n:
        yield n
        n -= 1


def endless(n):
    while True:
        yield n


def test_what_holds_is_passed_in_silence():
    """No verb returns anything: nbgrader would take a number on the last line of a cell for its points."""
    said = [
        that(True, "no"),
        calling(double, 2).returns(4),
        calling(countdown, 3).yields([3, 2, 1]),
        calling(countdown, 3).begins([3, 2]),
        calling(int, "x").raises(ValueError),
    ]
    assert said == [None] * 5


def test_what_came_can_be_had():
    """The value of the call, or the exception, to ask more of it."""
    assert calling(double, 2).value() == 4
    assert "invalid literal" in str(calling(int, "x").error(ValueError))


def test_a_failure_names_the_call_what_came_what_should_have_come_and_a_hint():
    """In this order, one line each."""
    assert message(lambda: calling(double, 2).returns(5, hint="Count again.")) == (
        "double(2) does not return what it should: 4 instead of 5.\n"
        "  should be: 5\n"
        "  is:        4\n"
        "  hint:      Count again."
    )


def test_a_connection_is_shown_as_conn_and_keywords_by_name():
    """The call is spelt as the student would write it."""
    assert str(calling(sorted, [2, 1], reverse=True)) == "sorted([2, 1], reverse=True)"
    assert str(calling(double, survey.connect())) == "double(conn)"


def test_rows_are_compared_as_the_check_asks():
    """As they come, in any order, or by a key with ties free."""
    rows = [("b", 1), ("a", 2), ("a", 1)]
    assert "in another order" in message(lambda: calling(list, rows).returns(sorted(rows)))
    calling(list, rows).returns(sorted(rows), any_order=True)
    calling(list, rows).returns([("b", 1), ("a", 1), ("a", 2)], ordered_by=lambda row: row[0] != "b")
    wrong = calling(list, rows)
    assert "in another order" in message(lambda: wrong.returns(sorted(rows), ordered_by=lambda row: row[0]))
    assert "is missing" in message(lambda: wrong.returns([*rows, ("c", 1)], ordered_by=lambda row: row[0]))


def test_a_circumstance_takes_the_place_of_inputs_and_values():
    """Neither arguments nor values nor the text of an exception can be read in the message."""
    secret = calling(double, "secret").on("a word")
    assert (
        message(lambda: secret.returns("other", hint="Look."))
        == "double(…), called on a word, does not return what it should: another value.\n  hint:      Look."
    )
    assert message(calling(int, "secret").on("a word").value) == "int(…), called on a word, raises ValueError."
    assert (
        message(lambda: secret.raises(KeyError))
        == "double(…), called on a word, raises no error.\n  should be: it raises KeyError"
    )
    for method in (secret.then("index", "x"), calling(double, "secret").then("index", "x").on("a word")):
        assert message(method.value) == "double(…).index(…), called on a word, raises ValueError."


def test_a_method_of_what_came_can_be_called():
    """`then` spells and makes a chain; what went wrong is told of the whole of it."""
    calling(double, "a").then("upper").returns("AA")
    assert "double('a').upper() does not return" in message(lambda: calling(double, "a").then("upper").returns("aa"))
    assert "nothing('a').upper() raises AttributeError" in message(calling(nothing, "a").then("upper").value)


def test_an_unwritten_answer_fails_every_verb():
    """A NotImplementedError says that there is no answer yet, and never counts as the error that is asked for."""
    call = calling(unwritten, 1)
    verbs = [
        lambda: call.returns(None),
        lambda: call.yields([]),
        lambda: call.begins([]),
        call.value,
        lambda: call.raises(RuntimeError),
        lambda: call.raises((Exception,)),
    ]
    for verb in verbs:
        assert message(verb) == "unwritten(1) raises NotImplementedError: there is no answer yet."


def test_an_exception_fails_the_check_by_name_and_message():
    """Also SystemExit, which would end a cell without a word."""
    assert message(calling(int, "x").value) == "int('x') raises ValueError: invalid literal for int() with base 10: 'x'"
    assert message(lambda: calling(sys.exit, 3).returns(3)) == "exit(3) raises SystemExit: 3"


def test_the_wrong_exception_or_none_fails():
    """Named with its module, unless it is a builtin."""
    assert "int('x') raises ValueError where KeyError or course.survey.SurveyError is needed: invalid" in message(
        lambda: calling(int, "x").raises((KeyError, survey.SurveyError))
    )
    assert message(lambda: calling(double, 2).raises(ValueError)) == (
        "double(2) raises no error.\n  should be: it raises ValueError\n  is:        it returns 4"
    )


def test_items_are_read_to_their_end_and_no_further():
    """What never ends is left; what ends too early or too late is told."""
    assert "does not end: 2 items were expected, 52 came, and more." in message(
        lambda: calling(endless, 1).yields([1, 1])
    )
    assert MAX_MORE == 50
    assert "1 is missing" in message(lambda: calling(countdown, 1).yields([1, 1]))
    assert "1 is too many" in message(lambda: calling(countdown, 2).yields([2]))


def test_what_has_no_items_is_named():
    """None, a number, and an iterator that fails half-way."""
    assert message(lambda: calling(nothing, 1).yields([1])) == "nothing(1) returns None, which has no items."
    assert (
        message(lambda: calling(double, 1).yields([1]))
        == "double(1) raises TypeError when item 1 is asked for: 'int' object is not iterable"
    )
    assert "map" in message(lambda: calling(map, int, ["1", "x"]).yields([1, 2]))
    assert "raises ValueError when item 2 is asked for" in message(lambda: calling(map, int, ["1", "x"]).yields([1, 2]))


def test_only_the_beginning_is_read_and_the_generator_is_closed():
    """Whoever stops after the first items has asked for no more."""
    given, closed = [], []

    def generator():
        try:
            for number in range(9):
                given.append(number)
                yield number
        finally:
            closed.append(True)

    calling(generator).begins([0, 1])
    assert (given, closed) == ([0, 1], [True])


def test_a_generator_that_cannot_be_closed_fails():
    """It has swallowed the sign to stop."""

    def stubborn():
        for _ in range(2):
            with contextlib.suppress(GeneratorExit):
                yield 1

    assert "RuntimeError" in message(lambda: calling(stubborn).begins([1]))


def test_an_iterator_without_close_may_begin():
    """It need not be a generator."""
    calling(iter, [1, 2, 3]).begins([1])
    calling(list, [1, 2, 3]).begins([1, 2])


def test_what_the_function_prints_and_warns_stays_out_of_the_cell(capsys, recwarn):
    """Noise is neither right nor wrong, while it runs and while its items are read."""

    def noisy():
        print("out")
        print("err", file=sys.stderr)
        warnings.warn("deprecated", stacklevel=1)
        yield 1

    calling(noisy).yields([1])
    assert tuple(capsys.readouterr()) == ("", "")
    assert list(recwarn) == []


def test_calls_that_are_made_together_are_judged_in_their_order():
    """At the end of the block, by every verb; the first that fails is told, and none is made twice."""
    made = []

    def note(n):
        made.append(n)
        return range(n)

    with together():
        calling(note, 1).returns(range(1))
        calling(note, 2).yields([0, 1])
        calling(note, 3).begins([0])
        calling(note, "x").raises(TypeError)
        assert made == []
    assert made == [1, 2, 3, "x"]

    def several():
        with together():
            calling(double, 1).returns(2)
            calling(double, 2).returns(5)
            calling(double, 3).returns(7)

    assert message(several).startswith("double(2) does not return what it should: 4 instead of 5.")
    calling(double, 2).returns(4)


def test_a_value_that_is_asked_for_meanwhile_comes_after_those_before():
    """And what fails before it is told instead."""

    def asks():
        with together():
            calling(double, 1).returns(3)
            calling(unwritten, 1).value()

    assert message(asks).startswith("double(1) does not return")


def test_a_block_that_is_left_by_an_error_makes_no_calls():
    """The error is what is told, and the next sentence stands alone."""
    made = []
    with pytest.raises(KeyError), together():
        calling(made.append, 1).returns(None)
        raise KeyError
    assert made == []
    calling(double, 1).returns(2)


def test_a_sentence_that_does_not_hold_is_said():
    """With what should be and what is, where they are given."""
    assert message(lambda: that(False, "The file is gone.", hint="Look.")) == "The file is gone.\n  hint:      Look."
    assert (
        message(lambda: that(False, "Too many.", expected=1, actual=2)) == "Too many.\n  should be: 1\n  is:        2"
    )


def test_a_notebook_shows_the_message_without_a_traceback(capsys):
    """The lines of a check are no news to the student."""
    shell = InteractiveShell.instance()
    shell.run_cell("from course.check import that\nthat(False, 'The file is gone.')")
    InteractiveShell.clear_instance()
    out = capsys.readouterr().out
    assert "CheckFailed: The file is gone." in out
    assert "Traceback" not in out


def test_a_check_within_a_check_speaks_for_itself():
    """Its sentence is told, not that it was raised; where the outer one hides its inputs, it stays hidden."""

    def inner(n):
        return calling(abs, n).returns(0)

    with pytest.raises(CheckFailed) as failed:
        calling(inner, 7).returns(None, hint="Think again.")
    assert str(failed.value).splitlines() == [
        "abs(7) does not return what it should: 7 instead of 0.",
        "  should be: 0",
        "  is:        7",
        "  hint:      Think again.",
    ]
    with pytest.raises(CheckFailed) as failed:
        calling(inner, 7).on("a number").returns(None)
    assert "7" not in str(failed.value)
