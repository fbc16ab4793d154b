"""The names of months and weekdays in the languages that a number format may name. English stands for all others."""

# Windows' numbers of the languages ([MS-LCID]); their lowest ten bits are the language without its country.
_LANGUAGE_BITS = 0x3FF
_BY_NUMBER = {0x07: "de", 0x09: "en", 0x0A: "es", 0x0C: "fr", 0x10: "it", 0x13: "nl", 0x16: "pt"}

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
}
# Where the short name is not the first three letters.
_SHORT = {"de": {"März": "Mrz", **{day: day[:2] for day in _DAYS["de"].split()}},
          "fr": {"janvier": "janv", "février": "févr", "mars": "mars", "avril": "avr", "juin": "juin",
                 "juillet": "juil", "août": "août", "septembre": "sept"},
          "nl": {"maart": "mrt", **{day: day[:2] for day in _DAYS["nl"].split()}}}  # fmt: skip

Names = tuple[tuple[str, str], ...]


def months(language: str) -> Names:
    """The long and the short names of the months, January first.

    >>> months("407")[2], months("")[2]
    (('März', 'Mrz'), ('March', 'Mar'))
    """
    return _NAMES[_code(language)][0]


def days(language: str) -> Names:
    """The long and the short names of the days, Monday first."""
    return _NAMES[_code(language)][1]


def _with_short(language: str, names: str) -> Names:
    short = _SHORT.get(language, {})
    return tuple((name, short.get(name, name[:3])) for name in names.split())


_NAMES = {
    language: (_with_short(language, _MONTHS[language]), _with_short(language, _DAYS[language])) for language in _DAYS
}


def _code(language: str) -> str:
    """The language of `407` or `de-DE`."""
    code, dash, _ = language.lower().partition("-")
    if not dash:
        try:
            code = _BY_NUMBER.get(int(code or "0", 16) & _LANGUAGE_BITS, "en")
        except ValueError:
            code = "en"
    return code if code in _NAMES else "en"
