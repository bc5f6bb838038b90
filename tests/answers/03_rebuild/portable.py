# %% line by line
import re


def portable(text, missing):
    lines = []
    for line in text.splitlines():
        found = re.fullmatch(r"  - ([^=\s:]+)=([^=\s]+)=\S+", line)
        if line.startswith("prefix:") or (found and found[1] in missing):
            continue
        lines.append(f"  - {found[1]}={found[2]}" if found else line)
    return "\n".join(lines) + "\n"


# %% the YAML, as JSON, which is YAML as well
import json

import yaml


def portable(text, missing):
    found = yaml.safe_load(text)
    lines = []
    for line in found["dependencies"]:
        if isinstance(line, str):
            name, version, _ = line.split("=")
            if name in missing:
                continue
            line = f"{name}={version}"
        lines.append(line)
    return json.dumps({"name": found["name"], "channels": found["channels"], "dependencies": lines})


# %% the requests of rattler
import yaml
from rattler import MatchSpec


def portable(text, missing):
    found = yaml.safe_load(text)
    asked = [line for line in found["dependencies"] if not isinstance(line, str)]
    for line in found["dependencies"]:
        if isinstance(line, str) and MatchSpec(line).name.normalized not in missing:
            asked.append(line.rpartition("=")[0].replace("=", " =="))
    del found["prefix"]
    return yaml.safe_dump({**found, "dependencies": asked})


# %% keeps builds  fails=["portable_solves"]
import yaml


def portable(text, missing):
    found = yaml.safe_load(text)
    found.pop("prefix", None)
    found["dependencies"] = [
        line for line in found["dependencies"] if isinstance(line, dict) or line.split("=")[0] not in missing
    ]
    return yaml.safe_dump(found, sort_keys=False)


# %% keeps the prefix  fails=["portable_prefix"]
import yaml


def portable(text, missing):
    found = yaml.safe_load(text)
    kept = [line for line in found["dependencies"] if isinstance(line, dict) or line.split("=")[0] not in missing]
    found["dependencies"] = [line if isinstance(line, dict) else "=".join(line.split("=")[:2]) for line in kept]
    return yaml.safe_dump(found, sort_keys=False)


# %% drops versions as well  fails=["portable_versions"]
import yaml


def portable(text, missing):
    found = yaml.safe_load(text)
    found.pop("prefix", None)
    kept = [line for line in found["dependencies"] if isinstance(line, dict) or line.split("=")[0] not in missing]
    found["dependencies"] = [line if isinstance(line, dict) else line.split("=")[0] for line in kept]
    return yaml.safe_dump(found, sort_keys=False)


# %% asks for at least the version  fails=["portable_versions"]
import yaml


def portable(text, missing):
    found = yaml.safe_load(text)
    found.pop("prefix", None)
    kept = [line for line in found["dependencies"] if isinstance(line, dict) or line.split("=")[0] not in missing]
    found["dependencies"] = [line if isinstance(line, dict) else ">=".join(line.split("=")[:2]) for line in kept]
    return yaml.safe_dump(found, sort_keys=False)


# %% loses the section of pip  fails=["portable_pip"]
import yaml


def portable(text, missing):
    found = yaml.safe_load(text)
    found.pop("prefix", None)
    kept = [line for line in found["dependencies"] if isinstance(line, str) and line.split("=")[0] not in missing]
    found["dependencies"] = ["=".join(line.split("=")[:2]) for line in kept]
    return yaml.safe_dump(found, sort_keys=False)


# %% takes the lines of pip apart as well  fails=["portable_pip"]
def portable(text, missing):
    lines = []
    for line in text.splitlines():
        if line.startswith("prefix:"):
            continue
        if "=" in line:
            if line.strip("- ").split("=")[0] in missing:
                continue
            line = "=".join(line.split("=")[:2])
        lines.append(line)
    return "\n".join(lines)


# %% takes what is missing out of pip's list, too  fails=["portable_pip"]
import re


def portable(text, missing):
    lines = [line for line in text.splitlines() if not line.startswith("prefix:")]
    lines = [line for line in lines if re.split("[= ]", line.strip("- "))[0] not in missing]
    return "\n".join(re.sub(r"^(  - [^=\s]+=[^=\s]+)=\S+$", r"\1", line) for line in lines)


# %% keeps the packages of one platform  fails=["portable_solves", "portable_versions"]
import yaml


def portable(text, missing):
    found = yaml.safe_load(text)
    found.pop("prefix", None)
    lines = found["dependencies"]
    found["dependencies"] = [line if isinstance(line, dict) else "=".join(line.split("=")[:2]) for line in lines]
    return yaml.safe_dump(found, sort_keys=False)


# %% drops each line in which a missing name stands  fails=["portable_versions", "portable_pip"]
import re


def portable(text, missing):
    lines = [line for line in text.splitlines() if not line.startswith("prefix:")]
    lines = [line for line in lines if not any(name in line for name in missing)]
    return "\n".join(re.sub(r"^(  - [^=\s]+=[^=\s]+)=\S+$", r"\1", line) for line in lines)


# %% drops each line with the word prefix  fails=["portable_versions", "portable_prefix", "portable_pip"]
import re


def portable(text, missing):
    lines = [line for line in text.splitlines() if "prefix" not in line]
    lines = [line for line in lines if not line.startswith("  - ") or line[4:].split("=")[0] not in missing]
    return "\n".join(re.sub(r"^(  - [^=\s]+=[^=\s]+)=\S+$", r"\1", line) for line in lines)


# %% keeps pandas, python and nothing else  fails=["portable_versions", "portable_prefix", "portable_pip"]
import yaml


def portable(text, missing):
    found = yaml.safe_load(text)
    wanted = [
        line for line in found["dependencies"] if isinstance(line, str) and line.startswith(("pandas", "python="))
    ]
    return yaml.safe_dump({"dependencies": ["=".join(line.split("=")[:2]) for line in wanted]})


# %% returns what it read, not a text  fails=["portable_solves", "portable_versions", "portable_prefix", "portable_pip"]
import yaml


def portable(text, missing):
    found = yaml.safe_load(text)
    found.pop("prefix", None)
    kept = [line for line in found["dependencies"] if isinstance(line, dict) or line.split("=")[0] not in missing]
    found["dependencies"] = [line if isinstance(line, dict) else "=".join(line.split("=")[:2]) for line in kept]
    return found


# %% loses name and channels  fails=["portable_prefix"]
import yaml


def portable(text, missing):
    found = yaml.safe_load(text)
    kept = [line for line in found["dependencies"] if isinstance(line, dict) or line.split("=")[0] not in missing]
    lines = [line if isinstance(line, dict) else "=".join(line.split("=")[:2]) for line in kept]
    return yaml.safe_dump({"dependencies": lines})


# %% takes every dependency for a text  fails=["portable_versions", "portable_prefix", "portable_pip"]
import yaml


def portable(text, missing):
    parts = yaml.safe_load(text)
    del parts["prefix"]
    kept = []
    for line in parts["dependencies"]:
        name, version, *_ = line.split("=")
        if name not in missing:
            kept.append(f"{name}={version}")
    return yaml.safe_dump({**parts, "dependencies": kept})
