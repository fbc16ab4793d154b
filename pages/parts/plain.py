"""Strangers' text on a page: from documents, file names and questions. It is shown as text, whatever is in it.

This is the only file that hands HTML to Streamlit.
"""

import html
import re
from typing import Literal

import streamlit as st

_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")
_TAKEN_FOR_MORE = re.compile(r"(?i:(:)(?=//|streamlit:|material_)|www(?=\.)|(@)|(?<!\S)([-<>~])(?=[-=>]+(?!\S)))")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def plain_html(text: str) -> str:
    """`text` for HTML that this project writes, where it cannot become markup nor turn what stands beside it."""
    return f"<bdi>{html.escape(text)}</bdi>"


def without_turning(text: str) -> str:
    """`text` on one line for a place where Streamlit shows text as it is, without what turns its direction."""
    return _TURNING.sub("", " ".join(text.split()))


def plain_markdown(text: str) -> str:
    r"""`text` on one line for a label or a message that Streamlit reads as Markdown: every mark in it is escaped.

    >>> plain_markdown("a*b [x](y)")
    'a\\*b \\[x\\]\\(y\\)'
    """
    text = _TAKEN_FOR_MORE.sub("\\g<0>\u2060", without_turning(text))
    return _MARKDOWN.sub(r"\\\1", text)


def show_html(trusted: str, *, with_script: bool = False, width: Literal["stretch", "content"] = "stretch") -> None:
    """Show HTML that this project wrote; what strangers wrote in it has gone through `plain_html`.

    Scripts are thrown away unless `with_script`, which is only for HTML without a stranger's word.
    """
    st.html(trusted, unsafe_allow_javascript=with_script, width=width)
