"""Replaces the function by which the grader's own code beside it answers: replies that mean nothing, one after the other."""

# %% square
import itertools

from autograder.channel import Channel

send = Channel.send
deep = []
for _ in range(40):
    deep = [deep]
NONSENSE = itertools.cycle(
    [
        {"ok": True, "value": ["given", -1]},
        {"ok": True, "value": ["handle", "1", [], []]},
        {"ok": True, "value": ["ndarray", "object", [2**40], ""]},
        {"ok": True, "value": deep},
        {"ok": False, "raised": ["raised", ["autograder.raised:StudentGone", "builtins:SystemExit"], "", None]},
        {"ok": False, "raised": 9},
        {"ok": "yes", "value": 9, "back": [[0, ["list", 1]]]},
        {"ok": True, "value": 9, "news": [[0, "__class__", ["list"]]]},
        {"ok": True, "value": 9, "stdout": ["x"], "opened": {"a": 1}},
        {},
    ]
)


def lie(self, message, *rest):
    return send(self, {"re": message["re"], **next(NONSENSE)} if "ok" in message else message, *rest)


Channel.send = lie


def square(x):
    return x


# %% behind="square_hidden"
Channel.send = send
