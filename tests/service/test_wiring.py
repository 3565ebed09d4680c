"""What opens and what comes along: the starter articles, the owner's lock, the throwaway library of an evaluation."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from corpus.encoder import PACKAGED_MODEL
from corpus.errors import BadInput, Unavailable
from corpus.library import Library
from corpus.ownership import owner_of
from corpus.records import Outcome, Progress
from service import wiring
from service.settings import Settings
from service.threshold import Fitted, scores_of, store
from service.wiring import STARTER_ARTICLES, Services, open_copy, open_services, open_throwaway
from tests.service.scripted_llm import Reply, scripted_llm
from tests.service.small_library import BRIGHTWATER, CALDER, FERRY

SettingsFor = Callable[..., Settings]
Open = Callable[..., Services]


@pytest.fixture
def starter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles in the place of the starter corpus."""
    folder = tmp_path / "starter"
    folder.mkdir()
    (folder / "brightwater.md").write_text(BRIGHTWATER, encoding="utf-8")
    (folder / "calder.md").write_text(CALDER, encoding="utf-8")
    monkeypatch.setattr(wiring, "STARTER_ARTICLES", folder)
    return folder


@pytest.fixture
def opened(tmp_path: Path, settings_for: SettingsFor) -> Iterator[Open]:
    """Open services on one data folder; whatever a test leaves open is closed after it."""
    held: list[Services] = []

    def opened(**fields: object) -> Services:
        held.append(open_services(settings_for(tmp_path / "data", **fields)))
        return held[-1]

    yield opened
    for services in held:
        services.close()


def ids(library: Library) -> set[str]:
    return {article.id for article in library.articles()}


@pytest.mark.usefixtures("starter")
class TestStarter:
    def test_an_empty_folder_gets_the_starter_articles(self, opened: Open) -> None:
        services = opened()
        assert ids(services.library) == {"brightwater", "calder"}
        assert "2009" in services.assistant.ask("When was the Brightwater Science Park founded?").text
        assert (services.embedder_name, services.model_name) == (PACKAGED_MODEL, None)

    def test_they_come_once(self, opened: Open) -> None:
        first = opened()
        generation = first.library.generation
        first.close()
        again = opened()
        assert (again.library.generation, len(again.library.ledger.runs())) == (generation, 1)

    def test_what_was_withdrawn_does_not_come_again(self, opened: Open) -> None:
        first = opened()
        for article_id in ids(first.library):
            assert first.library.withdraw(article_id)
        first.close()
        assert opened().library.count() == 0

    def test_they_do_not_come_to_articles_of_ones_own(self, opened: Open, tmp_path: Path) -> None:
        (tmp_path / "ferry.md").write_text(FERRY, encoding="utf-8")
        first = opened(starter=False)
        first.curator.ingest([str(tmp_path / "ferry.md")])
        first.close()
        assert ids(opened().library) == {"ferry"}

    def test_without_the_setting_they_stay_away(self, opened: Open) -> None:
        services = opened(starter=False)
        assert (services.library.count(), services.library.ledger.runs()) == (0, [])

    def test_what_was_stopped_half_way_is_brought_to_its_end(
        self, starter: Path, settings_for: SettingsFor, opened: Open, tmp_path: Path
    ) -> None:
        class Killed(BaseException):
            pass

        def kill(progress: Progress) -> None:
            raise Killed

        settings = settings_for(tmp_path / "data")
        with pytest.raises(Killed):
            open_services(settings, on_progress=kill)
        services = opened()
        assert ids(services.library) == {"brightwater", "calder"}

    def test_progress_is_told(self, settings_for: SettingsFor, tmp_path: Path) -> None:
        told: list[Progress] = []
        open_services(settings_for(tmp_path / "data"), on_progress=told.append).close()
        assert (told[-1].phase, told[-1].done, told[-1].total) == ("publishing", 2, 2)


def test_the_starter_articles_come_along() -> None:
    assert len(list(STARTER_ARTICLES.glob("*.md"))) >= 10


