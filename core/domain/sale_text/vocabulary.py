"""The words of a sale in Russian and Kazakh, with the misspellings that phones and haste produce.

Lookups go through `fold`: lower case, ё as е, Kazakh letters as the Russian ones typed instead of them.
Number words are the exception, they are matched as spelt: «төрт» (four) folded would be «торт» (cake).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from core.domain.sale_text.spoken import PaymentKind
from core.domain.units import PIECE


class Role(Enum):
    """What a word does in a message apart from naming goods."""

    PAY = auto()
    REST = auto()
    TAKEN = auto()
    CHANGE = auto()
    TOTAL = auto()
    DISCOUNT = auto()
    MARKUP = auto()
    EACH = auto()
    TOGETHER = auto()
    WITHOUT = auto()
    AND = auto()
    CURRENCY = auto()
    THOUSAND = auto()
    PERCENT = auto()
    PAYMENT_FILLER = auto()


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure: its code (PROTOCOL.md (e)), whether the word can stand for the goods, and how a size in it is sold.

    `size` marks measures that mostly belong to a pack («вода 5л»); `per_large` is how many make one of `code`
    (grams to a kilogram), 1 for the rest.
    """

    code: str
    is_noun: bool = False
    size: bool = False
    per_large: int = 1


_FOLDING = str.maketrans("ёәғқңөұүһі", "еагкноуухи")


def fold(word: str) -> str:
    """The spelling under which vocabulary is kept; never used for names."""
    return word.lower().translate(_FOLDING)


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


_PAYMENT_WORDS: dict[PaymentKind, frozenset[str]] = {
    PaymentKind.CASH: _folded(
        "нал налом налик наликом наличка наличку наличкой наличкою наличные наличными наличный наличн налич налички"
        " налчика наличька наличкай налычка кэш кеш кэшем кешем cash nal nalichka nalom қолма-қол қолмақол қолма"
        " қолма-қолмен қолма-қолға ақшалай нақты нақтылай"
    ),
    PaymentKind.CARD: _folded(
        "карта картой картою карту карте карты картай картои карточка карточкой карточку картачкой карточкою картамен"
        " карточкамен картасы картасымен картаға картадан card karta kartoi безнал безналом безналичный безналичными"
        " безналичные безналично терминал терминалом терминалмен"
    ),
    PaymentKind.MOBILE: _folded(
        "каспи kaspi каспий каспиге каспимен каспиден каспием kaspimen qr куар кьюар кюар qr-ом qrом qr-мен аудару"
        " аударым аударыммен аударды аудардым аударды аударып"
        " перевод переводом перевела перевел перевели мобильный мобильным"
        " мобильно мобильді mobile perevod"
    ),
}
NAME_LIKE_PAYMENTS = _folded("карта карточка картасы card karta перевод терминал qr")
"""After a name that has no price yet these belong to the name: «сим карта 500», «денежный перевод 300»."""

_ROLES: dict[Role, frozenset[str]] = {
    Role.REST: _folded("остальное остаток остальные остальная қалғаны қалғанын қалған"),
    Role.TAKEN: _folded(
        "с со из дал дала дали получил получила получено получили принял приняла взял взяла берді бердім алдым алынды"
    ),
    Role.CHANGE: _folded("сдача сдачу сдачи сдачей сдачасы қайтарым қайтарымы"),
    Role.TOTAL: _folded("итого итог всего барлығы жиыны жалпы жалпысы итого-к-оплате itogo"),
    Role.DISCOUNT: _folded("скидка скидкой скидку скидки скитка скидкa жеңілдік жеңілдікпен жеңілдігі skidka"),
    Role.MARKUP: _folded("наценка наценкой наценку үстеме үстемесі үстемемен"),
    Role.EACH: _folded("по данасы әрқайсысы каждый каждая каждое штучно бағасы"),
    Role.TOGETHER: _folded("за бәрі вместе"),
    Role.WITHOUT: _folded("без"),
    Role.AND: _folded("и және да мен бен пен and"),
    Role.CURRENCY: _folded("₸ тг тнг тенге теңге теңгеге тенгей kzt tg tenge теңгелік т.г"),
    Role.THOUSAND: _folded("тыс тысяча тысяч тысячи тысячу тыщ тыща тыщи мың мыңға"),
    Role.PERCENT: _folded("процент процента процентов пайыз проц пайыздық"),
    Role.PAYMENT_FILLER: _folded(
        "оплата оплатил оплатила оплатили оплачено оплату через на банк банковской банковская банковский төлем"
        " төледі төледім төлемі төлеу арқылы ақша ақшамен деньгами кошелек кошельком картом"
        " gold голд pay пэй пей halyk халык халық"
    ),
}
ROLE_BY_WORD: dict[str, Role] = {word: role for role, words in _ROLES.items() for word in words}
PAYMENT_BY_WORD: dict[str, PaymentKind] = {word: kind for kind, words in _PAYMENT_WORDS.items() for word in words}
CASH_IN_TWO_WORDS = (fold("қолма"), _folded("қол қолмен қолға"))
BY_HAND = fold("қолмен")
"""Cash where it stands alone or before its sum; else it tells how goods were made («қолмен тоқылған шұлық»)."""

