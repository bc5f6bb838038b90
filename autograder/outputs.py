"""What the student's side claims that a cell showed, made anew as output dicts that nbformat accepts."""

from __future__ import annotations

import json
import re
from typing import Any

MAX_OUTPUTS = 1_000
MAX_CHARACTERS = 4_000_000
MAX_COUNT = 1_000_000
CUT = {"output_type": "stream", "name": "stderr", "text": "… the rest of this cell's output was cut off.\n"}
_MIME = re.compile(r"[a-zA-Z0-9]+/[a-zA-Z0-9.+-]{1,100}")


def accepted(claims: Any) -> list[dict[str, Any]]:
    """The outputs among `claims`, of known form and within bounds; whatever else there is, is left out."""
    found, size = [], 0
    for claim in claims if isinstance(claims, list) else []:
        output = _accepted(claim) if isinstance(claim, dict) else None
        if output is None:
            continue
        size += len(json.dumps(output))
        if size > MAX_CHARACTERS or len(found) >= MAX_OUTPUTS:
            return [*found, dict(CUT)]
        found.append(output)
    return found


def _accepted(claim: dict[str, Any]) -> dict[str, Any] | None:
    match claim:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text)}:
            return {"output_type": "stream", "name": name, "text": clean(text)}
        case {"output_type": "display_data", "data": dict(data)}:
            return {"output_type": "display_data", "data": _bundle(data), "metadata": {}}
        case {"output_type": "execute_result", "data": dict(data), "execution_count": int(count)}:
            number = min(max(int(count), 0), MAX_COUNT)
            return {"output_type": "execute_result", "data": _bundle(data), "metadata": {}, "execution_count": number}
        case {"output_type": "error", "ename": str(name), "evalue": str(value), "traceback": list(lines)}:
            lines = [clean(line) for line in lines if isinstance(line, str)]
            return {"output_type": "error", "ename": clean(name), "evalue": clean(value), "traceback": lines}
    return None


def _bundle(data: dict[str, Any]) -> dict[str, Any]:
    """A display in its MIME types: text, and JSON under the types that are JSON."""
    known = {mime: value for mime, value in data.items() if _MIME.fullmatch(mime)}
    return {mime: clean(v) for mime, v in known.items() if isinstance(v, str) or mime.endswith("json")}


def clean(value: Any) -> Any:
    """JSON whose texts can be written to a file: half of a surrogate pair is no text."""
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
