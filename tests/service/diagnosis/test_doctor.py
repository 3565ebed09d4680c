"""What the doctor finds: in the data folder, the library, the models, and a language model behind real HTTP."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.library import Library
from service.diagnosis import doctor
from service.diagnosis.doctor import examine
from service.diagnosis.trial import WHAT, DoctorCheck, try_language_model
from service.model.prompts import NOT_IN_ARTICLES
from service.settings import Settings
from tests.service.scripted_llm import Reply, scripted_llm
from tests.service.small_library import publish_all

GOOD = Reply(["The lantern house was opened in 1987 [{0}]. ", "It has 41 rooms [{0}]."])
TOO_LONG = Reply(status=400, body=json.dumps({"error": {"message": "maximum context length is 2048 tokens"}}))


def states(findings: list[DoctorCheck]) -> dict[str, str]:
    return {finding.what.removeprefix(f"{WHAT}: "): finding.state for finding in findings}


def tried(*replies: Reply, **options: object) -> tuple[list[DoctorCheck], list[dict[str, object]]]:
    with scripted_llm(*replies) as server:
        given = {"llm_url": server.url, "llm_model": "scripted", "llm_timeout_s": 5.0} | options
        return list(try_language_model(Settings(**given))), server.requests  # type: ignore[arg-type]


class TestLanguageModel:
    def test_one_that_does_its_part(self) -> None:
        findings, requests = tried(GOOD, llm_api_key="sk-test")
        assert states(findings) == dict.fromkeys(
            (WHAT, "reachable", "key", "model", "streams", "citation keys", "context"), "ok"
        )
        assert len(requests) == 2
        assert not any(finding.remedy for finding in findings)

    @pytest.mark.parametrize("tokens", [1024, 8192, 128_000])
    def test_the_second_prompt_is_as_long_as_real_ones_get(self, tokens: int) -> None:
        _, requests = tried(GOOD, llm_context_tokens=tokens)
        short, long = (len(json.dumps(request["messages"])) / 3 for request in requests)
        assert 0.5 * min(tokens, 16_384) < long < tokens
        assert "opened in 1987" in json.dumps(requests[1]["messages"]).partition("part 1")[0]
        assert short < 1024

    @pytest.mark.parametrize(
        ("reply", "wrong", "remedy"),
        [
            pytest.param(Reply(status=401), "key", "INSIGHT_LLM_API_KEY", id="a wrong key"),
            pytest.param(Reply(status=404), "model", "INSIGHT_LLM_MODEL", id="an unknown model"),
            pytest.param(Reply(status=429), "reply", "try again later", id="busy"),
            pytest.param(Reply(status=500), "reply", "own log", id="a broken endpoint"),
            pytest.param(TOO_LONG, "reply", "INSIGHT_LLM_CONTEXT_TOKENS", id="a window that is too small"),
            pytest.param(Reply(["A"], pause_s=2), "reply", "INSIGHT_LLM_TIMEOUT_S", id="too slow"),
            pytest.param(Reply(body="<html>It works!</html>"), "reply", "base address", id="a web page"),
        ],
    )
    def test_what_fails_at_once(self, reply: Reply, wrong: str, remedy: str) -> None:
        findings, _ = tried(reply, llm_timeout_s=0.4 if reply.pause_s else 30)
        (failed,) = [finding for finding in findings if finding.state == "fails"]
        assert failed.what == f"{WHAT}: {wrong}"
        assert remedy in failed.remedy

    def test_a_refusal_is_told_in_the_endpoints_own_words(self) -> None:
        findings, _ = tried(Reply(status=400, body=json.dumps({"error": {"message": "'stream' is not supported"}})))
        (failed,) = [finding for finding in findings if finding.state == "fails"]
        assert failed.what == f"{WHAT}: reply"
        assert "'stream' is not supported" in failed.told
        assert "what the endpoint names" in failed.remedy

    def test_what_comes_after_a_failure_is_not_known(self) -> None:
        findings, _ = tried(Reply(status=401))
        assert states(findings) == {WHAT: "ok", "reachable": "ok", "key": "fails", "model": "skipped"}

    def test_nobody_listens(self) -> None:
        with scripted_llm(GOOD) as server:
            url = server.url
        findings = list(try_language_model(Settings(llm_url=url, llm_model="m")))
        assert states(findings) == {WHAT: "ok", "reachable": "fails", "key": "skipped", "model": "skipped"}

    @pytest.mark.parametrize(
        ("first", "second", "wrong"),
        [
            pytest.param(Reply(["It was opened in 1987. [{0}]"]), GOOD, "streams", id="one piece"),
            pytest.param(
                Reply(["It was opened in 1987. ", "It has 41 rooms. [{0}]"]), GOOD, "citation keys", id="no key"
            ),
            pytest.param(Reply([NOT_IN_ARTICLES[:5], NOT_IN_ARTICLES[5:]]), GOOD, "citation keys", id="a refusal"),
            pytest.param(Reply(["Opened in 1987 ", "[S-0000]."]), GOOD, "citation keys", id="a key of its own"),
            pytest.param(
                GOOD, Reply(["The sheds are let ", "to rope makers. [{7}]"]), "context", id="the beginning lost"
            ),
            pytest.param(GOOD, TOO_LONG, "context", id="a long prompt refused"),
        ],
    )
    def test_what_it_does_badly(self, first: Reply, second: Reply, wrong: str) -> None:
        findings, _ = tried(first, second)
        assert [what for what, state in states(findings).items() if state == "fails"] == [wrong]
        assert all(finding.remedy for finding in findings if finding.state == "fails")

    @pytest.mark.parametrize(
        ("settings", "state", "told"),
        [
            pytest.param({}, "ok", "quotes mode", id="none"),
            pytest.param({"llm_url": "http://127.0.0.1:1/v1"}, "fails", "INSIGHT_LLM_MODEL", id="no model"),
            pytest.param({"llm_model": "m"}, "fails", "INSIGHT_LLM_URL", id="no address"),
            pytest.param({"llm_provider": "ollama"}, "fails", "INSIGHT_LLM_MODEL", id="ollama without a model"),
        ],
    )
    def test_settings_that_name_none(self, settings: dict[str, str], state: str, told: str) -> None:
        (finding,) = try_language_model(Settings(**settings))  # type: ignore[arg-type]
        assert finding.state == state
        assert told in finding.told


class TestHere:
    @pytest.fixture
    def settings(self, settings_for: Callable[..., Settings], tmp_path: Path) -> Settings:
        return settings_for(tmp_path / "data", starter=False)

    def found(self, settings: Settings, **options: str) -> dict[str, DoctorCheck]:
        return {finding.what: finding for finding in examine(settings, **options)}

    def test_a_folder_that_is_still_empty_is_in_order(self, settings: Settings) -> None:
        found = self.found(settings)
        assert {finding.state for finding in found.values()} == {"ok"}
        assert "empty" in found["library"].told
        assert "384 dimensions" in found["embedding model"].told
        assert not (settings.data_dir / "catalogue.sqlite").exists()

    def test_a_sound_library(self, settings: Settings, open_library: Callable[[Path], Library]) -> None:
        library = open_library(settings.data_dir)
        publish_all(library)
        library.close()
        found = self.found(settings)["library"]
        assert (found.state, found.told[:10]) == ("ok", "5 articles")

    def test_one_that_does_not_agree(self, settings: Settings, open_library: Callable[[Path], Library]) -> None:
        library = open_library(settings.data_dir)
        publish_all(library)
        library.close()
        (settings.data_dir / "index" / "current").unlink()
        found = self.found(settings)["library"]
        assert found.state == "fails"
        assert "insight verify --repair" in found.remedy

    def test_one_whose_index_the_next_start_builds(
        self, settings: Settings, open_library: Callable[[Path], Library]
    ) -> None:
        library = open_library(settings.data_dir)
        publish_all(library)
        library.close()
        shutil.rmtree(settings.data_dir / "index")
        found = self.found(settings)["library"]
        assert (found.state, found.told.partition("; ")[2]) == ("ok", "the next start builds the index")

    def test_beside_the_process_that_holds_it(
        self, settings: Settings, open_library: Callable[[Path], Library]
    ) -> None:
        open_library(settings.data_dir)
        assert self.found(settings)["library"].state == "skipped"
        served = self.found(settings, server="http://127.0.0.1:8000")["library"]
        assert (served.state, "http://127.0.0.1:8000" in served.told) == ("ok", True)

    def test_a_model_that_is_not_there(self, settings: Settings) -> None:
        found = self.found(settings.model_copy(update={"embed_model": "/nowhere/model"}))
        assert found["embedding model"].state == "fails"
        assert "INSIGHT_EMBED_MODEL" in found["embedding model"].remedy
        assert found["library"].state == "skipped"

    def test_a_full_disk(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(doctor, "LEAST_FREE_MB", 10**12)
        found = self.found(settings)["data folder"]
        assert (found.state, "make room" in found.remedy) == ("fails", True)

    def test_a_folder_that_may_not_be_written(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "access", lambda path, mode: False)  # a superuser may write everywhere
        assert self.found(settings)["data folder"].state == "fails"

    def test_a_file_in_the_place_of_the_folder(self, settings: Settings, tmp_path: Path) -> None:
        (tmp_path / "taken").write_text("x")
        found = doctor.examine(settings.model_copy(update={"data_dir": tmp_path / "taken"}))
        assert [finding.state for finding in found][:2] == ["ok", "fails"]
