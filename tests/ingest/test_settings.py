"""The settings: each has a name in the environment, a description, and a sentence for a value it cannot have."""

from pathlib import Path
from typing import get_args

import pytest

from ingest import Settings, load_settings
from ingest.errors import BadSetting
from tests.conftest import is_one_sentence

FIELDS = sorted(Settings.model_fields)


def default(field: str) -> object:
    return Settings.model_fields[field].get_default(call_default_factory=True, validated_data={})


WHOLE_NUMBERS = [field for field in FIELDS if type(default(field)) is int]


def other_value(field: str) -> object:
    """A value that the field can have and has not by itself."""
    if choices := get_args(Settings.model_fields[field].annotation):
        strings = [choice for choice in choices if isinstance(choice, str) and choice != default(field)]
        return strings[0] if strings else "http://something.example"
    match default(field):
        case bool(value):
            return not value
        case int(value):
            return value + 1
        case Path():
            return Path("elsewhere")
        case _:
            return "http://something.example"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that Pinpoint is started in, where `.env` may be."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("field", FIELDS)
def test_every_setting_is_read_from_its_name_in_the_environment(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"PINPOINT_{field.upper()}", str(other_value(field)))
    assert getattr(load_settings(), field) == other_value(field)


@pytest.mark.parametrize("field", FIELDS)
def test_every_setting_says_what_it_is(field: str) -> None:
    description = Settings.model_fields[field].description
    assert description
    assert description[0].isupper()
    assert description.endswith(".")


@pytest.mark.parametrize("field", FIELDS)
def test_every_setting_is_read_from_the_file_env(field: str, empty_folder: Path) -> None:
    (empty_folder / ".env").write_text(f"PINPOINT_{field.upper()}={other_value(field)}\n", encoding="utf-8")
    assert getattr(load_settings(), field) == other_value(field)


def test_the_environment_goes_before_the_file_env(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty_folder / ".env").write_text("PINPOINT_LIBRARY=from-file\n", encoding="utf-8")
    monkeypatch.setenv("PINPOINT_LIBRARY", "from-environment")
    assert load_settings().library == Path("from-environment")


def test_what_else_is_in_the_file_env_does_no_harm(empty_folder: Path) -> None:
    (empty_folder / ".env").write_text("# mine\nOTHER=1\nPINPOINT_NO_SUCH_THING=2\n", encoding="utf-8")
    assert load_settings().library == Path("library")


@pytest.mark.parametrize("value", ["many", "-1", "1.5", ""])
@pytest.mark.parametrize("field", WHOLE_NUMBERS)
def test_a_wrong_value_is_said_in_a_sentence_that_names_the_setting(
    field: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"PINPOINT_{field.upper()}", value)
    with pytest.raises(BadSetting) as refused:
        load_settings()
    assert f"PINPOINT_{field.upper()}" in str(refused.value)
    assert is_one_sentence(str(refused.value))


def test_a_wrong_value_in_the_file_env_is_said_in_the_same_way(empty_folder: Path) -> None:
    (empty_folder / ".env").write_text("PINPOINT_PASSAGE_TOKENS=5\n", encoding="utf-8")
    with pytest.raises(BadSetting, match="PINPOINT_PASSAGE_TOKENS"):
        load_settings()


def test_a_file_env_in_another_encoding_is_said_in_one_sentence(empty_folder: Path) -> None:
    (empty_folder / ".env").write_bytes("PINPOINT_LIBRARY=Bücher\n".encode("latin-1"))
    with pytest.raises(BadSetting) as refused:
        load_settings()
    assert ".env" in str(refused.value)
    assert is_one_sentence(str(refused.value))
