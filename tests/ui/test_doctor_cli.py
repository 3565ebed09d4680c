"""``insight doctor``: its lines, its document and its exit status."""

import json

import pytest

from service.diagnosis.trial import DoctorCheck

GOOD = DoctorCheck("settings", "ok", "read and valid")
BAD = DoctorCheck("language model: key", "fails", "refused the key (401)", "set INSIGHT_LLM_API_KEY")


@pytest.fixture
def examined(monkeypatch):
    """Let the doctor find what a test says; gives the addresses of servers that it was told of."""
    told = []

    def examined(*findings):
        def examine(settings, *, server=None):
            told.append(server)
            yield from findings

        monkeypatch.setattr("service.diagnosis.doctor.examine", examine)
        return told

    return examined


def test_all_is_well(insight, capsys, examined):
    told = examined(GOOD)
    assert insight("doctor") == 0
    said = capsys.readouterr()
    assert said.out.split() == ["ok", "settings", "read", "and", "valid"]
    assert said.err == ""
    assert told == [None]


def test_what_fails_is_told_with_what_to_do(insight, capsys, examined):
    examined(GOOD, BAD)
    assert insight("doctor") == 1
    said = capsys.readouterr()
    assert "FAILS    language model: key" in said.out
    assert "→ set INSIGHT_LLM_API_KEY" in said.out
    assert said.err == "error: something is wrong with: language model: key\n"


def test_one_document(insight, capsys, examined):
    examined(GOOD, BAD)
    assert insight("doctor", "--json") == 1
    assert json.loads(capsys.readouterr().out) == {
        "ok": False,
        "checks": [
            {"what": "settings", "state": "ok", "told": "read and valid", "remedy": ""},
            {
                "what": "language model: key",
                "state": "fails",
                "told": "refused the key (401)",
                "remedy": "set INSIGHT_LLM_API_KEY",
            },
        ],
    }


def test_wrong_settings_are_a_finding(insight, capsys, monkeypatch):
    monkeypatch.setenv("INSIGHT_PORT", "http")
    assert insight("doctor", "--json") == 1
    (check,) = json.loads(capsys.readouterr().out)["checks"]
    assert (check["what"], check["state"]) == ("settings", "fails")
    assert "'INSIGHT_PORT'" in check["told"] or "'port'" in check["told"]


def test_a_running_server_is_left_alone(insight, examined, monkeypatch):
    class Server:
        url = "http://127.0.0.1:8000"

        def close(self):
            """Nothing is open."""

    monkeypatch.setattr("ui.remote.Remote.of", lambda owner: Server())
    told = examined(GOOD)
    assert insight("doctor") == 0
    assert told == ["http://127.0.0.1:8000"]
