"""The articles of the killed libraries: each has two versions that share no paragraph, so that any mixture shows."""

import hashlib
import random
from collections.abc import Mapping
from pathlib import Path

State = Mapping[str, str | None]
"""Each article's version, ``a`` or ``b``, or None where it is not held."""

NAMES = tuple("Abrin Belmar Corvel Dunwick Elspar Fenmoor Garlow Hestia Ibrin Jarrow Keldan Lomond".split())
ANCHORS = NAMES[:4]  # never withdrawn: in either version there is an answer to a question about them
VERSIONS = ("a", "b")
_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrtv")
_SYLLABLES = "ba de fi go ku la me ni po ru sa te vi zo".split()


def marker(name: str, version: str) -> str:
    """Return a word that stands in every paragraph of this version and in no other, and that no stemmer shortens."""
    digits = hashlib.sha256(f"{name} {version}".encode()).hexdigest()[:12]
    return f"x{digits.translate(_LETTERS)}q"


def turbines(name: str, version: str) -> int:
    """Return the number that this version answers ``question`` with."""
    return 100 + 2 * NAMES.index(name) + VERSIONS.index(version)


def question(name: str) -> str:
    return f"How many turbines does the {name} power station hold?"


def address(name: str) -> str:
    return f"https://stations.example/{name.lower()}"


def page(name: str, version: str) -> str:
    """Return one version of an article as Markdown; the versions differ in length as well."""
    words = random.Random(f"{name} {version}")

    def prose(count: int) -> str:
        made = ("".join(words.choices(_SYLLABLES, k=words.randint(2, 4))) for _ in range(count))
        return f"{' '.join(made)} {marker(name, version)}."

    paragraphs = [
        f"## Part {number} {marker(name, version)}\n\nThe {prose(60)}\n\nIts {prose(70)}"
        for number in range(3 if version == "a" else 5)
    ]
    head = f"---\ntitle: The {name} power station\npublished: 2025-03-0{1 + VERSIONS.index(version)}\n"
    lead = f"The {name} power station holds {turbines(name, version)} turbines, says {marker(name, version)}."
    return "\n\n".join([f"{head}url: {address(name)}\n---\n{lead}", *paragraphs]) + "\n"


def write_posts(folder: Path, state: State) -> None:
    """Make a folder hold the posts of a state and no other."""
    folder.mkdir(exist_ok=True)
    for name in NAMES:
        path, version = folder / f"{name.lower()}.md", state.get(name)
        if version:
            path.write_text(page(name, version), encoding="utf-8")
        else:
            path.unlink(missing_ok=True)


def another(state: State, rng: random.Random) -> State:
    """Choose what the articles become: most get their other version, some go, some that are gone come back."""
    chosen: dict[str, str | None] = {}
    for name in NAMES:
        other = "b" if state.get(name) == "a" else "a"
        gone = name not in ANCHORS and rng.random() < 0.25
        chosen[name] = None if gone else other if rng.random() < 0.8 else state.get(name)
    return chosen
