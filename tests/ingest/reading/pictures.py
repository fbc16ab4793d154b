"""Makes pictures with words in them, drawn with the font that Pillow carries."""

import struct
import zlib
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WORDS = ("Delivery note 60-2417", "The boiler holds 0.9 litres of water.")


def drawn(
    lines: Sequence[str] = WORDS,
    size: tuple[int, int] = (900, 260),
    ink: str = "black",
    paper: str | tuple[int, ...] = "white",
    font: float = 40,
    mode: str = "RGB",
) -> Image.Image:
    """An image with these lines below each other."""
    image = Image.new(mode, size, paper)
    drawing, letters = ImageDraw.Draw(image), ImageFont.load_default(size=font)
    for number, line in enumerate(lines):
        drawing.text((font, font + number * font * 1.6), line, fill=ink, font=letters)
    return image


def bomb(path: Path, side: int = 60_000) -> Path:
    """A small PNG of so many pixels on each side."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1_000_000), 9)), (b"IEND", b"")]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(kind, data) for kind, data in parts))
    return path


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# No library that may be used here writes HEIC: the image of "Meter 60-2417 is sealed.", 512 by 96 pixels.
HEIC = b64decode(
    """
    AAAAHGZ0eXBoZWl4AAAAAG1pZjFoZWl4bWlhZgAAAU5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAA
    AERAAAEAAQAAAAABcgABAAAAAAAAAosAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAAzmlwcnAAAACv
    aXBjbwAAAHJodmNDAQQIAAAAn/gAAAAAPPAA/Pz4+AAADwNgAAEAF0ABDAH//wQIAAADAJ/4AAADAAA8ugJAYQABACZCAQEECAAAAwCf+AAAAwAA
    PMAQCBhZbqSSmubAgAAADIAAAAMAhGIAAQAHRAHBcrBiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAAIAAAAAYAAAAA5waXhpAAAA
    AAEIAAAAF2lwbWEAAAAAAAAAAQABBIECAwQAAAKTbWRhdAAAAocoAa4IKFTnbX///5uFEpdN6sx8y6DOM3TEfT1J5t6b1r7B79Mp882bcOYF1Sf1
    Yt1uVoLu7z4ihurxcYFcEiH2DPOueUe4L9Mr/Bulndat/A1o+QdoudfTStLOUJZsc9CuDLnjwTS/4a6gDvCpjAjdiuE/7JUzz2yCuUSSuHP4/kIM
    RM9JdgHZMM1qE1dWSlSq4Jqs1Kn6Xst1IMqIHhTPxHrxYAEvg07tkJXTNg9mPWRyezMk9CrZGsoGLhBRPEUJiqIO7i5tpqGYwEjCoVEcOMn8vK2Y
    +rYqXP9BA3CAaiXeIaiu5vckcTEazxNg/TEvCBCRC7DYMtDx1zCDT1ypT1bJUk4feMComM4nKi5tzsT2A5V0MMkoD//Mp1XeZg5JklY9Ffar7WOK
    5ZIHDvqPTCvlOrhfy07wPxwpdYbkox7lDljANKZiHlI6hcKlYzHddF2H3Kfh6jGmHJb0QCqye6zwzCPbxbwP/L+9g10jGT/BRvsoeJGOVnek9B0U
    KetdHXSv6Zr9o2HcVCIN2l389roUsxBjp5iIq7pZDdZCWqpJL99RcYZ9GrdxsxBIgSLorJRJlPHPmCRF3bFiwNiEv17N2EFWdoz77I8ZK7Il5CAK
    tNGPG+5UPK0/lckLO8LWghPUNgCS64/dPQBDcMdj/VPdgLtPf4NRYZLG325tAZNbhEIe10j73MUCfFOxppVrfB1ZilCnkvzZ17WJp879kCjAzJmG
    gp0WHbGPrjM2dMXV17CjmFV8uY4FJXfOQtvf536NNXmh/hpjjXYFlW/mR9pHQGKkTX2/i6GjJMaMPYX+Zp7jH9ZuntH+/Lrd4bflNRUO6jnXiJU3
    6PtM8PtKqTC8KAAUMA==
    """
)
