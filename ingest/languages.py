"""The languages that are told apart, and the sentence for a document in one that the models do not know well."""

from ingest.document import Document
from ingest.settings import BUNDLED, Settings

# By their ISO 639-1 codes.
LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sr": "Serbian", "sv": "Swedish", "ta": "Tamil", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def language_note(document: Document, settings: Settings) -> str:
    """The sentence for a document in a language that the bundled models do not know well; empty for all others."""
    if document.language in {None, "en"} or settings.bi_encoder != BUNDLED:
        return ""
    name = LANGUAGES.get(document.language or "")
    return f"This document is in {name}; finding by meaning works best in English." if name else ""
