"""The files and folders that a child may read besides its one file: the interpreter, libraries, fonts."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[2]  # `ingest`, not the folder around it, where a library may be
_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store", "/etc/ld.so.cache")
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts", "/System/Library/Fonts")
# Processors and memory, for numeric libraries; the time zone, for dates in e-mail; names of types of files.
_SYSTEM = (
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/self/maps",
    "/sys/devices/system/cpu",
    "/sys/devices/system/node",
    "/dev/null",
    "/dev/urandom",
    "/etc/localtime",
    "/usr/share/zoneinfo",
)
# Where `mimetypes` looks. It fails on one that is there and cannot be opened.
_TYPES_OF_FILES = (
    "/etc/mime.types",
    "/etc/httpd/mime.types",
    "/etc/httpd/conf/mime.types",
    "/etc/apache/mime.types",
    "/etc/apache2/mime.types",
    "/usr/local/etc/httpd/conf/mime.types",
    "/usr/local/etc/mime.types",
    "/usr/local/lib/netscape/mime.types",
)


def readable_paths() -> Iterator[Path]:
    """The paths, whether they exist or not. The folder that `ingest` is in is not among them."""
    yield _PACKAGE
    around = _PACKAGE.parent
    named = [
        *sys.path,
        *(f"{prefix}/lib" for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix}),
        *os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep),
    ]
    for name in dict.fromkeys(filter(None, named)):
        path = Path(name).resolve()
        # A folder around `ingest` may hold the library of documents as well.
        if path != around and path not in around.parents:
            yield path
    yield from map(Path, (*_LIBRARIES, *_FONTS, *_SYSTEM, *_TYPES_OF_FILES))
