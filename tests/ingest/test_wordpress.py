import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from corpus.errors import Unavailable
from ingest.clean import clean
from ingest.fetch import Fetcher, FetchLimits, Reply, WebOptions
from ingest.post import Gone, Item, Post, Refused, Remembered, Unchanged
from ingest.run import run_ingest
from ingest.sources.wordpress import WordPressSource
from ingest.sources.wordpress_api import WordPressApi, read_json
from tests.ingest.wordpress_site import Site, running


@pytest.fixture
def site() -> Iterator[Site]:
    with running(Site()) as served:
        yield served


def source(site: Site, *, api: str = "", user: str | None = None, **options: Any) -> WordPressSource:
    password = site.users.get(user) if user else None
    web = WebOptions(user=user, password=password, private_hosts=("127.0.0.1",), **options)
    fetch = Fetcher(site.url, web, limits=FetchLimits(attempts=1))
    return WordPressSource(site.url + "/", api or site.pretty, fetch, web)


def read(site: Site, known: Mapping[str, Remembered] | None = None, **options: Any) -> list[Item]:
    """One run; the log holds its requests alone."""
    site.log.clear()
    return list(source(site, **options).posts(known or {}))


def remembered(items: list[Item], known: Mapping[str, Remembered] | None = None) -> dict[str, Remembered]:
    """What a library knows after a run."""
    found = dict(known or {})
    for item in items:
        if isinstance(item, Post):
            found[item.key] = Remembered(f"article-{item.key}", item.marker)
        elif isinstance(item, Gone):
            found.pop(item.key)
    return found


class _Nowhere:
    def get(self, url: str, *, headers: Mapping[str, str] | None = None, private: bool = False) -> Reply:
        raise AssertionError(f"nothing is to be fetched: {url}")


def until_it_breaks(reading: WordPressSource, known: Mapping[str, Remembered]) -> tuple[list[Item], str]:
    """What a source gave before it broke off, and why it did."""
    items: list[Item] = []
    try:
        items.extend(reading.posts(known))
    except Unavailable as error:
        return items, str(error)
    return items, ""


def kinds(items: list[Item]) -> Counter[str]:
    return Counter(type(item).__name__ for item in items)


def keys(items: list[Item], kind: type) -> list[str]:
    return [item.key for item in items if isinstance(item, kind)]


def reasons(items: list[Item], kind: type[Gone] | type[Refused]) -> dict[str, str]:
    return {item.key: item.reason for item in items if isinstance(item, kind)}


def only(items: list[Item]) -> Post:
    (item,) = items
    assert isinstance(item, Post)
    return item


def fill(site: Site, count: int, **fields: Any) -> None:
    for number in range(1, count + 1):
        site.add(number, **fields)


# what a post says of itself


def test_a_post_with_all_that_the_site_knows_of_it(site: Site) -> None:
    site.zone = timedelta(hours=8)
    terms = [
        [
            {"taxonomy": "category", "slug": "uncategorized", "name": "Uncategorized"},
            {"taxonomy": "category", "slug": "life", "name": "Life sciences &amp; more"},
        ],
        [{"taxonomy": "post_tag", "slug": "cro", "name": "CRO"}],
    ]
    embedded = {"author": [{"name": "Jane Roe"}, {"name": "李华"}, {"name": "Jane Roe"}], "wp:term": terms}
    site.add(
        7, "<h2>Head</h2><p>Some text.</p>", title={"rendered": "Valley &#8217; of <em>ideas</em>"}, _embedded=embedded
    )
    post = only(read(site))
    assert (post.key, post.marker, post.address) == ("post:7", "2024-01-22T09:30:00", f"{site.url}/essay-7/")
    article = clean(post)
    article = getattr(article, "article", article)
    assert (article.title, article.text) == ("Valley ’ of ideas", "Head\n\nSome text.")
    assert (article.author, article.categories) == ("Jane Roe, 李华", ("Life sciences & more", "CRO"))
    assert (article.published, article.modified) == ("2024-01-22T17:30:00+08:00", "2024-01-22T17:30:00+08:00")
    assert article.identity == f"{site.url}/essay-7"


