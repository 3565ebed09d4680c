"""What has to hold after every kill, once the library was started again."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.article import Article, Passage
from ingest.clean import clean
from ingest.post import Post
from ingest.split import split
from service.answer import Answer
from service.diagnosis.soundness import inspect
from service.settings import Settings
from service.wiring import Services, open_services
from tests.corpus.examples import holding
from tests.corpus.looks import encoded, look_up, of_identity
from tests.kill.world import NAMES, VERSIONS, address, marker, page, question, turbines


@dataclass(frozen=True)
class Wanted:
    """The versions that each article may be in, and about which ones to ask, the first at once after the start."""

    allowed: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    asked: Sequence[str] = NAMES


@functools.cache
def known(name: str, version: str) -> tuple[Article, list[Passage]]:
    """Return one version of an article as an ingest makes it."""
    post = Post(address=f"posts/{name.lower()}.md", body=page(name, version).encode(), media_type="text/markdown")
    article = clean(post, source="posts").article
    return article, split(article)


def look(settings: Settings, wanted: Wanted) -> dict[str, Any]:
    """Start the library and check all that a person could rely on; return what it holds. Raises AssertionError."""
    services = open_services(settings)
    try:
        answers = [services.assistant.ask(question(name)) for name in wanted.asked]
        found = {name: version_of(services, name) for name in NAMES}
        for name in NAMES:
            assert found[name] in wanted.allowed.get(name, (found[name],)), f"{name} is {found[name]}"
        for name, answer in zip(wanted.asked, answers, strict=True):
            check_answer(services, answer, name, found[name])
        check_stores(services, found)
        runs = services.library.ledger.runs()
    finally:
        services.close()
    checked = inspect(settings)
    assert checked.sound, f"verify finds {checked}"
    check_bytes(settings.data_dir, found)
    assert all(run.finished for run in runs), "a run seems to go on"
    return {"state": found, "interrupted": sum("interrupted" in (run.error or "") for run in runs)}


def version_of(services: Services, name: str) -> str | None:
    """Return which version of an article is live, all of it; raises AssertionError for anything in between."""
    library = services.library
    live = of_identity(library, address(name))
    if live is None:
        return None
    for version in VERSIONS:
        article, passages = known(name, version)
        if marker(name, version) in live.text:
            assert seen(live) == seen(article), f"{name} is not {version} as it was written"
            held = [passage for _, passage in library._catalogue.passages_of(live.id)]
            assert [part(p) for p in held] == [part(p) for p in passages], f"{name} has other passages than {version}"
            return version
    raise AssertionError(f"{name} is neither version: {live.text[:200]}")


def seen(article: Article) -> tuple[Any, ...]:
    return article.title, article.text, article.blocks, article.url, article.published, article.language


def part(passage: Passage) -> tuple[Any, ...]:
    return passage.ordinal, passage.span, passage.text, passage.headings, passage.sentences


def check_answer(services: Services, answer: Answer, asked: str, version: str | None) -> None:
    """Hold each quote against its article, and the answer's number against the version that is live."""
    for citation in answer.citations:
        article = services.library.article(citation.article.id)
        assert article is not None, f"{citation.article.id} is cited and not there"
        assert article.text[citation.start : citation.end] == citation.quote
    numbers = {v: f"{turbines(asked, v)} turbines" for v in VERSIONS}
    shown = {v for v, number in numbers.items() if number in answer.text}
    assert shown == ({version} if version else set()), f"{asked} is {version}, and the answer is '{answer.text}'"


def check_stores(services: Services, found: Mapping[str, str | None]) -> None:
    """Compare the stores with each other and with what is live."""
    library = services.library
    checked = library.verify()
    assert checked.sound, f"after the start: {checked}"
    assert checked.articles == sum(version is not None for version in found.values())
    assert library._catalogue.leftovers() == []
    assert not library.outdated, "another model than the one that is set is in use"
    live = library._catalogue.live_ids()
    vectors = encoded(library, list(live.values()))
    assert vectors.keys() == set(live.values()), "passages without vectors"
    for passage_id, key in live.items():
        [best] = look_up(library, vectors[key].vector, 1)
        assert best.passage.id == passage_id, f"{passage_id} is not found by its own vector"
    for name in NAMES:
        for version in VERSIONS:
            held = holding(library, marker(name, version))
            assert bool(held) == (found[name] == version), f"{name} {version} is {'still' if held else 'not'} found"
    folders = [path.name for path in library._shelf._folder.iterdir() if path.name != "current"]
    assert len(folders) == 1, f"beside the index lie {folders}"


def check_bytes(data_dir: Path, found: Mapping[str, str | None]) -> None:
    """Promise 5: of what is withdrawn no word is left in any file.

    But for one: Chroma begins each index by writing out memory that it never filled, where anything may stand that
    its process had read.
    """
    held = {
        path: path.read_bytes() for path in data_dir.rglob("*") if path.is_file() and path.name != "data_level0.bin"
    }
    for name in NAMES:
        if found[name] is None:
            for version in VERSIONS:
                word = marker(name, version)[4:].encode()  # full-text indexes share the beginnings of words
                places = [str(path.relative_to(data_dir)) for path, data in held.items() if word in data]
                assert not places, f"{name} is withdrawn, and its words are still in {places}"
