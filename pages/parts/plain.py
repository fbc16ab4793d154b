"""Strangers' text on a page: from documents, file names and questions. It is shown as text, whatever is in it.

This is the only file that hands HTML to Streamlit.
"""

import html
import re
from typing import Literal

import streamlit as st

# Marks of Markdown; what Streamlit replaces although it is escaped (addresses, arrows, icons); controls of direction.
_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")
_SHORTCUTS = re.compile(r"(?i:(:)(?=//|streamlit:|material_)|www(?=\.)|(@)|(?<!\S)([-<>~])(?=[-=>]+(?!\S)))")
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def plain_html(text: str) -> str:
    """`text` for HTML that this project writes, where it can neither become markup nor reverse what is beside it."""
    return f"<bdi>{html.escape(text)}</bdi>"


def without_bidi_controls(text: str) -> str:
    """`text` on one line where Streamlit shows text as it is, without controls of its direction."""
    return _BIDI_CONTROLS.sub("", " ".join(text.split()))


def plain_markdown(text: str) -> str:
    r"""`text` on one line for a label or a message that Streamlit reads as Markdown: every mark in it is escaped.

    >>> plain_markdown("a*b [x](y)")
    'a\\*b \\[x\\]\\(y\\)'
    """
    text = _SHORTCUTS.sub("\\g<0>\u2060", without_bidi_controls(text))
    return _MARKDOWN.sub(r"\\\1", text)


def source_link(address: str) -> str:
    """The address of a web page as HTML: a link that tells its server nothing, or text where it leads elsewhere.

    >>> source_link("https://example.org/a?b=1&c").partition("<bdi>")[2]
    'https://example.org/a?b=1&amp;c</bdi></a>'
    >>> source_link("javascript:alert(1)")
    '<bdi>javascript:alert(1)</bdi>'
    """
    if not address.startswith(("http://", "https://")):
        return plain_html(address)
    link = html.escape(address)
    return f'<a href="{link}" target="_blank" rel="noreferrer noopener">{plain_html(address)}</a>'


def show_html(trusted: str, *, with_script: bool = False, width: Literal["stretch", "content"] = "stretch") -> None:
    """Show HTML that this project wrote; what others wrote in it has gone through `plain_html`.

    Scripts are thrown away unless `with_script`, which is only for HTML without a word of others.
    """
    st.html(trusted, unsafe_allow_javascript=with_script, width=width)