RETURN_WORDS = _folded(
    "возврат возврата возврату возвратом возврате возвраты возратить возвратить возвратил возвратила возвратили"
    " возвращаю возвращаем возвращает возвращать возвращение возвращено возрат вазврат vozvrat вернуть верни верните"
    " вернул вернула вернули вернём верну вернуться возвращен возвращён қайтару қайтаруға қайтаруды қайтар қайтарыңыз"
    " қайтарып қайтарды қайтардым қайтардық қайтарамын қайтарам қайтарылды қайтарылсын kaitaru qaitaru refund refunds"
    " return returns returned"
)
CHANGE_OR_RETURN = _folded("қайтарым қайтарымы")
CANCEL_WORDS = frozenset(
    fold(words)
    for words in ("отмена", "отмени", "отменить", "аннулировать", "сторно", "болдырмау", "бас тарту", "cancel")
)
CASH_MOVE_WORDS = _folded(
    "внести внесение внёс внесла внесли внеси внесите внесу вношу внесено положить положил положила положили положи"
    " снять снял сняла сняли снятие сними снимите сниму снимаю изъять изъятие изъял изъяла изъяли изъято изыми изымаю"
    " забрать забрал забрала забрали забираю инкассация инкассацию инкассировать инкассировал инкассировала размен"
    " выдать сдать сдал сдала сдали"
    " салу салдым салды салып саламын салыңыз салынды алу алып аламын алам алды алыңыз кету кетті кеттім"
    " енгізу енгіздім енгізді шығару шығардым шығарып шешу шешіп шештім"
    " deposit deposited withdraw withdrawal withdrew in out"
)
CASH_PLACES = _folded("касса кассу кассы кассе кассой кассаға кассадан кассада kassa till drawer")
CASH_MOVE_FILLERS = _folded(
    "в во из с на для мне надо нужно хочу прошу пожалуйста деньги денег сумму сумма выручку выручка маған керек қою"
    " қойдым шығу барып the to from of into"
)
"""Words of a return, of calling off and of the cash drawer, and what may stand beside the latter. None is goods."""

THOUSAND_SUFFIXES = _folded("к k т тыс тысяч тысячи тыщ мың")
"""Glued to a number these are thousands: «2к», «2т»."""
ABLATIVE_SUFFIXES = _folded("дан ден тан тен")
ABLATIVE_SUFFIXES_HYPHENED = ABLATIVE_SUFFIXES | _folded("нан нен")
DATIVE_SUFFIXES = _folded("ға ге қа ке")
"""«150-ден» is «at 150 each», «5000-нан» «out of 5000»; unhyphened «2нан» is two breads. A dative only marks money."""
ABLATIVE_CURRENCY = _folded("теңгеден тенгеден тг-дан тг-ден тгдан тгден теңгенен")


def _units() -> dict[str, Unit]:
    """Abbreviations first, then words that may also stand for the goods themselves («2 пачки 500»)."""
    short = {
        "шт штук штука штуки штуку дана данасы pcs": Unit(PIECE),
        "кг кило килограмм килограмма килограммов kg кг-дан келі килә": Unit("116"),
        "л литр литра литров l литрлік": Unit("112", size=True),
        "мл ml миллилитр миллилитров": Unit("112", size=True, per_large=1000),
        "г гр грамм грамма граммов g gr": Unit("116", size=True, per_large=1000),
        "м метр метра метров m": Unit("006"),
        "см cm сантиметр сантиметров": Unit("006", size=True, per_large=100),
        "мм mm": Unit("006", size=True, per_large=1000),
        "м2 м² кв.м": Unit("055"),
        "м3 м³ куб.м": Unit("113"),
        "ч час часа часов сағ сағат": Unit("356"),
        "тонна тонны тонн": Unit("168"),
    }
    nouns = {
        "уп упак упаковка упаковки упаковок орам": Unit("778", is_noun=True),
        "пач пачка пачки пачек бума": Unit("728", is_noun=True),
        "бут бутылка бутылки бутылок бөтелке": Unit("868", is_noun=True),
        "рулон рулона рулонов": Unit("736", is_noun=True),
        "лист листа листов парақ": Unit("625", is_noun=True, size=True),
    }
    return {fold(word): unit for table in (short, nouns) for words, unit in table.items() for word in words.split()}


UNIT_BY_WORD = _units()

NUMBER_WORDS: dict[str, int] = {
    word: value
    for value, words in {
        1: "один одна одно одну бір біреу бир",
        2: "два две двое пара пару екі екеу еки",
        3: "три трое үш үшеу уш",
        4: "четыре четверо төрт төртеу",
        5: "пять бес бесеу",
        6: "шесть алты алтау",
        7: "семь жеті жетеу жети",
        8: "восемь сегіз сегиз",
        9: "девять тоғыз тогыз",
        10: "десять он",
        11: "одиннадцать",
        12: "двенадцать",
        13: "тринадцать",
        14: "четырнадцать",
        15: "пятнадцать",
        16: "шестнадцать",
        17: "семнадцать",
        18: "восемнадцать",
        19: "девятнадцать",
        20: "двадцать жиырма",
        30: "тридцать отыз",
        40: "сорок қырық",
        50: "пятьдесят елу",
        60: "шестьдесят алпыс",
        70: "семьдесят жетпіс",
        80: "восемьдесят сексен",
        90: "девяносто тоқсан",
        100: "сто жүз жуз",
        200: "двести",
        300: "триста",
        400: "четыреста",
        500: "пятьсот",
        600: "шестьсот",
        700: "семьсот",
        800: "восемьсот",
        900: "девятьсот",
        1000: "тысяча тысячи тысяч тысячу мың мын",
    }.items()
    for word in words.split()
}
ONE_AND_A_HALF = frozenset({"полтора", "полторы"})
HALF = frozenset({"жарты", "полкило", "пол-кило", "полкилограмма"})
HALF_KILO = HALF - {"жарты"}
TEN_THAT_COMPOSES = "он"
"""Kazakh «он бес» is fifteen; Russian «десять пять» is two numbers."""
