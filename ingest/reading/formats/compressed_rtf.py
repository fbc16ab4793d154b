"""Unpack the rich text of an Outlook message ([MS-OXRTFCP]), which is compressed by a method of its own."""

import struct

_COMPRESSED, _PLAIN = 0x75465A4C, 0x414C454D
_RING = 4096
# What the ring holds at first: words that most rich texts have.
_AT_FIRST = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    + b"\r\n"
    + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def unpack_rtf(data: bytes) -> bytes:
    """The rich text; as much of it as there is where the data break off.

    Raises:
        ValueError: These are no data of this kind.
    """
    if len(data) < 16:
        raise ValueError("too short for a rich text of Outlook")
    _, size, mark = struct.unpack_from("<III", data)
    if mark == _PLAIN:
        return data[16 : 16 + size]
    if mark != _COMPRESSED:
        raise ValueError("no rich text of Outlook")
    return _unpacked(data)


def _unpacked(data: bytes) -> bytes:
    ring = bytearray(_AT_FIRST.ljust(_RING, b"\0"))
    end, place, text = len(_AT_FIRST), 16, bytearray()
    while place < len(data):
        control, place = data[place], place + 1
        for bit in range(8):
            if not control >> bit & 1:
                piece, place = data[place : place + 1], place + 1
            else:
                reference = int.from_bytes(data[place : place + 2], "big")
                start, length, place = reference >> 4, (reference & 15) + 2, place + 2
                if start == end or place > len(data):
                    return bytes(text)
                # A piece may reach into itself, so it is taken byte by byte.
                piece = b""
                for step in range(length):
                    byte = ring[(start + step) % _RING]
                    piece += bytes([byte])
                    ring[(end + step) % _RING] = byte
            for step, byte in enumerate(piece):
                ring[(end + step) % _RING] = byte
            end = (end + len(piece)) % _RING
            text += piece
    return bytes(text)
