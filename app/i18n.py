"""Words for people: Chinese is the source, English stands in app/locale/en. No text is translated inline.

The language is that of CASEFILE_LANG, else LC_ALL, LC_MESSAGES, LANG; Chinese unless it begins with another known language.
"""

import gettext
import os
from pathlib import Path

LOCALES = Path(__file__).parent / "locale"


def language() -> str:
    """`zh` or `en`."""
    for name in ("CASEFILE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "en" if value.lower().startswith(("en", "c.", "posix")) or value == "C" else "zh"
    return "zh"


def _translations() -> gettext.NullTranslations:
    if language() == "zh":
        return gettext.NullTranslations()
    return gettext.translation("casefile", LOCALES, [language()], fallback=True)


_ = _translations().gettext
"""The sentence in the person's language."""
