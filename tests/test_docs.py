"""The documents say what is true: settings, commands, examples, links and names are compared with the code."""

import json
import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
import typer.main
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import TypeAdapter

from service.answer import Answer
from service.api.schemas import AskRequest
from service.settings import Settings
from service.threshold import THRESHOLD
from service.wiring import open_services
from ui.cli import build_app
from ui.commands.ask import show

ROOT = Path(__file__).parents[1]
DOCS = tuple(sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]))
DECISIONS = tuple(sorted((ROOT / "docs" / "decisions").glob("*.md")))
ROOMS = ("corpus", "ingest", "service", "ui")

each_document = pytest.mark.parametrize("doc", [pytest.param(d, id=str(d.relative_to(ROOT))) for d in DOCS])


def tokens(doc: Path) -> list[Token]:
    return MarkdownIt().enable("table").parse(doc.read_text(encoding="utf-8"))


def inline(doc: Path, kind: str) -> Iterator[Token]:
    return (child for token in tokens(doc) for child in token.children or () if child.type == kind)


def fenced(doc: Path, language: str) -> list[str]:
    return [token.content for token in tokens(doc) if token.type == "fence" and token.info == language]


def headings(doc: Path) -> list[str]:
    found = tokens(doc)
    return [found[place + 1].content for place, token in enumerate(found) if token.type == "heading_open"]


def table(doc: Path, first: str) -> list[list[str]]:
    """Return the cells as written, row by row, of the table whose head begins with ``first``; KeyError without one."""
    tables: dict[str, list[list[str]]] = {}
    for place, token in enumerate(found := tokens(doc)):
        if token.type == "tr_open":
            row: list[str] = []
            if found[place - 1].type == "thead_open":
                rows: list[list[str]] = []
                tables[found[place + 2].content] = rows
            else:
                rows.append(row)
        elif token.type == "td_open":
            row.append(found[place + 1].content)
    return tables[first]


# Settings


def default_of(value: Any) -> str:
    match value:
        case None:
            return "not set"
        case bool() | int() | float():
            return f"`{json.dumps(value)}`"
        case tuple():
            return f"`{json.dumps(list(value))}`"
    return f'`"{value}"`'


def limits_of(annotation: Any, metadata: list[Any]) -> str:
    words = {"gt": "above", "ge": "at least", "le": "at most"}
    bounds = [f"{words[name]} {getattr(rule, name)}" for rule in metadata for name in words if hasattr(rule, name)]
    choices = [f"`{choice}`" for choice in get_args(annotation) if isinstance(choice, str)]
    if choices:
        bounds.append(f"{', '.join(choices[:-1])} or {choices[-1]}")
    return f" ({', '.join(bounds)})" if bounds else ""


def test_the_table_of_settings_is_the_code() -> None:
    told = table(ROOT / "docs" / "settings.md", "Variable")
    assert told == [
        [
            f"`INSIGHT_{name.upper()}`",
            f"`{name}`",
            default_of(field.default),
            f"{field.description}{limits_of(field.annotation, field.metadata)}",
        ]
        for name, field in Settings.model_fields.items()
    ]


def test_the_example_of_a_settings_file_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example = fenced(ROOT / "docs" / "settings.md", "toml")[0]
    (tmp_path / "insight.toml").write_text(example, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    given = tomllib.loads(example)
    assert given
    assert Settings().model_dump(mode="json", include=set(given)) == given


@each_document
def test_variables_named_in_documents_exist(doc: Path) -> None:
    named = set(re.findall(r"\bINSIGHT_[A-Z_]+\b", doc.read_text(encoding="utf-8")))
    assert named <= {f"INSIGHT_{name.upper()}" for name in Settings.model_fields}


# Commands


def shell_lines(doc: Path) -> list[str]:
    joined = "\n".join(fenced(doc, "sh")).replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip()]


def without_assignments(words: list[str]) -> list[str]:
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        words = words[1:]
    return words