@pytest.mark.parametrize(
    ("fields", "name", "expected"),
    [
        pytest.param(
            {"date": "2025-07-01T10:00:00", "date_gmt": "2025-07-01T04:30:00"},
            "published",
            "2025-07-01T10:00:00+05:30",
            id="half an hour of offset",
        ),
        pytest.param(
            {"date": "2025-11-20T09:30:00", "date_gmt": "2025-11-20T09:30:00"},
            "published",
            "2025-11-20T09:30:00+00:00",
            id="no offset",
        ),
        pytest.param(
            {"date": "2025-11-20T04:30:00", "date_gmt": "2025-11-20T09:30:00"},
            "published",
            "2025-11-20T04:30:00-05:00",
            id="west of Greenwich",
        ),
        pytest.param(
            {"date": "2025-11-20T09:30:00", "date_gmt": "0000-00-00T00:00:00"},
            "published",
            "2025-11-20T09:30:00",
            id="no date in UTC, so no offset",
        ),
        pytest.param({"date": "-0001-11-30T00:00:00", "date_gmt": None}, "published", None, id="no date at all"),
        pytest.param(
            {"date": "2020-01-01T00:00:00", "date_gmt": "2025-11-20T09:30:00"},
            "published",
            "2025-11-20T09:30:00+00:00",
            id="two dates that are not of one moment",
        ),
        pytest.param({"lang": "zh"}, "language", "zh", id="Polylang's field"),
        pytest.param({"wpml_current_locale": "zh_CN"}, "language", "zh_CN", id="WPML's field"),
        pytest.param({"lang": {"code": "zh"}}, "language", None, id="another plugin's field"),
        pytest.param(
            {"_embedded": {"wp:term": [[{"taxonomy": "language", "slug": "zh", "name": "中文"}]]}},
            "language",
            "zh",
            id="language as a term",
        ),
        pytest.param(
            {"_embedded": {"wp:term": [[{"taxonomy": "language", "slug": "zh", "name": "中文"}]]}},
            "categories",
            None,
            id="a language is no category",
        ),
        pytest.param(
            {"_embedded": {"wp:term": [[{"taxonomy": "category", "slug": "uncategorized-zh", "name": "未分类"}]]}},
            "categories",
            None,
            id="uncategorised in another language",
        ),
        pytest.param(
            {"_embedded": {"author": [{"code": "rest_user_invalid_id", "message": "Invalid."}]}},
            "author",
            None,
            id="a site that hides its users",
        ),
        pytest.param({"_embedded": "nothing"}, "author", None, id="nothing embedded"),
        pytest.param({"title": "Plain"}, "title", "Plain", id="a title that is no object"),
        pytest.param({"title": {"rendered": "\ud83d half"}}, "title", "half", id="half a character"),
        pytest.param({"link": "javascript:alert(1)"}, "url", None, id="a link that is no web address"),
    ],
)
def test_metadata(site: Site, fields: dict[str, Any], name: str, expected: object) -> None:
    site.add(1, **fields)
    assert only(read(site)).metadata.get(name) == expected


def test_a_draft_has_no_address_but_a_name_that_no_other_site_s_draft_has(site: Site) -> None:
    site.users = {"editor": "secret words"}
    site.add(5, status="draft", link=f"{site.url}/?p=5")
    site.add(6)
    draft, published = read(site, user="editor", post_statuses=("publish", "draft"))
    assert isinstance(draft, Post)
    assert isinstance(published, Post)
    assert "url" not in draft.metadata
    assert str(draft.metadata["id"]).startswith("127-0-0-1-")
    assert published.metadata["url"] == f"{site.url}/essay-6/"
    assert "id" not in published.metadata


# what is read


