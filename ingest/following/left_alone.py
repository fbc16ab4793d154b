"""Which files of a followed folder are left alone: hidden ones, and those that programs make while they work."""

import os
import stat

_HIDDEN_STARTS = (".", "~$", "~WR", "#", "$RECYCLE.BIN", "@eaDir", "__MACOSX")
_TEMPORARY_ENDS = (
    *(".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download", ".opdownload", ".!ut", ".aria2"),
    *("~", "#", ".swp", ".swo", ".swx", ".lock", ".lck", ".laccdb", ".ldb", ".lnk"),
)
_OF_SYSTEMS = frozenset(
    ["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "system volume information", "lost+found"]
)


def is_left_alone(name: str) -> bool:
    """Whether a file or folder of this name is hidden, temporary or the system's own.

    >>> [is_left_alone(name) for name in (".git", "~$plan.docx", "plan.docx.part", "Thumbs.db", "plan.docx")]
    [True, True, True, True, False]
    """
    folded = name.casefold()
    return name.startswith(_HIDDEN_STARTS) or folded.endswith(_TEMPORARY_ENDS) or folded in _OF_SYSTEMS


def is_marked_hidden(about: os.stat_result) -> bool:
    """Whether the file system has the file marked as hidden, as Windows and macOS do."""
    of_windows = getattr(about, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_HIDDEN
    of_macos = getattr(about, "st_flags", 0) & stat.UF_HIDDEN
    return bool(of_windows or of_macos)
