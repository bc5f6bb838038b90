"""The codec: what goes in comes out, of exact types; what is hostile goes nowhere."""

import collections
import datetime as dt
import decimal
import enum
import fractions
import json
import math
import pathlib
import subprocess
import sys
import time
import zoneinfo
from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as stn

from autograder import kinds, values
from autograder.kinds import ValuesError
from autograder.values import Decoder, Encoder, decode, encode


def through(value: Any) -> Any:
    """A value as it arrives on the other side."""
    return decode(json.loads(json.dumps(encode(value))))


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal and of one type, all the way down; NaN is itself."""
    if type(one) is not type(other):
        return False
    match one:
        case float() if math.isnan(one):
            return math.isnan(other)
        case complex():
            return same(one.real, other.real) and same(one.imag, other.imag)
        case list() | tuple() | collections.deque():
            return len(one) == len(other) and all(map(same, one, other))
        case dict():
            return same(list(one.items()), list(other.items()))
    return one == other


numbers = st.one_of(st.integers(), st.floats(), st.complex_numbers(), st.booleans())
texts = st.one_of(st.text(), st.binary(), st.text(st.characters(categories=["Cs", "Lu"])))
zones = st.one_of(st.none(), st.just(dt.UTC), st.timezones(), st.just(dt.timezone(dt.timedelta(minutes=-95))))
times = st.one_of(
    st.dates(), st.times(timezones=zones), st.datetimes(timezones=zones, allow_imaginary=False), st.timedeltas()
)
exact = st.one_of(st.decimals(allow_nan=False), st.fractions(), st.builds(range, st.integers(), st.integers()))
leaves = st.one_of(st.none(), numbers, texts, times, exact, st.builds(pathlib.Path, st.sampled_from(["a/b", "", "/é"])))
keys = st.one_of(st.none(), st.integers(), st.floats(allow_nan=False), st.text(), st.binary(), st.tuples(st.integers()))
plain = st.recursive(
    leaves,
    lambda inside: st.one_of(
        st.lists(inside),
        st.tuples(inside, inside),
        st.dictionaries(keys, inside),
        st.builds(collections.OrderedDict, st.dictionaries(keys, inside)),
        st.builds(collections.deque, st.lists(inside)),
        st.sets(keys),
        st.frozensets(keys),
        st.builds(lambda d: collections.defaultdict(list, d), st.dictionaries(keys, inside)),
        st.builds(collections.Counter, st.lists(keys)),
    ),
    max_leaves=12,
)


@given(plain)
@example("\ud800\udc00")
@example([("\ud800\udc00", 1)])
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_plain_data_arrives_as_it_was(value):
    """Equal, and of the same types all the way down, in the same order."""
    assert same(value, through(value))


@given(
    stn.arrays(st.one_of(stn.scalar_dtypes(), stn.unicode_string_dtypes()), stn.array_shapes(min_dims=0, min_side=0))
)
def test_arrays_arrive_with_dtype_shape_and_every_bit(array):
    """Also of no dimension, of no items, in another byte order; NaN and NaT included."""
    arrived = through(array)
    assert (array.dtype, array.shape, array.tobytes()) == (arrived.dtype, arrived.shape, arrived.tobytes())
    arrived[...] = arrived  # its memory is its own


@given(stn.arrays(stn.scalar_dtypes(), (1,)))
def test_scalars_of_numpy_stay_scalars_of_numpy(array):
    """So an answer that is an `int64` equals the int, and one that is a `float64` is a float."""
    assert np.asarray(array[0]).tobytes() == np.asarray(through(array[0])).tobytes()
    assert type(array[0]) is type(through(array[0]))


FRAME = pd.DataFrame(
    {
        "int": [1, 2],
        "text": ["x", None],
        ("a", 1): [True, False],
        "category": pd.Categorical(["u", None], ["v", "u"], ordered=True),
        "nullable": pd.array([1, None], dtype="Int64"),
        "fraction": pd.array([1.5, None], dtype="Float32"),
        "truth": pd.array([True, None], dtype="boolean"),
        "string": pd.array(["a", None], dtype="string"),
        "when": pd.to_datetime(["2020-01-01", None]),
        "where": pd.to_datetime(["2020-01-01", "2021-07-01"]).tz_localize("Europe/Berlin"),
        "long": pd.to_timedelta(["1s", None]),
        "month": pd.period_range("2020-01", periods=2, freq="M"),
        "bin": pd.cut([1, 2], 2),
        "things": [[1, {"a": None}], {2}],
        "float": [1.5, np.nan],
    },
    index=pd.date_range("2020-01-01", periods=2, name="day"),
)


@pytest.mark.parametrize(
    "frame",
    [
        FRAME,
        FRAME.T,
        FRAME.set_index(["int", "text"]),
        FRAME.groupby("int").float.agg(["mean", "sum"]),
        pd.concat([FRAME, FRAME], axis=1),
        pd.DataFrame(),
        pd.DataFrame(index=[1, 2]),
        pd.DataFrame({"a": []}),
        pd.DataFrame({"a": [1, 2, 3]})[1:],
        pd.DataFrame({"a": [1, 2, 3]}, index=["x", "y", "x"]),
        FRAME.describe(),
    ],
    ids=lambda frame: f"{frame.shape}",
)
def test_frames_arrive_with_index_names_and_dtypes(frame):
    """As `assert_frame_equal` sees it, which looks at dtypes, at names, and at the frequency of dates."""
    pd.testing.assert_frame_equal(frame, through(frame), check_freq=True)
    for place in range(frame.shape[1]):
        column = frame.iloc[:, place]
        pd.testing.assert_series_equal(column, through(column), check_freq=True)
    pd.testing.assert_index_equal(frame.index, through(frame.index), exact=True)


@pytest.mark.parametrize(
    "value",
    [
        pd.Timestamp("2020-01-01 12:00", tz="Asia/Tokyo"),
        pd.Timestamp("1500-01-01"),
        pd.Timedelta("3 days 1ns"),
        pd.Period("2020Q1", freq="Q"),
        pd.Interval(0, 1.5, closed="both"),
    ],
)
def test_scalars_of_pandas_arrive_as_they_were(value):
    """Equal, and of the same class."""
    assert (type(value), value) == (type(through(value)), through(value))


def test_what_is_missing_is_the_one_and_only():
    """NaT and NA are compared by `is`."""
    assert [pd.NaT, pd.NA] == [through(pd.NaT), pd.NA]
    assert through(pd.NA) is pd.NA
    assert through([pd.NaT])[0] is pd.NaT


class Lying(int):
    """Five, and equal to everything."""

    def __eq__(self, other):
        return True

    def __index__(self):
        return 99

    def __repr__(self):
        return "1000"

    __hash__ = int.__hash__


class Flattering(float):
    """Near to everything."""

    def __sub__(self, other):
        return 0.0

    __float__ = __abs__ = __sub__


class Colour(enum.IntEnum):
    """A number with a name."""

    RED = 3


class Words(list):
    """Seems empty."""

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0


class Book(dict):
    """Has every key."""

    def __missing__(self, key):
        return key

    def items(self):
        return [("no", "no")]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Lying(5), 5),
        (Flattering(2.5), 2.5),
        (Colour.RED, 3),
        (Words([1, 2]), [1, 2]),
        (Book(a=1), {"a": 1}),
        (type("Text", (str,), {"__str__": lambda self: "no"})("yes"), "yes"),
        (type("Bytes", (bytes,), {"__len__": lambda self: 0})(b"ab"), b"ab"),
    ],
)
def test_a_subclass_arrives_as_what_it_holds(value, expected):
    """Whatever its methods say: what arrives is of the builtin type, and has its honest equality."""
    assert same(expected, through(value))


def test_named_tuples_keep_their_names_and_are_equal_to_tuples():
    """Also those of the standard library; they pickle, for they may go back in."""

    class Point(NamedTuple):
        x: int
        y: int

    arrived = through(Point(1, 2))
    assert (arrived, arrived.x, arrived._asdict()) == ((1, 2), 1, {"x": 1, "y": 2})
    assert time.gmtime(0).tm_year == through(time.gmtime(0)).tm_year
    with pytest.raises(AttributeError, match="has x, y, but no 'z'"):
        arrived.z  # noqa: B018
    make, arguments = arrived.__reduce__()
    assert make(*arguments) == (1, 2)


def test_a_defaultdict_keeps_a_builtin_factory_and_no_other():
    """What a factory of the student's makes is not to be had here; the entries are."""
    assert through(collections.defaultdict(list, a=[1]))["new"] == []
    assert through(collections.defaultdict(lambda: 7, a=[1])) == {"a": [1]}
    assert dict is type(through(collections.defaultdict(lambda: 7)))