@pytest.mark.parametrize("form", ["pretty", "plain", "index"])
def test_both_forms_of_address_bring_all_pages(site: Site, form: str) -> None:
    fill(site, 230)
    api = {"pretty": site.pretty, "plain": site.plain, "index": f"{site.url}/index.php?rest_route=/"}[form]
    items = read(site, api=api)
    assert keys(items, Post) == [f"post:{number}" for number in range(1, 231)]
    assert [asked.parameters["page"] for asked in site.log] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        pytest.param("https://a.example/wp-json/", "https://a.example/wp-json/wp/v2/posts?page=1", id="pretty"),
        pytest.param("https://a.example/zh/wp-json", "https://a.example/zh/wp-json/wp/v2/posts?page=1", id="no slash"),
        pytest.param(
            "https://a.example/?rest_route=/", "https://a.example/?rest_route=/wp/v2/posts&page=1", id="plain"
        ),
        pytest.param(
            "https://a.example/index.php?lang=zh&rest_route=/",
            "https://a.example/index.php?lang=zh&rest_route=/wp/v2/posts&page=1",
            id="plain with more",
        ),
    ],
)
def test_addresses(root: str, expected: str) -> None:
    assert WordPressApi(root, _Nowhere()).address("wp/v2/posts", {"page": "1"}) == expected


def test_only_the_types_asked_for_are_read(site: Site) -> None:
    site.types["insights"] = {}
    site.add(1)
    site.add(2, kind="pages")
    site.add(3, kind="insights")
    assert keys(read(site), Post) == ["post:1"]
    items = read(site, post_types=("pages", "insights"))
    assert keys(items, Post) == ["page:2", "insights:3"]
    known = remembered(items)
    again = read(site, known, post_types=("pages", "insights"))
    assert kinds(again) == {"Unchanged": 2}
    assert kinds(read(site, known)) == {"Post": 1}, "what is known of other types is left alone"


def test_a_type_that_the_site_has_not_is_named(site: Site) -> None:
    with pytest.raises(Unavailable, match=r"has no wp/v2/insights .*check the post types"):
        read(site, post_types=("insights",))


def test_drafts_need_a_user(site: Site) -> None:
    site.add(1, status="draft")
    with pytest.raises(Unavailable, match="set a user and an application password"):
        read(site, post_statuses=("draft",))


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param({"most": 30}, id="fewer a page"),
        pytest.param({"silent_most": 37}, id="fewer a page without a word"),
        pytest.param({"rejected": {"_fields"}}, id="no choice of fields"),
        pytest.param({"rejected": {"_fields", "orderby", "order", "_embed"}}, id="hardly a parameter"),
        pytest.param({"ignored": {"_fields", "orderby", "order", "_embed"}}, id="parameters ignored"),
        pytest.param({"counts_pages": False}, id="no count of pages"),
        pytest.param({"counts_pages": False, "silent_most": 37}, id="no count and fewer a page"),
        pytest.param({"before_json": "\ufeff"}, id="a byte order mark"),
        pytest.param(
            {"before_json": "<br />\n<b>Notice</b>: Undefined index: [0] in {main} /x.php<br />\n"},
            id="a notice of PHP before the JSON",
        ),
    ],
)
def test_a_site_with_habits_of_its_own_is_read_whole_and_again(site: Site, behaviour: dict[str, Any]) -> None:
    fill(site, 120)
    for name, value in behaviour.items():
        setattr(site, name, value)
    first = read(site)
    assert sorted(keys(first, Post)) == sorted(f"post:{number}" for number in range(1, 121))
    site.edit(9, "<p>Another text.</p>", "2026-01-01T00:00:00")
    del site.types["posts"][11]
    again = read(site, remembered(first))
    assert keys(again, Post) == ["post:9"]
    assert reasons(again, Gone) == {"post:11": "deleted from the site"}
    assert kinds(again) == {"Post": 1, "Gone": 1, "Unchanged": 118}


def test_a_site_that_gives_its_first_page_for_ever_is_read_once(site: Site) -> None:
    fill(site, 5)
    site.counts_pages = False
    site.ignored = {"page"}
    first = read(site)
    assert kinds(first) == {"Post": 5}
    assert kinds(read(site, remembered(first))) == {"Unchanged": 5}


# later runs


def test_a_later_run_asks_for_little_more_than_what_changed(site: Site) -> None:
    fill(site, 250, _embedded={"author": [{"name": "Jane Roe"}], "wp:term": [[], []], "more": "x" * 2000})
    first = read(site)
    assert kinds(first) == {"Post": 250}
    bytes_then = site.sent()
    for number in (3, 77, 249):
        site.edit(number, f"<p>Edited {number}.</p>", f"2026-02-0{number % 9 + 1}T10:00:00")
    again = read(site, remembered(first))
    assert sorted(keys(again, Post)) == ["post:249", "post:3", "post:77"]
    assert kinds(again) == {"Post": 3, "Unchanged": 247}
    assert len(site.log) == 4, "what was modified lately, and three light pages of the listing"
    assert site.sent() * 10 < bytes_then
    assert site.log[0].parameters["modified_after"] == "2026-01-19T09:30:00", "a day before the last change known"
    assert all("content" not in asked.parameters["_fields"].split(",") for asked in site.log[1:])


