"""Where settings come from, and what is said of wrong ones."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from corpus.encoder import PACKAGED_MODEL
from corpus.errors import BadInput
from service.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def clean_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working directory without a settings file, and no variables of ours."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.upper().startswith("INSIGHT_")]:
        monkeypatch.delenv(name)


def test_without_anything_the_defaults_hold() -> None:
    settings = load_settings()
    assert (settings.data_dir, settings.starter, settings.embed_model) == (Path("data"), True, PACKAGED_MODEL)
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert (settings.llm_url, settings.llm_model, settings.llm_api_key) == (None, None, None)


def test_arguments_before_variables_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("insight.toml").write_text('port = 1\nhost = "0.0.0.0"\nsources = ["posts", "https://a.example"]\n', "utf-8")
    assert (load_settings().port, load_settings().host) == (1, "0.0.0.0")
    assert load_settings().sources == ("posts", "https://a.example")
    monkeypatch.setenv("INSIGHT_PORT", "2")
    assert (load_settings().port, load_settings().host) == (2, "0.0.0.0")
    assert Settings(port=3).port == 3


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("insight.toml").write_text("port = 1", "utf-8")
    monkeypatch.setenv("INSIGHT_PORT", "")
    monkeypatch.setenv("INSIGHT_PROT", "")
    assert load_settings().port == 1


@pytest.mark.parametrize(
    ("value", "sources"),
    [
        pytest.param('["my posts", "more"]', ("my posts", "more"), id="JSON"),
        pytest.param("posts", ("posts",), id="one"),
        pytest.param("posts more", ("posts", "more"), id="blanks"),
        pytest.param(" posts, more,", ("posts", "more"), id="commas"),
    ],
)
def test_sources_in_a_variable(monkeypatch: pytest.MonkeyPatch, value: str, sources: tuple[str, ...]) -> None:
    monkeypatch.setenv("INSIGHT_SOURCES", value)
    assert load_settings().sources == sources


@pytest.mark.parametrize(
    ("file", "says"),
    [
        pytest.param('colour = "red"', "'colour' is wrong: there is no such setting", id="an unknown key"),
        pytest.param('[llm]\nurl = "x"', "'llm' is wrong: there is no such setting", id="an unknown table"),
        pytest.param("prot = 1", r"'prot' is wrong: .*; did you mean 'port'\?", id="a misspelt key"),
        pytest.param("port = 99999", "'port' is wrong: .* 65535", id="out of range"),
        pytest.param('llm_timeout_s = "soon"', "'llm_timeout_s' is wrong: .*number", id="not a number"),
        pytest.param('log_level = "loud"', "'log_level' is wrong: .*'debug'", id="not one of a few"),
        pytest.param("sources = 5", "'sources' is wrong", id="not a list"),
        pytest.param("port = ", "insight.toml can't be read: ", id="not TOML"),
        pytest.param(b"\xff\xfe", "insight.toml can't be read: ", id="not text"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_in_one_line(file: str | bytes, says: str) -> None:
    Path("insight.toml").write_bytes(file if isinstance(file, bytes) else file.encode())
    with pytest.raises(BadInput, match=says) as refusal:
        load_settings()
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        pytest.param("INSIGHT_PORT", "http", "'port' is wrong: .*integer", id="not a number"),
        pytest.param("INSIGHT_STARTER", "maybe", "'starter' is wrong: .*boolean", id="neither yes nor no"),
        pytest.param("INSIGHT_MAX_QUESTION_CHARS", "5", "'max_question_chars' is wrong", id="too small"),
        pytest.param("INSIGHT_LLM_URL", "localhost:11434", "'llm_url' is wrong: .*http://", id="half an address"),
        pytest.param("INSIGHT_LLM_API_KEY", "sk-mühle", "'llm_api_key' is wrong: a key is one line", id="no ASCII"),
        pytest.param("INSIGHT_LLM_API_KEY", "sk-a\nsk-b", "'llm_api_key' is wrong: a key is one line", id="two keys"),
        pytest.param("INSIGHT_SOURCES", '["posts"', "'sources' is wrong: not a list in JSON", id="not a list"),
        pytest.param("INSIGHT_PROT", "1", r"'INSIGHT_PROT' is wrong: .*; did you mean 'INSIGHT_PORT'\?", id="misspelt"),
        pytest.param("insight_colour", "red", "'insight_colour' is wrong: there is no such setting$", id="unknown"),
    ],
)
def test_what_is_wrong_in_a_variable_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadInput, match=says) as refusal:
        load_settings()
    assert "\n" not in str(refusal.value)
    assert "sk-" not in str(refusal.value)


@pytest.mark.parametrize(
    ("given", "key"),
    [
        pytest.param("sk-test\n", "sk-test", id="a line end"),
        pytest.param(" sk-test\r\n", "sk-test", id="one of Windows"),
        pytest.param(" \n", None, id="nothing else"),
    ],
)
def test_a_key_is_read_without_its_line_end(monkeypatch: pytest.MonkeyPatch, given: str, key: str | None) -> None:
    monkeypatch.setenv("INSIGHT_LLM_API_KEY", given)
    read = load_settings().llm_api_key
    assert (read and read.get_secret_value()) == key


def test_the_key_is_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSIGHT_LLM_API_KEY", "sk-secret")
    settings = load_settings()
    assert settings.llm_api_key is not None
    assert settings.llm_api_key.get_secret_value() == "sk-secret"
    assert "sk-secret" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    monkeypatch.setenv("INSIGHT_PORT", "http")
    with pytest.raises(BadInput) as refusal:
        load_settings()
    assert "sk-secret" not in str(refusal.value)


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(Settings(), "port", 1)  # noqa: B010  a plain assignment is refused by mypy already


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
