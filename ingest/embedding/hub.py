"""The Hugging Face hub. It is used only for a model that a person names and that is not a folder on this machine."""

import logging
from pathlib import Path

logger = logging.getLogger(__name__)


def only_from_this_machine(choice: str) -> bool:
    """Whether a model can only be on this machine: it is a folder, or the hub does not answer.

    The hub is asked once, with a short time limit. Its own client would try each file six times, for half a minute.
    """
    if Path(choice).is_dir():
        return True
    from huggingface_hub import constants, get_session  # noqa: PLC0415 (only where the hub is needed)

    if constants.HF_HUB_OFFLINE:
        return True
    try:
        get_session().head(constants.ENDPOINT, timeout=5)
    except Exception:  # the answer is the same for every failure of the connection
        logger.info("the hub does not answer, looking for %s on this machine", choice, exc_info=True)
        return True
    return False


def cannot_load(choice: str, variable: str) -> str:
    """The sentence for people about a model that could not be loaded."""
    if Path(choice).is_dir():
        return (
            f"The folder {choice} does not hold a sentence-transformers model that can be loaded. "
            f"Set {variable} to another folder, or leave it out to use the bundled model."
        )
    return (
        f"The model {choice} is not on this machine and could not be fetched from the Hugging Face hub. "
        f"Check the name and the connection, set {variable} to a folder that holds the model, "
        "or leave it out to use the bundled one."
    )
