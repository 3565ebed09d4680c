"""What the killed processes do. A fork server imports this once, so that each of them starts at once.

They are the commands themselves, with a stub in the place of the embedding model: its vectors depend on the words.
"""

import functools
import hashlib
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import alembic.command  # noqa: F401  this and the next ones are imported late by the code, and here but once
import chromadb.api.rust  # noqa: F401
import markdown_it  # noqa: F401
import numpy as np
import sqlalchemy.dialects.sqlite  # noqa: F401
import trafilatura  # noqa: F401
import uvicorn  # noqa: F401

import corpus.dense
import ingest.run
import ingest.settle
import service.curator
import service.diagnosis.soundness
import service.wiring
import ui.backend
import ui.cli
import ui.remote
import ui.server
from corpus.article import Language
from corpus.dictionary import load_dictionary
from corpus.embedder import Embedder
from corpus.encoded import Vector
from corpus.language import Analyzer
from service.settings import Settings
from tests.corpus.examples import WIDTH, WordEncoder
from tests.kill import checks
from tests.kill.world import NAMES, VERSIONS, page
from ui.chat import import_gradio

TOGETHER = 3  # articles in a transaction: more moments between two of them than with the sixteen of every day


class QuickEncoder(WordEncoder):
    """Remembers each word's direction; another model turns the signs of some dimensions."""

    def _vector(self, text: str) -> Vector:
        total = np.sum([_direction(word) for word in ["", *text.lower().split()]], axis=0)
        signs = np.unpackbits(np.frombuffer(hashlib.sha256(self.name.encode()).digest()[: WIDTH // 8], np.uint8))
        return np.asarray(total / np.linalg.norm(total) * (1.0 - 2.0 * signs), dtype=np.float32)


@functools.cache
def _direction(word: str) -> Vector:
    return np.random.default_rng(list(word.encode())).normal(size=WIDTH).astype(np.float32)


class StubEmbedder(Embedder):
    """Reads English as far as anybody asks, so that the vector index votes in every answer."""

    def reads(self) -> frozenset[Language]:
        return frozenset({"en"})


@dataclass(frozen=True)
class Setup:
    """Where a process works: its settings by variable, where it says what it says, and which splitter it has."""

    variables: Mapping[str, str]
    log: Path
    splitter: str | None = None
    stub: bool = True
    wanted: checks.Wanted = field(default_factory=checks.Wanted)


def command(setup: Setup, arguments: list[str]) -> None:
    """Run one command of ``insight`` and leave with its exit status."""
    _begin(setup)
    os._exit(ui.cli.run(arguments))


def check(setup: Setup, told: Connection) -> None:
    """Start the library as the next command would, look at everything, and send a report, or what was wrong."""
    encoders = _begin(setup)
    try:
        report = checks.look(Settings(), setup.wanted)
        report["embedded"] = sum(encoder.encoded for encoder in encoders)
    except BaseException:  # noqa: BLE001  whatever it is, it has to reach the other process
        told.send({"wrong": traceback.format_exc()})
    else:
        told.send(report)
    told.close()
    os._exit(0)


def _begin(setup: Setup) -> list[WordEncoder]:
    output = os.open(setup.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(output, sys.stdout.fileno())
    os.dup2(output, sys.stderr.fileno())
    os.chdir(setup.log.parent)  # where no insight.toml lies
    os.environ.update(setup.variables)
    encoders: list[WordEncoder] = []

    def load(settings: Settings) -> Embedder:
        encoders.append(QuickEncoder(settings.embed_model))
        return StubEmbedder(encoders[-1])

    if setup.stub:
        _replace(load)
    for module in (ingest.run, ingest.settle, service.curator):
        module.SPLITTER = setup.splitter or module.SPLITTER
    for module in (ingest.run, service.curator, corpus.dense):
        assert module._TOGETHER > TOGETHER
        module._TOGETHER = TOGETHER
    return encoders


def _replace(load: Callable[[Settings], Embedder]) -> None:
    service.wiring.Analyzer = _analyzer
    service.wiring.load_dictionary = _dictionary
    service.wiring.load_embedder = load
    service.diagnosis.soundness.load_embedder = load


_analyzer = functools.cache(Analyzer)
_dictionary = functools.cache(load_dictionary)


def _rehearse() -> None:
    """Compute what every fork would compute again: the words' directions, and the articles as they should be."""
    _dictionary(_analyzer()).meanings([("everyday",)])
    import_gradio()
    for name in NAMES:
        for version in VERSIONS:
            checks.known(name, version)
            QuickEncoder().encode_query(page(name, version))


_rehearse()  # at import: the fork server knows no other moment
