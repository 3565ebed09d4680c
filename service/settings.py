"""Settings: ``insight.toml`` in the working directory, overruled by ``INSIGHT_*`` variables."""

import json
import os
import re
import tomllib
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from corpus.encoder import PACKAGED_MODEL
from corpus.errors import BadInput

PREFIX, FILE = "INSIGHT_", "insight.toml"


Provider = Literal["openai", "anthropic", "ollama"]
Names = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    """All settings; unknown keys in ``insight.toml`` are refused."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, toml_file=FILE, extra="forbid", frozen=True, env_ignore_empty=True
    )

    data_dir: Path = Field(Path("data"), description="Folder of the catalogue, the index and the compiled model")
    starter: bool = Field(True, description="Bring in the starter articles when the library is empty")
    sources: Names = Field((), description="What `insight ingest` reads when no source is named")
    poll_minutes: float = Field(
        0, ge=0, le=10080, description="How often `insight serve` reads the sources again, in minutes; 0 never"
    )
    quarantine: bool = Field(False, description="Hold flagged articles back until an admin releases them")
    web_hosts: Names = Field((), description="Hosts that sources on the web may fetch from, beside their own")
    private_hosts: Names = Field((), description="Hosts that may lie at private or loopback addresses")
    wordpress_types: Names = Field(
        ("posts",), description="What is read of a WordPress site: `posts`, `pages`, or a custom type's REST name"
    )
    wordpress_statuses: Names = Field(
        ("publish",), description="Which of them by status; all but `publish` need a user who may see them"
    )
    wordpress_site: str | None = Field(
        None, description="The WordPress site that the user and the password below belong to; no other is sent them"
    )
    wordpress_user: str | None = Field(None, description="A user of the WordPress site, for posts that are not public")
    wordpress_password: SecretStr | None = Field(None, description="An application password of that user")
    glossary: Path | None = Field(None, description="A glossary file to use in place of the one that comes along")
    embed_model: str = Field(
        PACKAGED_MODEL, description="The packaged model, or any sentence-transformers model by name or folder"
    )
    reranker: str | None = Field(
        None,
        description="A sentence-transformers cross-encoder by name or folder, which judges the best passages once more",
    )
    nli_model: str | None = Field(
        None,
        description="A sentence-transformers cross-encoder for inference by name or folder, which checks statements "
        "once more",
    )
    llm_provider: Provider = Field(
        "openai", description="Whose protocol the language model speaks; the others need their extra installed"
    )
    llm_url: str | None = Field(
        None, description="Base address of the endpoint, such as `http://127.0.0.1:11434/v1` for `openai`"
    )
    llm_model: str | None = Field(None, description="The model's name at that endpoint")
    llm_api_key: SecretStr | None = Field(None, description="The endpoint's key, where it asks for one")
    llm_timeout_s: float = Field(
        30.0, gt=0, le=600, description="Longest wait for the endpoint's next words, in seconds"
    )
    llm_context_tokens: int = Field(8192, ge=1024, description="The model's context window, in tokens")
    llm_calls: int = Field(3, ge=1, le=100, description="Most requests to the language model for one question")
    llm_tokens: int = Field(
        16_000, ge=1000, description="Most tokens for one question, sent and received together, as estimated"
    )
    llm_seconds: float = Field(
        60.0, gt=0, le=3600, description="Most seconds that the language model may take for one question"
    )
    llm_repair: bool = Field(
        True, description="Ask the language model once more for sentences of its answer that no quote carries"
    )
    llm_verify: bool = Field(
        False, description="Have the language model check each of its sentences too, one request for each"
    )
    host: str = Field("127.0.0.1", description="Address that `insight serve` listens on")
    port: int = Field(8000, ge=0, le=65535, description="Port that `insight serve` listens on; 0 takes a free one")
    max_question_chars: int = Field(2000, ge=100, le=20_000, description="Longest question, in characters")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="Least important log line to show"
    )

    @field_validator("llm_url")
    @classmethod
    def _address(cls, given: str | None) -> str | None:
        """Ask for a whole address: without its protocol no client reaches anything."""
        if given is not None and not re.match(r"https?://[^/]", given):
            raise ValueError("an address begins with http:// or https://")
        return given

    @field_validator("llm_api_key")
    @classmethod
    def _key(cls, given: SecretStr | None) -> SecretStr | None:
        """Leave out the line end that comes along from a file; what can't stand in a header is no key."""
        key = given.get_secret_value().strip() if given else ""
        if not (key.isascii() and key.isprintable()):
            raise ValueError("a key is one line of letters, digits and signs of ASCII")
        return SecretStr(key) if key else None

    @field_validator("sources", "web_hosts", "private_hosts", "wordpress_types", "wordpress_statuses", mode="before")
    @classmethod
    def _listed(cls, given: Any) -> Any:
        """Read a list from one line of text: JSON, or names between blanks or commas."""
        if not isinstance(given, str):
            return given
        if not given.lstrip().startswith("["):
            return re.findall(r"[^\s,]+", given)
        try:
            return json.loads(given)
        except json.JSONDecodeError as error:
            raise ValueError(f"not a list in JSON: {error}") from error

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  pydantic passes every source by name
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  as above
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments before variables before the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings() -> Settings:
    """Read the settings; raises BadInput with the key and the reason where one is wrong."""
    for name in filter(os.environ.get, os.environ):  # an empty variable counts as not set
        key = name.lower().removeprefix(PREFIX.lower())
        if name.upper().startswith(PREFIX) and key not in Settings.model_fields:
            raise _wrong(name, _unknown(key, lambda near: PREFIX + near.upper()))
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise _wrong(key, _unknown(key, str)) from error
        raise _wrong(key, first["msg"].removeprefix("Value error, ")) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadInput(f"{FILE} can't be read: {error}") from error


def _wrong(key: str, reason: str) -> BadInput:
    return BadInput(f"setting '{key}' is wrong: {reason}")


def _unknown(key: str, spelt: Callable[[str], str]) -> str:
    near = get_close_matches(key, Settings.model_fields, n=1)
    return "there is no such setting" + (f"; did you mean '{spelt(near[0])}'?" if near else "")