def test_after_a_bulk_edit_the_overlap_is_not_sent_again(site: Site) -> None:
    fill(
        site,
        250,
        text="<p>Words upon words.</p>" * 100,
        modified="2026-01-01T00:00:00",
        modified_gmt="2026-01-01T00:00:00",
    )
    first = read(site)
    bytes_then = site.sent()
    site.edit(3, "<p>Edited.</p>", "2026-02-01T00:00:00")
    again = read(site, remembered(first))
    assert (keys(again, Post), kinds(again)["Unchanged"]) == (["post:3"], 249)
    assert site.sent() * 5 < bytes_then
    assert len(site.log) == 4


def test_a_run_cut_off_goes_on_where_it_was(site: Site) -> None:
    fill(site, 250)
    first = source(site).posts({})
    known = remembered([next(first) for _ in range(120)])
    items = read(site, known)
    assert keys(items, Post) == [f"post:{number}" for number in range(121, 251)]
    assert kinds(items) == {"Post": 130, "Unchanged": 120}
    full = [asked for asked in site.log if "content" in asked.parameters["_fields"].split(",")]
    assert len(full) == 2, "130 posts in hundreds"


def test_a_scheduled_post_that_came_out_is_found_though_it_was_modified_long_ago(site: Site) -> None:
    fill(site, 20)
    site.types["posts"][4]["status"] = "future"
    first = read(site)
    site.types["posts"][4]["status"] = "publish"
    assert keys(read(site, remembered(first)), Post) == ["post:4"]


def test_a_post_without_a_time_of_modification_is_read_every_time(site: Site) -> None:
    site.add(1, modified_gmt="0000-00-00T00:00:00")
    site.add(2)
    first = read(site)
    again = read(site, remembered(first))
    assert (keys(again, Post), keys(again, Unchanged)) == (["post:1"], ["post:2"])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param("delete", "deleted from the site", id="deleted"),
        pytest.param("trash", "no longer public: trashed, private or a draft", id="trashed"),
        pytest.param("private", "no longer public: trashed, private or a draft", id="private"),
        pytest.param("password", "protected by a password", id="a password"),
        pytest.param("quiet password", "protected by a password", id="a password that changes no date"),
    ],
)
def test_a_post_that_is_public_no_longer_is_gone(site: Site, change: str, reason: str) -> None:
    fill(site, 30)
    first = read(site)
    match change:
        case "delete":
            del site.types["posts"][12]
        case "password" | "quiet password":
            modified = "2026-01-01T00:00:00" if change == "password" else site.types["posts"][12]["modified"]
            site.edit(12, "", modified, content={"rendered": "", "protected": True})
        case _:
            site.types["posts"][12]["status"] = change
    items = read(site, remembered(first))
    assert reasons(items, Gone) == {"post:12": reason}
    assert kinds(items) == {"Gone": 1, "Unchanged": 29}
    assert kinds(read(site, remembered(items, remembered(first))))["Gone"] == 0


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        pytest.param("trash", "in the trash", id="trash"),
        pytest.param("draft", "now a draft", id="draft"),
        pytest.param("archived", "now has the status 'archived'", id="a plugin's status"),
    ],
)
def test_to_an_editor_the_site_says_what_became_of_a_post(site: Site, status: str, reason: str) -> None:
    site.users = {"editor": "secret words"}
    fill(site, 3)
    known = remembered(read(site))
    site.types["posts"][2]["status"] = status
    items = read(site, known, user="editor")
    assert reasons(items, Gone) == {"post:2": reason}
    assert {asked.user for asked in site.log} == {"editor"}


