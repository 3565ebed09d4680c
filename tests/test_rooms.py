"""The rooms import only downwards, and a small command does not pay for a heavy package."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = [
    "torch",
    "transformers",
    "sentence_transformers",
    "chromadb",
    "llama_index",
    "gradio",
    "trafilatura",
    "fastapi",
]


def test_rooms_import_only_downwards() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "2 kept, 0 broken" in done.stdout


@pytest.mark.parametrize(
    "modules",
    [
        pytest.param("corpus.article, corpus.catalogue, corpus.glossary, corpus.language", id="corpus"),
        pytest.param("corpus.ownership", id="ownership"),
    ],
)
def test_looking_into_the_catalogue_imports_nothing_heavy(modules: str) -> None:
    code = f"import sys, {modules}; print(sorted({set(HEAVY)!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
