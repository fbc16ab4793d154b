"""All settings of Pinpoint. No other module reads the environment."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import BadSetting

BUNDLED = "bundled"


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _readers() -> int:
    return min(max(2, _cores() - 1), 8)


class Settings(BaseSettings):
    """The settings, read from the environment (`PINPOINT_LIBRARY` for `library`, and so on) and from `.env`."""

    model_config = SettingsConfigDict(env_prefix="PINPOINT_", env_file=".env", extra="ignore", frozen=True)

    library: Path = Field(Path("library"), description="The folder that holds the library.")
    chroma_url: str | None = Field(
        None, description="The address of a Chroma server, such as http://localhost:8000, to use instead of the folder."
    )
    chroma_token: str | None = Field(
        None,
        repr=False,
        description="The token that the Chroma server asks for, if it does: it is sent as a bearer token.",
    )
    bi_encoder: str = Field(
        BUNDLED,
        description="The model that retrieves by meaning: `bundled`, or the name or folder of a sentence-transformers "
        "model.",
    )
    cross_encoder: str = Field(
        BUNDLED,
        description="The model that re-ranks: `bundled`, or the name or folder of a sentence-transformers "
        "cross-encoder.",
    )
    passage_tokens: int = Field(
        160, ge=32, le=448, description="The longest a passage may be, in tokens of the bi-encoder."
    )
    question_characters: int = Field(1000, ge=10, description="The longest a question may be, in characters.")
    file_megabytes: int = Field(200, ge=1, description="The largest file that is taken, in megabytes.")
    read_seconds: int = Field(300, ge=1, description="How long reading one file may take, in seconds.")
    read_megabytes: int = Field(2048, ge=512, description="How much memory reading one file may take, in megabytes.")
    readers: int = Field(
        default_factory=_readers,
        ge=1,
        le=64,
        description="How many files are read at the same time, each within `PINPOINT_READ_MEGABYTES`; one of them is "
        "always a small one. By default one less than there are cores, at least 2 and at most 8.",
    )
    read_characters: int = Field(
        300_000_000, ge=1000, description="The most text that is taken from one file, in characters."
    )
    web_pages: bool = Field(
        False,
        description="Whether a web page can be added by its address, on the Documents page and on the command line; "
        "only then does Pinpoint connect to the server that is named.",
    )
    free_megabytes: int = Field(
        500, ge=0, description="How much of the disk is kept free, in megabytes; with less, nothing more is added."
    )
    trash_days: int = Field(
        30,
        ge=0,
        le=36_500,
        description="How many days a removed document stays in the trash, where it can be restored; with 0 it is "
        "deleted at once.",
    )
    folders: str = Field(
        "",
        description="Folders of this machine that are followed, separated by semicolons: what is new or changed in "
        "them comes into the library by itself.",
    )
    folders_as_collections: bool = Field(
        False, description="Whether each folder in these folders becomes a collection, with all that is below it."
    )
    folders_seconds: int = Field(
        60,
        ge=5,
        description="How many seconds at most until followed folders are looked through again, also on network drives, "
        "which do not tell of changes; at once where the system tells.",
    )
    hosts: str = Field(
        "",
        description="The names by which the app may be reached besides `localhost`, separated by commas, such as "
        "`pinpoint.example.org, *.example.org`.",
    )
    address: str | None = Field(
        None,
        description="The address that people type, such as https://pinpoint.example.org; its name is among the hosts.",
    )
    sign_in: Literal["auto", "always", "never"] = Field(
        "auto",
        description="Whether people must sign in: `auto` where others than this machine reach the app, `always`, or "
        "`never`, with which everybody who reaches the app may do everything.",
    )
    sign_in_days: int = Field(14, ge=1, le=365, description="How many days a sign-in lasts.")
    openid_issuer: str | None = Field(
        None,
        description="The address of the sign-in service of your organisation (OpenID Connect), such as "
        "https://login.example.org; with it people sign in there.",
    )
    openid_client: str | None = Field(None, description="The client ID that this service has given to Pinpoint.")
    openid_secret: str | None = Field(
        None, repr=False, description="The client secret that this service has given to Pinpoint."
    )
    openid_role: Literal["nobody", "reader", "editor"] = Field(
        "nobody",
        description="What somebody may do whom this service knows and no owner has added: `nobody` lets only those in "
        "who were added, by e-mail address; `reader` and `editor` add everybody who comes.",
    )
    record_days: int = Field(365, ge=1, le=36_500, description="How many days the record of who did what is kept.")
    upload_megabytes: int = Field(
        1000,
        ge=1,
        description="How much one person may have on the way into memory at once while adding files, in megabytes; "
        "everybody together may have twice as much.",
    )
    threads: int = Field(
        default_factory=_cores, ge=1, description="How many processor cores the models may use; all of them by default."
    )


def load_settings() -> Settings:
    """Read the settings. Raises BadSetting, whose message names the wrong setting."""
    try:
        return Settings()
    except UnicodeDecodeError as error:
        raise BadSetting("The file .env is not in UTF-8. Save it in UTF-8, then start again.") from error
    except ValidationError as error:
        first = error.errors()[0]
        variable = f"PINPOINT_{'_'.join(map(str, first['loc']))}".upper()
        raise BadSetting(f"The setting {variable} cannot be used: {first['msg']}.") from error