class TestFailures:
    def test_a_folder_has_one_owner(self, opened: Open) -> None:
        services = opened(starter=False)
        with pytest.raises(Unavailable, match=f"in use by process {os.getpid()}") as refusal:
            opened(starter=False)
        assert "\n" not in str(refusal.value)
        services.close()
        assert opened(starter=False).library.count() == 0

    @pytest.mark.usefixtures("starter")
    def test_a_failed_start_gives_the_folder_back(
        self, opened: Open, settings_for: SettingsFor, tmp_path: Path
    ) -> None:
        def fail(progress: Progress) -> None:
            raise RuntimeError("no terminal")

        with pytest.raises(RuntimeError, match="no terminal"):
            open_services(settings_for(tmp_path / "data"), on_progress=fail)
        assert owner_of(tmp_path / "data") == {}
        assert opened(starter=False).library.verify().sound

    def test_a_file_in_the_place_of_the_folder(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("not a folder")
        with pytest.raises(Unavailable, match=r"the data folder .*file' can't be used: Not a directory"):
            open_services(Settings(data_dir=tmp_path / "file"))

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(b"[[term]\nen =", id="not TOML"),
            pytest.param(b'[[term]]\nen = "CRO"\n', id="a name that is no list"),
            pytest.param(b"[[term]]\nen = [1]\n", id="a name that is no text"),
            pytest.param(b"\xff\xfe", id="not text"),
            pytest.param(None, id="no file"),
        ],
    )
    def test_a_broken_glossary_is_named_in_one_line(self, opened: Open, tmp_path: Path, content: bytes | None) -> None:
        path = tmp_path / "terms.toml"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(BadInput, match=r"the glossary '.*terms\.toml'") as refusal:
            opened(glossary=path, starter=False)
        assert "\n" not in str(refusal.value)
        assert opened(starter=False).library.count() == 0

    def test_an_unknown_model_is_named_in_one_line(self, opened: Open, tmp_path: Path) -> None:
        with pytest.raises(Unavailable, match=r"embedding model '.*nowhere'") as refusal:
            opened(embed_model=str(tmp_path / "nowhere"), starter=False)
        assert "\n" not in str(refusal.value)