def parse(arguments: list[str]) -> None:
    """Parse a command line as ``insight`` would, without running it; raises click's UsageError where it is wrong."""
    command: Any = typer.main.get_command(build_app())
    context, name, rest = None, "insight", arguments
    while hasattr(command, "resolve_command"):
        context = command.make_context(name, rest, parent=context)
        # click keeps the command's name apart from what follows it
        name, command, rest = command.resolve_command(context, [*context._protected_args, *context.args])
    command.make_context(name, rest, parent=context)


SHELL_LINES = [pytest.param(line, id=line[:60]) for doc in DOCS for line in shell_lines(doc)]


@pytest.mark.parametrize("line", SHELL_LINES)
def test_commands_of_examples_exist(line: str) -> None:
    program, *arguments = without_assignments(shlex.split(line, comments=True))
    match Path(program).name:
        case "insight":
            parse(arguments)
        case "make":
            assert set(arguments) <= make_targets()
        case "curl":
            assert set(AskRequest.model_fields) >= set(json.loads(arguments[arguments.index("-d") + 1]))
        case other:
            assert other in {"pip"}


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(["aks", "Why?"], id="unknown-command"),
        pytest.param(["ask", "Why?", "--jsno"], id="unknown-option"),
        pytest.param(["articles", "show"], id="missing-argument"),
    ],
)
def test_a_wrong_example_would_be_noticed(wrong: list[str]) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011  typer carries a copy of click, so its classes have no one name
        parse(wrong)
    assert "UsageError" in {kind.__name__ for kind in type(caught.value).__mro__}


@each_document
def test_commands_named_in_the_text_exist(doc: Path) -> None:
    for code in inline(doc, "code_inline"):
        program, *words = code.content.split() or [""]
        if program == "make":
            assert set(words) <= make_targets(), code.content
        elif program == "insight" and words:
            group: Any = typer.main.get_command(build_app())
            while hasattr(group, "commands") and words:
                assert words[0] in group.commands, code.content
                group, words = group.commands[words[0]], words[1:]


# Examples of answers