def test_what_the_listing_hides_but_the_site_still_shows_is_not_gone(site: Site) -> None:
    fill(site, 5)
    known = remembered(read(site))
    site.hidden = {2, 3}
    site.edit(3, "<p>Edited while hidden.</p>", "2026-01-01T00:00:00")
    items = read(site, known)
    assert (keys(items, Post), kinds(items)) == (["post:3"], {"Post": 1, "Unchanged": 4})


def test_a_listing_that_was_cut_short_withdraws_nothing(site: Site) -> None:
    fill(site, 30)
    known = remembered(read(site))
    site.hidden = {2}
    site.totals = [0, 30, 30]
    items = read(site, known)
    assert kinds(items) == {"Unchanged": 29, "Refused": 1}
    assert "1 posts that it did not show stay as they are" in reasons(items, Refused)[""]


def test_a_listing_is_repeated_where_the_number_of_posts_changed_meanwhile(site: Site) -> None:
    fill(site, 30)
    known = remembered(read(site))
    del site.types["posts"][2]
    site.totals = [0, 30]  # of what was modified lately, and of the first listing
    assert reasons(read(site, known), Gone) == {"post:2": "deleted from the site"}


# what tells nothing of a post


@pytest.mark.parametrize(
    ("status", "body"),
    [
        pytest.param(404, "<h1>Not found</h1>", id="a page of the web server"),
        pytest.param(404, '{"code": "rest_no_route"}', id="no such route"),
        pytest.param(404, "{}", id="404 without WordPress's word"),
        pytest.param(200, "[]", id="a list"),
        pytest.param(200, '{"id": 99, "status": "trash"}', id="another post"),
        pytest.param(403, "<h1>Blocked</h1>", id="a firewall's page"),
        pytest.param(500, "oops", id="an error of the server"),
        pytest.param(418, '{"code": "teapot"}', id="a status of its own"),
    ],
)
def test_an_odd_word_on_a_missing_post_leaves_it_as_it_is(site: Site, status: int, body: str) -> None:
    fill(site, 3)
    known = remembered(read(site))
    site.hidden = {2}
    site.single = {2: (status, body)}
    items = read(site, known)
    assert kinds(items) == {"Refused": 1, "Unchanged": 2}
    assert "can't say what became of it" in reasons(items, Refused)["post:2"]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        pytest.param(401, "rest_not_logged_in", id="only for those logged in"),
        pytest.param(403, "rest_disabled", id="switched off"),
        pytest.param(401, "rest_forbidden", id="forbidden"),
    ],
)
def test_an_api_that_was_closed_withdraws_nothing(site: Site, status: int, code: str) -> None:
    fill(site, 150)
    known = remembered(read(site))
    site.closed = (status, code)
    with pytest.raises(Unavailable, match=r"does not let us list .*application password"):
        read(site, known)


@pytest.mark.parametrize("code", ["rest_not_logged_in", "rest_forbidden"])
@pytest.mark.parametrize("listed", [pytest.param(0, id="none listed"), pytest.param(2, id="some listed")])
def test_single_posts_that_were_closed_withdraw_nothing(site: Site, code: str, listed: int) -> None:
    fill(site, 150)
    known = remembered(read(site))
    site.hidden = set(range(listed + 1, 151))
    site.closed_singles = (401, code)
    site.log.clear()
    items, error = until_it_breaks(source(site), known)
    assert "nothing is withdrawn: have the API opened" in error
    assert kinds(items) == ({"Unchanged": listed} if listed else {})
    assert len(site.log) <= 5


def test_an_empty_site_says_of_each_post_that_it_was_deleted(site: Site) -> None:
    fill(site, 3)
    known = remembered(read(site))
    site.types["posts"].clear()
    assert kinds(read(site, known)) == {"Gone": 3}


# broken posts and broken replies


def test_bad_records_stop_nothing(site: Site) -> None:
    fill(site, 3)
    site.add(4, " \n")
    site.add(5, content={"rendered": "", "protected": True})
    site.extra = [{"title": "no id"}, "no record", None, {"id": True}]
    items = read(site)
    assert keys(items, Post) == ["post:1", "post:2", "post:3"]
    assert [item.reason for item in items if isinstance(item, Refused)] == [
        "the site's REST API gives no text for it",
        "protected by a password",
        *["the site gives a record that has no id"] * 4,
    ]
    again = read(site, remembered(items))
    assert kinds(again)["Unchanged"] == 3


