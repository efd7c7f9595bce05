"""The words of a sale in Russian and Kazakh, with the misspellings that phones and haste produce.

Lookups go through `fold`; how a word in Latin letters or with a slip is recognised says hearing.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from core.domain.sale_text.spelling import fold, sound
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
    BANK = auto()
    SERVICE = auto()


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
        " безналичные безналично терминал терминалом терминалмен терминалу терминале"
        " visa виза визой mastercard мастеркард мастеркартой"
    ),
    PaymentKind.MOBILE: _folded(
        "каспи kaspi каспий каспиге каспимен каспиден каспием kaspimen qr куар кьюар кюар qr-ом qrом qr-мен аудару"
        " аударым аударыммен аударды аудардым аударды аударып"
        " перевод переводом перевела перевел перевели мобильный мобильным"
        " мобильно мобильді mobile perevod кюарка куаркод кюаркод qr-код qrкод каспиқр каспикр"
        " kaspiqr каспипей каспипэй kaspi.kz каспи.кз kaspipay"
    ),
}
NAME_LIKE_PAYMENTS = _folded("карта карточка картасы card karta перевод терминал qr")
"""After a name that has no price yet these belong to the name: «сим карта 500», «денежный перевод 300»."""

NAMES_OF_PAYMENTS = _folded("памяти документа документов текста паспорта справки лояльности таро")
"""After «карта» or «перевод» these make a name of it: «карта памяти 6000»."""

_ROLES: dict[Role, frozenset[str]] = {
    Role.REST: _folded("остальное остаток остальные остальная қалғаны қалғанын қалған остатки rest"),
    Role.TAKEN: _folded(
        "с со из дал дала дали получил получила получено получили принял приняла взял взяла берді бердім алдым алынды"
        " заплатил заплатила заплатили оплатил оплатила оплатили төледі төледім купюра купюрой купюру"
        " даёт дают дав дано принято беріп береді бергені given gave"
    ),
    Role.CHANGE: _folded("сдача сдачу сдачи сдачей сдачасы қайтарым қайтарымы change"),
    Role.TOTAL: _folded(
        "итого итог всего барлығы жиыны жалпы жалпысы итого-к-оплате itogo сумма суммасы"
        " барлық сомасы total жиынтығы итогом"
    ),
    Role.DISCOUNT: _folded(
        "скидка скидкой скидку скидки скитка скидкa жеңілдік жеңілдікпен жеңілдігі skidka минус discount"
    ),
    Role.MARKUP: _folded("наценка наценкой наценку үстеме үстемесі үстемемен markup"),
    Role.EACH: _folded("по данасы әрқайсысы каждый каждая каждое штучно бағасы поштучно each @ цена ценой әрбірі"),
    Role.TOGETHER: _folded("за бәрі вместе"),
    Role.WITHOUT: _folded("без"),
    Role.AND: _folded("и және да мен бен пен and плюс"),
    Role.CURRENCY: _folded("₸ тг тнг тенге теңге теңгеге тенгей kzt tg tenge теңгелік т.г тенгэ тенг тнге тгн"),
    Role.THOUSAND: _folded(
        "тыс тысяча тысяч тысячи тысячу тыщ тыща тыщи тыщу мың мыңға мын косарь косаря тышша тысячами т.тг"
    ),
    Role.PERCENT: _folded("процент процента процентов пайыз проц пайыздық percent процентная"),
    Role.PAYMENT_FILLER: _folded(
        "оплата оплачено оплату через на банк банковской банковская банковский төлем"
        " төлемі төлеу арқылы ақша ақшамен деньгами кошелек кошельком картом"
        " gold голд pay пэй пей код кодом коду пос pos скинул скинула скинули перекинул перекинула кинул"
        " кинула закинул төлеймін төлейді төлейміз екеуі үшеуі екеуін платит платили платят расчёт"
        " рассчитался рассчиталась половина половину жартысы способ приложение приложением приложению номер номеру"
        " банком банкинг paid by with төлеп ақшаны"
    ),
    Role.BANK: _folded("halyk халык халық jusan жусан freedom фридом homebank хоумбанк"),
    Role.SERVICE: _folded("обслуживание обслуживания сервис сервисный қызмет"),
}
ROLE_BY_WORD: dict[str, Role] = {word: role for role, words in _ROLES.items() for word in words}
PAYMENT_BY_WORD: dict[str, PaymentKind] = {word: kind for kind, words in _PAYMENT_WORDS.items() for word in words}
PHRASES: dict[tuple[str, ...], str] = {
    tuple(fold(phrase).split()): fold(meaning)
    for meaning, phrases in {
        "итого": "за всё|за все|на всё|на все|к оплате|к оплате итого|общая сумма|в сумме|на сумму|на общую сумму"
        "|за всех|за оба|за обе|за пару|и того|всё вместе|все вместе|в общем|общий итог|барлығы бірге|жалпы сома"
        "|итого к оплате|всего к оплате|итоговая сумма|бәрі бірге|екеуі бірге|на двоих|всего на|итого на",
        "по": "по цене|по стоимости|за штуку|за одну|за один|за одно|за каждый|за каждую|за каждое|біреуі|бір данасы"
        "|за шт|за единицу|за порцию",
        "x": "кол-во|количество|колво|колич|саны|умножить на|умножь на|помножить на",
        "остальное": "остальную сумму|остальная сумма|а остальное|қалған ақша|қалған ақшаны|қалған сома",
        "с": "из них",
        "qr": "кью ар|кью ар код|ку ар|q r|кар код|кюар код",
        "нал": "под расчёт|қолма қол|қолма қолмен|қолма қолға|қолма ақша"
        "|наличный расчёт|наличным расчётом|за наличку|за наличные",
        "карта": "без нал|безналичный расчёт|безналичным расчётом|кредитка|кредиткой",
        "сдача": "сдачи нужно|нужна сдача|нужно сдачи|надо сдачу|дай сдачу|дайте сдачу",
    }.items()
    for phrase in phrases.split("|")
}
"""Words that mean something only together, as the word of ours that means the same."""

ASIDES = _folded(
    "здравствуйте здрасте здрасьте здравствуй привет приветик салем сәлем салам сәлеметсіз сәлеметсізбе салеметсизбе"
    " ассалаумағалейкум пожалуйста пожалуста пожалста пожалйста плиз пж пжл пжста пжлст спс спасибо спасиба рахмет"
    " рақмет пробей пробейте пробить пробейка пробиваем пробил пробила пробьём пробьешь пробьёте оформи оформите"
    " оформить выбей выбейте посчитай посчитайте посчитать продал продала продали продано продажа продажу продаю"
    " продаем продан сатылды саттым сатты саттық сатылым сатылған өтінемін өтініш hello hi please sale sold thanks"
    " thx запиши запишите записать чекті чегін probei prodal salem privet pozhaluista spasibo rahmet"
)
"""Courtesy and orders to the till: they are dropped wherever they stand."""
ASIDE_PHRASES = frozenset(
    tuple(fold(phrase).split())
    for phrases in (
        "добрый день|добрый вечер|доброе утро|доброго дня|сәлеметсіз бе|қайырлы күн|қайырлы таң|қайырлы кеш",
        "салем бердік|чек на|чек за|чек пробей|чек керек|чек нужен|чек надо|чек шығар|чек бер|чек берші",
        "чек пожалуйста|без чека|с чеком|чек шығарыңыз|чек шығарып|чек беріңіз|чек қажет|из них|с учётом",
    )
    for phrase in phrases.split("|")
)
AFTER_PRICE_PHRASES = frozenset(
    tuple(phrase.split()) for phrase in ("с собой", "на вынос", "с доставкой", "в зале", "на месте", "по акции")
)
"""Said after a price they change nothing; «кофе с собой 800» keeps them in the name."""
SOFT_ASIDES = _folded(
    "сделай сделайте дай дайте выпиши выпишите напечатай распечатай шығар шығарыңыз шығаршы керек надо нужно нужен"
    " нужна чек чегі клиент клиенту клиентка клиента покупатель покупателю сегодня бүгін ещё тағы это вот так значит"
    " короче мне нам купили купил купила взяли взял взяла сатып алды алдым всё бар был была было ну а итак қазір"
    " тогда и the please маған сатамын сату можно болады"
    " бер беріңіз берші шығарып"
)
"""Dropped only before the goods of a message, or after a price where nothing more follows."""

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

FUEL = re.compile(r"(?:аи|ai)(?![^\W\d_])|(?:бензин|дизел|дизтоплив|солярк)|(?:газ|дт)\Z")
"""How the folded names begin of what is poured by the litre."""
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
        "шт штк штук штука штуки штуку штучки штучка дана данасы pcs порции порция порций порцию пары пар чел"
        " человек": Unit(PIECE),
        "кг кило килограмм килограмма килограммов kg кг-дан келі килә килограм килограма": Unit("116"),
        "л литр литра литров l литрлік": Unit("112", size=True),
        "мл ml миллилитр миллилитров": Unit("112", size=True, per_large=1000),
        "г гр грамм грамма граммов g gr": Unit("116", size=True, per_large=1000),
        "м метр метра метров m": Unit("006"),
        "см cm сантиметр сантиметров": Unit("006", size=True, per_large=100),
        "мм mm": Unit("006", size=True, per_large=1000),
        "м2 м² кв.м": Unit("055"),
        "м3 м³ куб.м": Unit("113"),
        "ч час часа часов сағ сағат": Unit("356"),
        "сутки суток день дня дней күн күнге": Unit("359", is_noun=True),
        "неделя недели недель неделю апта": Unit("360", is_noun=True),
        "месяц месяца месяцев мес ай": Unit("362", is_noun=True),
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

MARK_BY_SOUND: dict[str, str] = {}
for _word in (*PAYMENT_BY_WORD, *ROLE_BY_WORD, *UNIT_BY_WORD):
    MARK_BY_SOUND.setdefault(sound(_word), _word)
SLIPPED_MARKS: tuple[str, ...] = tuple(
    word
    for word in (*PAYMENT_BY_WORD, *ROLE_BY_WORD)
    if len(word) >= 5 and ROLE_BY_WORD.get(word) not in (Role.PAYMENT_FILLER, Role.EACH, Role.BANK, Role.SERVICE)
)
"""Words long enough to be known with a letter wrong."""
NO_SLIPS = _folded("картошка картошкой картошку картон картоны каска каски каску кассета"
    " сумка сумки сумку наличник наличники налив")
"""Goods that are a letter away from a mark."""