@pytest.fixture(scope="module")
def starter_answer(settings_for: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Answers from the starter articles, as a new library gives them."""
    services = open_services(settings_for(tmp_path_factory.mktemp("docs") / "data"))
    yield services.assistant.ask
    services.close()


def readme_answer() -> Mapping[str, Any]:
    (example,) = fenced(ROOT / "README.md", "json")
    answer: Mapping[str, Any] = json.loads(example)
    return answer


def test_the_readme_shows_the_whole_shape_of_an_answer() -> None:
    shown = readme_answer()
    adapter = TypeAdapter(Answer)
    assert adapter.dump_python(adapter.validate_python(shown), mode="json") == shown


def test_the_readme_shows_the_answer_that_is_given(starter_answer: Any) -> None:
    shown = readme_answer()
    given = json.loads(json.dumps(starter_answer(shown["question"]).to_dict()))
    for part in ("language", "status", "mode", "text", "statements", "citations", "model", "notice"):
        assert given[part] == shown[part], part
    assert given["confidence"] == pytest.approx(shown["confidence"], abs=0.1)


def test_the_readme_shows_what_the_command_prints(starter_answer: Any, capsys: pytest.CaptureFixture[str]) -> None:
    answer = starter_answer("Which CROs operate in Jiangbei?")
    capsys.readouterr()
    show(answer)
    printed = capsys.readouterr().out.splitlines()
    told = fenced(ROOT / "README.md", "text")[0].splitlines()
    assert len(told) == len(printed)
    for line, whole in zip(told, printed, strict=True):
        assert whole.startswith(line.removesuffix("…")) if line.endswith("…") else line == whole


def test_the_readme_s_other_question_is_not_answered(starter_answer: Any) -> None:
    assert starter_answer("Which CROs operate in Suzhou?").status == "not_found"


def test_every_field_of_an_answer_is_explained() -> None:
    fields = [row[0].strip("`") for row in table(ROOT / "docs" / "answers.md", "Field")]
    assert fields == list(readme_answer())


def test_the_threshold_is_told() -> None:
    assert f"below {THRESHOLD}, the threshold" in (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")


def test_the_number_of_sample_articles_is_told() -> None:
    held = len(list((ROOT / "corpus" / "articles").glob("*.md")))
    assert f"{held} sample articles" in (ROOT / "README.md").read_text(encoding="utf-8")


# Links and names


def anchor(heading: str) -> str:
    plain = re.sub(r"[`*]|\]\([^)]*\)|\[", "", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


@each_document
def test_relative_links_resolve(doc: Path) -> None:
    targets = [str(token.attrs["href"]) for token in inline(doc, "link_open")]
    targets += [str(token.attrs["src"]) for token in inline(doc, "image")]
    broken = []
    for target in targets:
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        place = (doc.parent / path).resolve() if path else doc
        if not place.exists() or (fragment and fragment not in map(anchor, headings(place))):
            broken.append(target)
    assert broken == []


@each_document
def test_images_have_a_text_in_their_place(doc: Path) -> None:
    assert all(image.content.strip() for image in inline(doc, "image"))


@each_document
def test_files_named_in_documents_exist(doc: Path) -> None:
    named = [code.content for code in inline(doc, "code_inline")]
    files = [name for name in named if re.fullmatch(r"(?:corpus|ingest|service|ui|tests|docs)/[\w./-]+", name)]
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_the_architecture_names_every_module() -> None:
    doc = ROOT / "docs" / "architecture.md"
    told: dict[str, set[str]] = {}
    for section in re.split(r"^## ", doc.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        room, _, rest = section.partition("\n")
        told[room], folder = set(), ""
        for line in rest.splitlines():
            head = re.match(r"\| (?:`(\w+/)`|module) \|", line)
            folder = (head[1] or "") if head else folder
            told[room] |= {folder + name for name in re.findall(r"`([\w/]+\.py)`", line)}
    there = {
        room: {
            path.relative_to(ROOT / room).as_posix()
            for path in (ROOT / room).rglob("*.py")
            if path.name != "__init__.py" and "migrations" not in path.parts
        }
        for room in ROOMS
    }
    assert told == there


# Form


@each_document
def test_no_document_names_a_place_of_one_machine_or_a_package_index(doc: Path) -> None:
    text = doc.read_text(encoding="utf-8")
    assert re.findall(r"(?<![\w.])/(?:work|root|home|tmp|Users)/\S*", text) == []
    assert re.findall(r"\bpypi\.\S+|\S*pythonhosted\S*|\S*npmjs\S*|(?:extra-)?index-url|/simple/", text) == []


def test_the_changelog_keeps_to_its_format() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.startswith("# Changelog\n")
    releases = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    titles = [release.partition("\n")[0] for release in releases]
    assert titles[0] == "[Unreleased]"
    for title in titles[1:]:
        assert re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}(?: \[YANKED\])?", title)
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    for release in releases:
        parts = re.split(r"^### ", release, flags=re.MULTILINE)[1:]
        names = [part.partition("\n")[0] for part in parts]
        assert set(names) <= kinds
        assert len(names) == len(set(names))
        for part in parts:
            lines = [line for line in part.partition("\n")[2].splitlines() if line]
            assert lines
            assert all(line.startswith(("- ", "  ")) for line in lines)


def test_the_changelog_names_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert str(project["version"]) in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [doc.name[:4] for doc in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("doc", [pytest.param(d, id=d.stem) for d in DECISIONS])
def test_a_decision_has_its_parts(doc: Path) -> None:
    title, *parts = headings(doc)
    assert title.startswith(f"{int(doc.name[:4])}. ")
    assert parts[:3] == ["Context", "Decision", "Consequences"]
    text = doc.read_text(encoding="utf-8")
    assert re.search(r"^Status: (?:proposed|accepted|superseded by \[\d{4}\]\(.+\))$", text, re.MULTILINE)
    assert re.search(r"^Date: \d{4}-\d{2}-\d{2}$", text, re.MULTILINE)
