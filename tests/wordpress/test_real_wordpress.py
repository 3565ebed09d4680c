"""A real WordPress, read through each of its doors; the tests follow on one another and share the one site."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from corpus.article import Article
from corpus.errors import Unavailable
from corpus.library import Library
from corpus.records import Outcome, Run
from ingest.fetch import Fetcher, WebOptions
from ingest.run import Rules, run_ingest
from ingest.sources.wordpress import WordPressSource
from tests.wordpress.conftest import WordPress, sizes
from tests.wordpress.essays import COUNT, blocks, essay, essays, language_of

WEB = WebOptions(private_hosts=("127.0.0.1",))
# a Chinese character is a word, and so is a run of letters and digits
WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
THEME = re.compile(
    r"proudly powered|wordpress|harbour notes|a tagline of the theme|leave a (?:comment|reply)|your email address"
    r"|skip to content|posted (?:in|by|on)|search|recent (?:posts|comments)|read more",
    re.IGNORECASE,
)


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[str], None]]:
    """Lines of figures that a reader of the run sees."""
    lines: list[str] = []
    yield lines.append
    with capsys.disabled():
        for line in lines:
            print(f"\n    {line}", end="")  # noqa: T201 (it is what the test reports)


def ingest(library: Library, *sources: Any, **web: Any) -> Run:
    run = run_ingest(library, sources, rules=Rules(web=replace(WEB, **web)))
    assert run.error is None
    return run


def outcomes(run: Run) -> dict[str, int]:
    return {name: count for name, count in run.counts.items() if count and name != "seen"}


def read(library: Library) -> dict[str, Article]:
    """The articles by their addresses."""
    return {str(article.url): article for article in library.articles()}


def rest(wordpress: WordPress, *, api: str = "/wp-json/", **options: Any) -> WordPressSource:
    web = replace(WEB, **options)
    return WordPressSource(wordpress.url, wordpress.url + api, Fetcher(wordpress.url, web), web)


def test_250_posts_in_two_languages_come_with_all_that_is_known_of_them(
    wordpress: WordPress, library: Library, report: Callable[[str], None]
) -> None:
    before = len(wordpress.requests())
    started = perf_counter()
    run = ingest(library, wordpress.url)
    taken = perf_counter() - started
    assert outcomes(run) == {"added": COUNT}
    requests, size = sizes(wordpress.requests()[before:])
    report(f"first run: {taken:.1f} s, {requests} requests, {size:,} bytes")
    held = {article.title: article for article in library.articles()}
    for number, given in enumerate(essays(), start=1):
        article = held[given["title"]]
        assert (article.language, article.author) == (language_of(number), given["author"])
        assert article.categories == (*given["categories"], *given["tags"])
        assert utc(article.published) == given["published"]
        assert utc(article.modified) == given["modified"]
        assert shared(WORD.findall(plain(given["content"])), WORD.findall(article.text)) >= (0.99, 0.99)
        assert not THEME.search(article.text)
    summer = next(article for article in held.values() if "2024-07" in str(article.published))
    assert str(summer.published).endswith("+01:00")


def test_the_next_run_does_just_what_was_done_on_the_site(
    wordpress: WordPress, library: Library, report: Callable[[str], None]
) -> None:
    ingest(library, wordpress.url)
    first = sizes(wordpress.requests())
    assert outcomes(ingest(library, wordpress.url)) == {"kept": COUNT}
    second = sizes(wordpress.requests())
    held = {article.title: article.id for article in library.articles()}
    named = {number: held[essay(number)["title"]] for number in range(1, 11)}
    ids = dict(enumerate(wordpress.ids, start=1))
    edited, trashed, deleted, hidden, locked = (1, 2, 3), (4, 5), 6, 7, 8
    wordpress.apply(
        *({"do": "edit", "id": ids[number], "fields": {"post_content": blocks(1000 + number)}} for number in edited),
        *({"do": "trash", "id": ids[number]} for number in trashed),
        {"do": "delete", "id": ids[deleted]},
        {"do": "edit", "id": ids[hidden], "fields": {"post_status": "private"}},
        {"do": "edit", "id": ids[locked], "fields": {"post_password": "sesame"}},
        *essays(COUNT + 1, 4),
    )
    started = perf_counter()
    run = ingest(library, wordpress.url)
    taken = perf_counter() - started
    third = sizes(wordpress.requests())
    by_outcome = {
        outcome: {item.article_id for item in run.items if item.outcome is outcome} - {None} for outcome in Outcome
    }
    assert by_outcome[Outcome.CHANGED] == {named[number] for number in edited}
    assert by_outcome[Outcome.WITHDRAWN] == {named[number] for number in (*trashed, deleted, hidden, locked)}
    assert outcomes(run) == {"added": 4, "changed": 3, "withdrawn": 5, "kept": COUNT - 8}
    reasons = Counter(item.reason for item in run.items if item.outcome is Outcome.WITHDRAWN)
    assert reasons == {
        "no longer public: trashed, private or a draft": 3,
        "deleted from the site": 1,
        "protected by a password": 1,
    }
    assert library.count() == COUNT - 5 + 4
    assert all("sesame" not in article.text for article in library.articles())
    asked, size = third[0] - second[0], third[1] - second[1]
    report(f"nothing changed: {second[0] - first[0]} requests, {second[1] - first[1]:,} bytes")
    report(f"3 edited, 4 added, 5 gone: {taken:.1f} s, {asked} requests, {size:,} bytes")
    assert asked <= 14
    assert outcomes(ingest(library, wordpress.url))["kept"] == COUNT - 5 + 4


@pytest.mark.parametrize(
    "api", [pytest.param("/?rest_route=/", id="plain"), pytest.param("/index.php?rest_route=/", id="index")]
)
def test_the_other_forms_of_address_give_the_same(wordpress: WordPress, library: Library, api: str) -> None:
    ingest(library, rest(wordpress))
    run = ingest(library, rest(wordpress, api=api))
    assert outcomes(run) == {"kept": library.count(), **({"refused": 1} if run.counts["refused"] else {})}


def test_drafts_come_with_an_application_password_alone(wordpress: WordPress, library: Library) -> None:
    draft = {**essay(400), "status": "draft", "title": "A draft of the harbour"}
    (number,) = wordpress.apply(draft)
    (password,) = wordpress.apply({"do": "application password"})
    asked = {"post_statuses": ("draft",)}
    for options in (asked, {**asked, "user": "admin", "password": "not this one"}):
        with pytest.raises(Unavailable, match="application password"):
            list(rest(wordpress, **options).posts({}))
    run = ingest(library, rest(wordpress, **asked, user="admin", password=password))
    assert outcomes(run) == {"added": 1}
    (article,) = library.articles()
    assert (article.title, article.url) == ("A draft of the harbour", None)
    wordpress.apply({"do": "trash", "id": number})
    run = ingest(library, rest(wordpress, **asked, user="admin", password=password))
    assert [item.reason for item in run.items] == ["in the trash"]


def test_pages_come_where_they_are_asked_for(wordpress: WordPress, library: Library) -> None:
    (number,) = wordpress.apply({**essay(255), "type": "page", "title": "About the harbour"})
    run = ingest(library, rest(wordpress, post_types=("pages",)))
    assert [item.title for item in run.items] == ["About the harbour"]
    wordpress.apply({"do": "delete", "id": number})
    run = ingest(library, rest(wordpress, post_types=("pages",)))
    assert (outcomes(run), library.count()) == ({"withdrawn": 1}, 0)


@pytest.mark.parametrize("door", ["feed", "sitemap", "export"])
def test_every_door_gives_the_same_texts_and_none_of_the_theme(
    wordpress: WordPress,
    tmp_path: Path,
    open_stub: Callable[[Path], Library],
    report: Callable[[str], None],
    door: str,
) -> None:
    by_rest, by_door = open_stub(tmp_path / "rest"), open_stub(tmp_path / door)
    ingest(by_rest, rest(wordpress))
    started = perf_counter()
    match door:
        case "feed":
            ingest(by_door, f"{wordpress.url}/feed/")
        case "sitemap":
            ingest(by_door, f"{wordpress.url}/wp-sitemap.xml")
        case _:
            ingest(by_door, str(wordpress.export(tmp_path / "export.xml")))
    taken = perf_counter() - started
    expected, found = read(by_rest), read(by_door)
    assert set(expected) - set(found) == set()
    shares = {url: shared(words(expected[url]), words(found[url])) for url in expected}
    kept, own = (min(share[side] for share in shares.values()) for side in (0, 1))
    report(f"{door}: {len(found)} articles in {taken:.1f} s, at least {kept:.3f} of the words there, {own:.3f} its own")
    assert {url: share for url, share in shares.items() if min(share) < 0.95} == {}
    assert [article.title for article in found.values() if THEME.search(article.text)] == []
    assert set(found) - set(expected) == set()


@pytest.mark.parametrize("door", ["feed", "export"])
def test_what_came_over_rest_is_the_same_article_through_another_door(
    wordpress: WordPress, tmp_path: Path, library: Library, door: str
) -> None:
    ingest(library, rest(wordpress))
    before = read(library)
    place = f"{wordpress.url}/feed/" if door == "feed" else str(wordpress.export(tmp_path / "export.xml"))
    run = ingest(library, place)
    assert outcomes(run).keys() <= {"kept", "refused"}
    assert read(library) == before


def words(article: Article) -> list[str]:
    return WORD.findall(article.text)


def shared(one: list[str], other: list[str]) -> tuple[float, float]:
    """What share of the words of each the other holds as well."""
    both = (Counter(one) & Counter(other)).total()
    return both / len(one), both / len(other)


def plain(content: str) -> str:
    """The words of stored content, without marks, shortcodes and buttons."""
    content = re.sub(r"<!--.*?-->|<a [^>]*>Read more</a>|\[/?caption[^\]]*\]", " ", content)
    return re.sub(r"<[^>]+>", " ", content)


def utc(time: str | None) -> str:
    """A time in UTC as WordPress writes it."""
    return f"{datetime.fromisoformat(str(time)).astimezone(UTC):%Y-%m-%d %H:%M:%S}"
