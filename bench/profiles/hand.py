"""Profile `hand` of the session generator: papers placed one by one after the real forms of many offices and years.

For TUNING casefile's rules of kinds and fields; never for acceptance. Devices, faults, names and items are those of `varied`; the layouts
are its own: `hand_cards` and `hand_licences` (small documents), `hand_certs`, `hand_work` and `hand_permits` (sheets; tools in
`hand_pen`), `hand_forms` (forms, letters, contracts) and `hand_other` (pages nobody asked for).

    PYTHONPATH=bench/profiles python ../shared/sessions/make_sessions.py --profile hand --out DIR --seed 1 --cases 30 --jobs 1
"""

import hand_cards
import hand_certs
import hand_forms
import hand_licences
import hand_other
import hand_permits
import hand_work
import varied
from varied import DEVICES, HANDFONT, ITEMS, MODES, PROV, G, P, _kind, distort

OWN = {**hand_cards.CARDS, **hand_licences.LICENCES, **hand_certs.CERTS, **hand_work.WORK, **hand_permits.PERMITS}


def other(c, dpi, R):
    return hand_other.draw(R.choice(hand_other.LAYOUTS), c, dpi, R)


LAY = {**varied.LAY, **{k: _kind(v) for k, v in {**OWN, **hand_forms.LAY}.items()}}
LAY["other"] = _kind(other)

__all__ = ["DEVICES", "HANDFONT", "ITEMS", "LAY", "MODES", "PROV", "G", "P", "distort"]
