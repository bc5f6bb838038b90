"""Frames within bounds, whatever the other side sends."""

import json
import socket
import struct
import threading
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import channel
from autograder.channel import Channel, Closed, Garbled, Late, TooLarge, parse

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=8,
)


@pytest.fixture
def ends():
    """A channel, and the bare socket at its other end."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours), theirs


def frame(body: bytes) -> bytes:
    """A frame with this body."""
    return struct.pack(">I", len(body)) + body


def soon() -> float:
    """A deadline."""
    return time.monotonic() + 20


@given(st.dictionaries(st.text(), json_values, max_size=3))
def test_a_message_arrives_as_it_was_sent(message):
    """Any object of JSON, also with half of a surrogate pair in a text."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        Channel(ours).send(message)
        assert message == Channel(theirs).receive(soon())


def test_a_large_message_arrives_in_parts(ends):
    """A socket takes far less at once than a frame holds."""
    ours, theirs = ends
    message = {"text": "x" * (channel.MAX_FRAME - 100)}
    writer = threading.Thread(target=ours.send, args=(message,))
    writer.start()
    assert message == Channel(theirs).receive(soon())
    writer.join()


def test_too_large_a_message_is_not_sent(ends):
    """The channel goes on."""
    ours, theirs = ends
    with pytest.raises(TooLarge, match="at most 8,000,000"):
        ours.send({"text": "x" * channel.MAX_FRAME})
    ours.send({"a": 1})
    assert Channel(theirs).receive(soon()) == {"a": 1}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"7",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a":',
        b"\xff\xfe",
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a":' + b'{"a":' * 60 + b"1" + b"}" * 61,
        b'{"a":[' + b"0," * 1_000_001 + b"0]}",
        b"[" * 60 + b'"' + b'\\"' * 1_000_000,
        b'"' * 1_000_001,
    ],
    ids=lambda body: repr(body[:20]),
)
def test_a_frame_without_an_object_in_bounds_is_garbled(body):
    """Depth and number of parts are looked at before anything is built."""
    with pytest.raises(Garbled):
        parse(body)


@given(st.binary(max_size=200))
def test_no_bytes_do_anything_but_fail(body):
    """A dict, or Garbled."""
    with suppress(Garbled):
        assert isinstance(parse(body), dict)


def test_brackets_and_commas_in_texts_do_not_count():
    """A text file of numbers is one part."""
    text = "[,{" * 500_000
    assert {"a": text, "b": '\\"['} == parse(json.dumps({"a": text, "b": '\\"['}).encode())


def test_a_length_beyond_the_bound_is_refused_at_once(ends):
    """Nothing of so long a frame is read or waited for."""
    ours, theirs = ends
    theirs.sendall(struct.pack(">I", 2**32 - 1))
    with pytest.raises(Garbled, match="4,294,967,295 bytes"):
        ours.receive(soon())


@pytest.mark.parametrize("sent", [b"", b"\x00\x00", frame(b'{"re": 1}')[:-1]])
def test_silence_is_late_and_hanging_up_is_closed(ends, sent):
    """Also in the middle of a frame."""
    ours, theirs = ends
    theirs.sendall(sent)
    with pytest.raises(Late):
        ours.receive(time.monotonic() + 0.05)
    theirs.sendall(sent)
    theirs.close()
    with pytest.raises((Closed, Garbled)):
        ours.receive(soon())


def test_a_drip_does_not_move_the_deadline(ends):
    """A byte now and then is no answer."""
    ours, theirs = ends
    stop = threading.Event()

    def drip():
        for byte in frame(b'{"a": "' + b"x" * 10_000 + b'"}'):
            if stop.wait(0.01):
                return
            theirs.send(bytes([byte]))

    dripping = threading.Thread(target=drip)
    dripping.start()
    with pytest.raises(Late):
        ours.receive(time.monotonic() + 0.3)
    stop.set()
    dripping.join()


def test_one_who_does_not_read_is_late(ends):
    """Sending has a deadline, too."""
    ours, _ = ends
    with pytest.raises(Late):
        ours.send({"text": "x" * 5_000_000}, time.monotonic() + 0.2)


@pytest.mark.parametrize("reply", [{}, {"re": 2}, {"re": "1"}, {"re": None}, {"re": [1]}])
def test_a_reply_belongs_to_its_request(ends, reply):
    """One that was prepared beforehand, or is left over, is none."""
    ours, theirs = ends
    theirs.sendall(frame(json.dumps(reply).encode()))
    with pytest.raises(Garbled):
        ours.ask({"op": "x"}, soon())


def test_requests_are_numbered(ends):
    """Rising from one."""
    ours, theirs = ends
    other = Channel(theirs)
    theirs.sendall(frame(b'{"re": 1}') + frame(b'{"re": 2}'))
    assert [ours.ask({"op": "x"}, soon()), ours.ask({"op": "x"}, soon())] == [{"re": 1}, {"re": 2}]
    assert [other.receive(soon())["id"], other.receive(soon())["id"]] == [1, 2]
