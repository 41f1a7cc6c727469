"""People who do not exist: names, identity numbers with a right check character, mobile numbers. Equal seeds give equal people."""

import random
from datetime import date, timedelta

FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "懿翀璟瑄祎彧琛骞菡睿昶煊琰旻珩澍玥瑾钰弢赟翊晗淼焱垚鑫犇羴骉"
AREAS = ("110105", "310104", "330106", "440305", "510107", "610113")


def people(count: int, seed: int = 20261125) -> list[str]:
    """`count` different values, by turns a name, an identity number and a mobile number."""
    chance, out = random.Random(seed), dict[str, None]()
    makers = (_name, _identity, _mobile)
    while len(out) < count:
        out[makers[len(out) % 3](chance)] = None
    return list(out)


def _name(chance: random.Random) -> str:
    return chance.choice(FAMILY) + "".join(chance.sample(GIVEN, 3))


def _identity(chance: random.Random) -> str:
    born = date(1950, 1, 1) + timedelta(days=chance.randrange(20000))
    first = f"{chance.choice(AREAS)}{born:%Y%m%d}{chance.randrange(1000):03}"
    return first + "10X98765432"[sum(int(c) * (2 ** (17 - i) % 11) for i, c in enumerate(first)) % 11]


def _mobile(chance: random.Random) -> str:
    return f"1{chance.randrange(30, 100)}{chance.randrange(10**8):08}"