@pytest.mark.usefixtures("starter")
def test_a_glossary_of_ones_own_takes_the_place_of_the_other(opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "terms.toml"
    path.write_text('[[term]]\nen = ["Wool Mill Laboratories", "Calder Valley Hub"]\n', encoding="utf-8")
    services = opened(glossary=path)
    assert services.assistant.search("Wool Mill Laboratories", k=1)[0].article.id == "calder"
    assert [mention.names for mention in services.library.glossary.mentions("CRO")] == []


@pytest.mark.usefixtures("starter")
def test_the_language_model_of_the_settings_is_used(opened: Open) -> None:
    with scripted_llm(Reply(["The hub is run by Ines Castellano, a former surgeon. [{0}]"])) as server:
        services = opened(llm_url=server.url, llm_model="scripted", llm_api_key="sk-secret", max_question_chars=100)
        assert services.model_name == "scripted"
        answer = services.assistant.ask("Which surgeon runs the Calder Valley Hub?")
    assert (answer.mode, answer.model) == ("llm", "scripted")
    assert server.requests[0]["authorization"] == "Bearer sk-secret"
    with pytest.raises(BadInput, match="100 or fewer"):
        services.assistant.ask("a" * 101)


def test_statements_are_checked_alike_in_use_and_in_an_evaluation(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "ferry.md").write_text(FERRY, encoding="utf-8")
    served = opened(starter=False)
    with open_throwaway(served.settings, str(tmp_path / "ferry.md")) as evaluated:
        for services in (served, evaluated):
            verdict = services.verifier("租金上涨了12%。", ["Rents rose by 12 per cent."])
            assert verdict.support == "supported", verdict


def test_no_sources_are_the_configured_ones(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "ferry.md").write_text(FERRY, encoding="utf-8")
    services = opened(sources=(str(tmp_path / "ferry.md"),), starter=False)
    run = services.curator.ingest([])
    assert [item.outcome for item in run.items] == [Outcome.ADDED]
    assert services.curator.ingest([], dry_run=True).counts["kept"] == 1
    assert len(services.library.ledger.runs()) == 1


def test_without_any_source_it_says_what_to_do(opened: Open) -> None:
    services = opened(starter=False)
    with pytest.raises(BadInput, match="name a source, or set INSIGHT_SOURCES"):
        services.curator.ingest([])
    assert services.library.ledger.runs() == []


def test_a_server_writes_down_where_it_serves(opened: Open) -> None:
    services = opened(starter=False)
    services.announce("http://127.0.0.1:8000")
    folder = services.settings.data_dir
    told = {"url": "http://127.0.0.1:8000", "token": services.owner_token}
    assert owner_of(folder) == {"pid": os.getpid(), "folder": folder.stat().st_ino} | told
    assert services.owner_token not in repr(services)
    services.close()
    assert owner_of(folder) == {}


class TestThrowaway:
    def test_it_holds_its_articles_alone_and_leaves_the_data_alone(
        self, starter: Path, opened: Open, settings_for: SettingsFor, tmp_path: Path
    ) -> None:
        (tmp_path / "ferry.md").write_text(FERRY, encoding="utf-8")
        main = opened()
        generation = main.library.generation
        with open_throwaway(main.settings, str(tmp_path / "ferry.md")) as services:
            assert ids(services.library) == {"ferry"}
            assert "48,000" in services.assistant.ask("How many passengers did the ferry carry?").text
        assert ids(main.library) == {"brightwater", "calder"}
        assert main.library.generation == generation

    def test_it_needs_no_library_beside_it(self, starter: Path, settings_for: SettingsFor, tmp_path: Path) -> None:
        settings = settings_for(tmp_path / "data")
        with open_throwaway(settings, str(starter)) as services:
            assert services.library.count() == 2
        assert sorted(path.name for path in settings.data_dir.iterdir()) == ["eval", "models"]

    def test_the_same_articles_are_embedded_once(
        self, starter: Path, settings_for: SettingsFor, tmp_path: Path
    ) -> None:
        settings = settings_for(tmp_path / "data")

        for _ in range(2):
            with open_throwaway(settings, str(starter)) as services:
                runs = services.library.ledger.runs()
        assert sorted((run.counts["added"], run.counts["kept"]) for run in runs) == [(0, 2), (2, 0)]
        assert len(list((settings.data_dir / "eval").iterdir())) == 1

    def test_changed_articles_get_a_library_of_their_own(
        self, starter: Path, settings_for: SettingsFor, tmp_path: Path
    ) -> None:
        settings = settings_for(tmp_path / "data")
        with open_throwaway(settings, str(starter)):
            pass
        (starter / "calder.md").unlink()
        with open_throwaway(settings, str(starter)) as services:
            assert ids(services.library) == {"brightwater"}

    def test_several_sources_make_one_library(self, starter: Path, settings_for: SettingsFor, tmp_path: Path) -> None:
        (tmp_path / "ferry.md").write_text(FERRY, encoding="utf-8")
        with open_throwaway(settings_for(tmp_path / "data"), [str(starter), str(tmp_path / "ferry.md")]) as services:
            assert ids(services.library) == {"brightwater", "calder", "ferry"}

    def test_its_answers_are_held_against_the_stored_threshold(
        self, starter: Path, settings_for: SettingsFor, tmp_path: Path
    ) -> None:
        settings = settings_for(tmp_path / "data")
        with open_throwaway(settings, str(starter)) as services:
            assert services.assistant.threshold().source == "default"
            scores = scores_of(services.library.fingerprint)
        fitted = Fitted(0.61, scores, "q.jsonl", "d", 12, 11, 0.1, 0.2, "2026-03-04")
        for stored in (fitted, None):
            store(settings.data_dir, stored)
            with open_throwaway(settings, str(starter)) as services:
                assert services.assistant.threshold().fitted == stored


@pytest.mark.usefixtures("starter")
class TestCopy:
    def test_it_can_be_measured_beside_the_owner_and_changes_nothing(self, opened: Open) -> None:
        main = opened()
        generation = main.library.generation
        with open_copy(main.settings) as copy:
            assert ids(copy.library) == ids(main.library)
            assert "2009" in copy.assistant.ask("When was the Brightwater Science Park founded?").text
            copy.library.note("threshold", "anything")
            copy.library.withdraw("calder")
        assert main.library.noted("threshold") is None
        assert (ids(main.library), main.library.generation) == ({"brightwater", "calder"}, generation)

    def test_without_a_library_there_is_none(self, settings_for: SettingsFor, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="holds no library"), open_copy(settings_for(tmp_path / "data")):
            raise AssertionError("opened")


@pytest.mark.usefixtures("starter")
def test_a_stale_threshold_is_told_of_at_start(settings_for: SettingsFor, tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "data")
    store(settings.data_dir, Fitted(0.61, "of other scores", "q.jsonl", "d", 12, 11, 0.1, 0.2, "2026-03-04"))
    with capture_logs() as logs:
        open_services(settings).close()
    assert "the fitted threshold is stale" in [line["event"] for line in logs]