@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize("later", [False, True], ids=["first run", "later run"])
def test_a_post_that_breaks_its_page_is_refused_and_the_others_are_read(site: Site, status: int, later: bool) -> None:
    fill(site, 150)
    known = remembered(read(site))
    site.fatal, site.fatal_status = {1, 42}, status
    if later:
        for number in (1, 7, 42):
            site.edit(number, "<p>Edited.</p>", f"2026-01-01T00:00:{number:02}")
    items = read(site, known if later else None)
    assert sorted(reasons(items, Refused)) == ["post:1", "post:42"]
    assert len(keys(items, Post)) == (1 if later else 148)
    assert kinds(items) == {"Post": 1, "Refused": 2, "Unchanged": 147} if later else {"Post": 148, "Refused": 2}
    assert len(site.log) < 60


@pytest.mark.parametrize("known", [{}, {"post:1": Remembered("a", "2024-01-04T09:30:00")}], ids=["first", "later"])
def test_a_site_that_answers_with_pages_says_what_to_do(site: Site, known: dict[str, Remembered]) -> None:
    site.add(1)
    site.page = "<html>{Maintenance}</html>" * 40_000
    with pytest.raises(Unavailable, match=r"text/html that is no JSON \(status 200\).*sitemap or feed"):
        read(site, known)
    assert len(site.log) <= 3


def test_a_site_that_goes_down_breaks_the_run_off(site: Site) -> None:
    fill(site, 250)
    reading = source(site)
    items: list[Item] = []
    error = ""
    try:
        for item in reading.posts({}):
            items.append(item)
            site.closed = (503, "maintenance")
    except Unavailable as raised:
        error = str(raised)
    assert "503" in error
    assert kinds(items) == {"Post": 100}
    assert len(site.log) == 3, "the first page, the second, and a light look whether it is the site that fails"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(b'[{"id": 1}]', [{"id": 1}], id="plain"),
        pytest.param(b'\xef\xbb\xbf[{"id": 1}]', [{"id": 1}], id="byte order mark"),
        pytest.param(b'Warning: [0] {x} in a[1]\n{"id": 1}', {"id": 1}, id="brackets in the notice"),
        pytest.param(b"<br />Notice\n[]", [], id="empty list after a notice"),
    ],
)
def test_json_is_found(body: bytes, expected: object) -> None:
    assert read_json(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<html>{}</html>", id="a page"),
        pytest.param(b'[{"id": 1}, {"id"', id="cut off"),
        pytest.param(b"\xff\xfe[]", id="not UTF-8"),
        pytest.param(b"[" * 100_000, id="too deep"),
        pytest.param(json.dumps({"a": 1}).encode() + b"</html>", id="JSON within a page"),
    ],
)
def test_what_is_no_json_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_json(body)


# addresses


def moved(site: Site, number: int) -> None:
    """Give a post another address, as new permalinks do: its time of modification stands."""
    site.types["posts"][number]["link"] = f"{site.url}/insights/essay-{number}/"


def test_posts_under_new_permalinks_get_their_new_addresses_once(site: Site, library: Any) -> None:
    fill(site, 60)
    run_ingest(library, [source(site)])
    for number in range(1, 61):
        moved(site, number)
    run = run_ingest(library, [source(site)])
    assert (run.counts["changed"], run.counts["added"], run.counts["withdrawn"]) == (60, 0, 0)
    assert {article.url for article in library.held.values()} == {
        f"{site.url}/insights/essay-{number}/" for number in range(1, 61)
    }
    assert run_ingest(library, [source(site)]).counts["kept"] == 60


def test_one_new_address_costs_one_post(site: Site) -> None:
    fill(site, 3)
    known = {
        f"post:{number}": Remembered(
            f"a{number}", f"2024-01-{1 + 3 * number:02}T09:30:00", f"{site.url}/essay-{number}"
        )
        for number in (1, 2, 3)
    }
    assert kinds(read(site, known)) == {"Unchanged": 3}
    moved(site, 1)
    found = read(site, known)
    assert (kinds(found), keys(found, Post)) == ({"Unchanged": 2, "Post": 1}, ["post:1"])
