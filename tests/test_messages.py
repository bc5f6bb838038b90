"""Messages to the trusted processes arrive as they were sent, with their descriptors, or not at all."""

import os
import socket
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.sandbox.messages import receive, send

PLAIN = st.none() | st.booleans() | st.integers() | st.text()
MESSAGES = st.dictionaries(st.text(), PLAIN | st.lists(PLAIN, max_size=3), max_size=3)


@settings(max_examples=50)
@given(st.lists(st.tuples(MESSAGES, st.binary()), min_size=1, max_size=3))
def test_messages_arrive_in_order_and_whole(sent):
    """Any JSON object with any payload."""
    one, other = socket.socketpair()
    with one, other:
        for message, payload in sent:
            send(one, message, payload)
        assert [receive(other) for _ in sent] == [(message, payload, []) for message, payload in sent]


def test_a_payload_may_be_larger_than_any_buffer():
    """It is sent in parts, and put together again."""
    one, other = socket.socketpair()
    payload = os.urandom(5_000_000)
    with one, other:
        thread = threading.Thread(target=send, args=(one, {"a": 1}, payload))
        thread.start()
        assert receive(other) == ({"a": 1}, payload, [])
        thread.join()


def test_descriptors_travel_with_their_message():
    """Each arrives with the message that it was sent with, open, and is not passed on to programs."""
    one, other = socket.socketpair()
    with one, other:
        for word in (b"first", b"second"):
            read, write = os.pipe()
            os.write(write, word)
            os.close(write)
            send(one, {}, b"x" * 100, [read])
            os.close(read)
        for word in (b"first", b"second"):
            _, _, (descriptor,) = receive(other)
            assert not os.get_inheritable(descriptor)
            assert os.read(descriptor, 10) == word
            os.close(descriptor)


def test_the_end_of_a_channel_is_an_error():
    """Between two messages, and in the midst of one."""
    for part in (b"", b"\0\0", b"\0\0\0\5" + bytes(8) + b"{}"):
        one, other = socket.socketpair()
        with other:
            one.sendall(part)
            one.close()
            with pytest.raises(EOFError):
                receive(other)