class Equal:
    """Equal to everything."""

    def __eq__(self, other):
        return True

    def __class_getitem__(cls, item):
        return int


class Claims:
    """Says that it is an int."""

    __class__ = int


@pytest.mark.parametrize(
    "value",
    [
        Equal(),
        Claims(),
        object(),
        lambda: 1,
        int,
        iter([]),
        {}.keys(),
        np.array([(1, 2)], dtype="i4,i4"),
        np.ma.array([1], mask=[1]),
        np.array([object()]),
        pd.arrays.SparseArray([1, 0]),
        pd.DataFrame({"a": [object()]}),
        10**4000,
        decimal.Decimal("1" * 5000),
        enum.Enum("Colour", "RED").RED,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_plain_data_becomes_a_handle(value):
    """Or an error, where nobody makes handles."""
    with pytest.raises(ValuesError):
        encode(value)
    assert Encoder(lambda thing: ["handle", 1]).whole(value) == ["handle", 1]


def test_handles_stand_within_plain_data():
    """A pair of a number and a figure is a pair."""
    thing = object()
    doc = Encoder(lambda value: ["handle", "x"]).whole((1, [thing], {"a": thing}))
    assert Decoder(lambda parts: f"{parts[0]}!").whole(doc) == (1, ["x!"], {"a": "x!"})


def test_what_is_too_deep_or_too_large_is_a_handle():
    """A list in itself, forty lists deep, and more than may cross."""
    round_and_round: list = []
    round_and_round.append(round_and_round)
    make = Encoder(lambda value: ["handle", 1]).whole
    assert '["handle", 1]' in json.dumps(make(round_and_round))
    for large in ["x" * (values.MAX_BYTES + 1), [0] * (values.MAX_NODES + 1), np.zeros(values.MAX_BYTES // 8)]:
        assert Encoder(lambda value: ["handle", 1]).whole(large) == ["handle", 1]


def test_what_was_given_comes_back_as_itself():
    """A document may name an object by number, and only one of those that there are."""
    mine: list = [1]
    doc = Encoder(given={id(mine): 0}).whole([mine, [1]])
    assert doc[1:] == [["given", 0], ["list", 1]]
    assert Decoder(given=[mine]).whole(doc)[0] is mine
    for number in (1, -1, True, 0.0, "0", None):
        with pytest.raises(ValuesError):
            Decoder(given=[mine]).whole(["given", number])


# Hostile documents

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(10**3999, 10**4001), st.floats(), st.text(max_size=8)
)
WORDS = """
given handle numpy category string zoned period interval nullable flat levels range object Int64Dtype ns UTC M right
builtins:ValueError <i8 |b1 <U2 <M8[ns] |O8 <i4,<i4 AAAA AAAAAAAAAAA= ../../etc/passwd nan PosixPath
"""
known = st.sampled_from([*(kind.tag for kind in values.kinds(values._LIBRARIES)), *WORDS.split()])
documents = st.recursive(
    st.one_of(scalars, known),
    lambda inside: st.one_of(
        st.lists(inside, max_size=6),
        st.builds(lambda tag, parts: [tag, *parts], known, st.lists(inside, max_size=5)),
        st.dictionaries(st.text(max_size=3), inside, max_size=2),
    ),
    max_leaves=25,
)


@given(documents)
@settings(max_examples=1500, suppress_health_check=[HealthCheck.too_slow])
@example(["array", "<i8", [1 << 40, 0], ""])
@example(["array", "<U1", [1], "////fw=="])
@example(["array", "|b1", [1], "Ag=="])
@example(["array", "|O", [1], "AAAAAAAAAAA="])
@example(["DataFrame", ["Index", "range", 0, 10**30, 1, None], ["Index", "range", 0, 10**30, 1, None], []])
@example(["Index", "range", 0, 10**12, 1, None])
@example(["dict", ["list"], 1])
@example(["dict", 1])
@example(["path", "Path", "x"])
@example(["datetime", 2020, 1, 1, 0, 0, 0, 0, 0, "../../../etc/passwd"])
@example(["tuple", ["__class__"], 1])
@example(["Series", ["category", ["Index", "flat", ["numpy", "<i8", [1], "AAAAAAAAAAA="], None, None], 1, False], None])
def test_no_document_does_anything_but_fail(doc):
    """Either it is a value of known types, or ValuesError; never another exception."""
    try:
        value = decode(doc)
    except ValuesError:
        return
    assert known_types(value), type(value)


def known_types(value: Any) -> bool:
    """Whether a value is of types that the codec knows, all the way down."""
    kind = type(value)
    if isinstance(value, (dict, list, tuple, set, frozenset, collections.deque)):
        inside = [*value, *value.values()] if isinstance(value, dict) else value
        return (kind.__module__ in ("builtins", "collections") or isinstance(value, kinds.Named)) and all(
            map(known_types, inside)
        )
    return kind.__module__.split(".")[0] in (
        *("builtins", "datetime", "zoneinfo", "decimal", "fractions", "pathlib", "numpy", "pandas"),
        *("autograder", "collections", "sqlite3", "json"),
    )


@given(plain, st.data())
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_an_honest_document_with_one_part_changed_does_no_harm(value, data):
    """The neighbourhood of what is right is where a decoder trusts too much."""
    try:
        doc = json.loads(json.dumps(encode(value)))
    except ValuesError:  # a product of integers may have more digits than may cross
        return
    places = list(walk(doc))
    if not places:
        return
    parent, key = data.draw(st.sampled_from(places))
    parent[key] = data.draw(documents)
    with suppress(ValuesError):
        assert known_types(decode(doc))


FRAMES = [
    json.dumps(encode(thing)) for thing in (FRAME, FRAME.set_index(["int", "text"]), FRAME.bin, np.arange(3), pd.NaT)
]


@given(st.sampled_from(FRAMES), st.data())
@settings(max_examples=500, deadline=None)
def test_a_document_of_a_frame_with_one_part_changed_does_no_harm(text, data):
    """Here, too: numpy and pandas are asked only for what they can refuse."""
    doc = json.loads(text)
    parent, key = data.draw(st.sampled_from(list(walk(doc))))
    parent[key] = data.draw(documents)
    with suppress(ValuesError):
        decode(doc)


def walk(doc: Any):
    """All (list, index) within a document."""
    if isinstance(doc, list):
        for place, part in enumerate(doc):
            yield doc, place
            yield from walk(part)


def test_depth_digits_and_numbers_of_values_have_bounds_on_the_way_in():
    """The encoder over there may not have kept to them."""
    deep: Any = 1
    for _ in range(values.MAX_DEPTH + 2):
        deep = ["list", deep]
    for doc in (deep, 10**4000, ["list", *[0] * (values.MAX_NODES + 1)], ["Decimal", "1" * 10], ["Decimal", 1]):
        if doc == ["Decimal", "1" * 10]:
            assert decimal.Decimal("1" * 10) == decode(doc)
            continue
        with pytest.raises(ValuesError):
            decode(doc)


@pytest.mark.parametrize(
    "body", [["|b1", [1], "Ag=="], ["<U1", [1], "AAARAA=="], ["|O", [0], ""], ["<f8", [2], "AAAAAAAAAAA="]]
)
def test_bits_that_mean_nothing_are_no_array(body):
    """A truth value of two, a character beyond the last, an address, too few numbers."""
    with pytest.raises(ValuesError):
        decode(["array", *body])


def test_a_name_of_a_time_zone_is_no_path():
    """`zoneinfo` looks its files up by name."""
    with pytest.raises(ValuesError):
        decode(["time", 1, 2, 3, 4, 0, "/etc/localtime"])
    assert zoneinfo.ZoneInfo("Europe/Oslo") == decode(["time", 1, 2, 3, 4, 0, "Europe/Oslo"]).tzinfo
    assert fractions.Fraction(1, 3) == decode(["Fraction", 1, 3])


ROWS = [
    [(1, "lake", None, 0.5, True), (2, "Åsa", "", -0.0, False)],
    [(1,), ()],
    [("x" * 30_000,)],
    [(k, "rad", k / 8) for k in range(9_000)],
    [(10**300,), (-(10**3999),)],
    [(math.inf,), (-math.inf,), (math.nan,)],
    [(1, [2]), (3, 4)],
    [(1, 2), [3, 4]],
    [[(1, 2)], (3,)],
]


@pytest.mark.parametrize("rows", ROWS, ids=range(len(ROWS)))
def test_rows_arrive_as_they_are(rows):
    """However they cross: short ones as JSON has them, and others value by value."""
    arrived = decode(json.loads(json.dumps(encode(rows))))
    assert repr(arrived) == repr(rows)


def test_rows_with_names_keep_them():
    """A named tuple is no row like others."""
    (arrived,) = decode(encode([time.gmtime(0)]))
    assert arrived.tm_year == 1970


@pytest.mark.parametrize(
    "rows",
    [None, {}, "ab", [1], ["ab"], [None], [[[]]], [[{}]], [[1], {}], [], [[1e999]], [[10**4000]], [[1]] * 400_001],
    ids=repr,
)
def test_rows_hold_short_values_or_mean_nothing(rows):
    """What is not checked value by value when it comes is of plain types all the same."""
    with pytest.raises(ValuesError):
        decode(["list", {"rows": rows}])


def test_many_rows_count_as_many_values():
    """Also where no value is looked at alone."""
    rows = [(n,) for n in range(9_999)]
    assert Encoder(lambda value: ["handle", 1]).whole([list(rows) for _ in range(30)]) == ["handle", 1]


def test_an_array_does_not_wait_for_pandas():
    """Where nobody has imported it, that costs more than all the checks of a task; a frame needs it."""
    told = "import sys; from autograder.values import decode; decode({!r}); print('pandas' in sys.modules)"
    for value, expected in ((np.arange(3), "False"), (pd.DataFrame({"a": [1]}), "True")):
        code = [sys.executable, "-c", told.format(encode(value))]
        assert subprocess.run(code, capture_output=True, text=True, check=True).stdout.strip() == expected
