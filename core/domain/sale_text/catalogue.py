"""Names that a shop knows, with their prices, found by what was typed: begun, with a slip, without Kazakh letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from core.domain.money import Money
from core.domain.sale_text.spelling import fold, slips_between, sound

TYPED_CHARACTERS_MAX = 64
CANDIDATES_MAX = 5
BEGINNING_LETTERS_MIN = 3
ONE_SLIP_LETTERS_MIN = 4
TWO_SLIPS_LETTERS_MIN = 8
BUCKET_LETTERS = 2
BUCKET_NAMES_MAX = 400
"""How many names with the same beginning are compared letter by letter; the caller's order says which."""

_SAME, _BEGUN, _WORD_BEGUN, _SLIPPED = range(4)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known name with its price (None: not known), and how far the typed word is from it: 0 is the name itself."""

    name: str
    price_tiyn: Money | None
    distance: int

    @property
    def is_same(self) -> bool:
        """Whether the name itself was typed, but for case, spaces and the letters of another keyboard."""
        return self.distance == 0


class Catalogue(Mapping[str, "Money | None"]):
    """Names with prices in tiyn, in the caller's order: of equally near names the earlier one is offered first.

    Building it costs the length of all names, so it is kept between messages where the names are many.
    """

    def __init__(self, known: Mapping[str, Money | None]) -> None:
        self._known = {" ".join(name.split()): price for name, price in known.items()}
        self._by_key: dict[str, str] = {}
        self._by_beginning: dict[str, list[str]] = {}
        self._by_slip: dict[str, list[str]] = {}
        for name in self._known:
            key = sound(name)
            if self._by_key.setdefault(key, name) is not name:
                continue
            for word_key in {key[at:] for at in _beginnings(key)}:
                self._by_beginning.setdefault(word_key[:BUCKET_LETTERS], []).append(name)
            if ONE_SLIP_LETTERS_MIN <= len(key) <= TYPED_CHARACTERS_MAX:
                for variant in _shortened(key) | _shortened(fold(name)):
                    self._by_slip.setdefault(variant, []).append(name)

    def __getitem__(self, name: str) -> Money | None:
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def same(self, typed: str) -> Candidate | None:
        """The name that was typed in full."""
        name = self._by_key.get(sound(typed))
        return None if name is None else Candidate(name, self._known[name], _SAME)

    def complete(self, typed: str, at_most: int = CANDIDATES_MAX) -> tuple[Candidate, ...]:
        """Names that may be meant, the nearest first: the name itself, names and words so begun, slips of the hand."""
        key = sound(" ".join(typed.split()))
        if not key or len(key) > TYPED_CHARACTERS_MAX:
            return ()
        found: dict[str, int] = {}
        for name, distance in self._found(key, fold(" ".join(typed.split()))):
            found[name] = min(distance, found.get(name, distance))
        order = {name: at for at, name in enumerate(self._known)} if len(found) > 1 else {}
        ranked = sorted(found, key=lambda name: (found[name], order.get(name, 0)))
        return tuple(Candidate(name, self._known[name], found[name]) for name in ranked[:at_most])

    def meant(self, typed: str, begun: bool) -> Candidate | None:
        """The one name that can be meant; None where there is none, or where two are equally near.

        `begun`: the beginning of a name will do.
        """
        unfit = (_WORD_BEGUN,) if begun else (_BEGUN, _WORD_BEGUN)
        fitting = [one for one in self.complete(typed, len(self)) if one.distance not in unfit]
        if not fitting or (len(fitting) > 1 and fitting[0].distance == fitting[1].distance):
            return None
        return fitting[0]

    def _found(self, key: str, written: str) -> Iterable[tuple[str, int]]:
        if key in self._by_key:
            yield self._by_key[key], _SAME
        if len(key) >= BEGINNING_LETTERS_MIN:
            for name in self._by_beginning.get(key[:BUCKET_LETTERS], [])[:BUCKET_NAMES_MAX]:
                known = sound(name)
                if known.startswith(key):
                    yield name, _BEGUN
                elif f" {key}" in known:
                    yield name, _WORD_BEGUN
                elif len(key) >= TWO_SLIPS_LETTERS_MIN and _slipped(key, known, 2):
                    yield name, _SLIPPED + 2
        if len(written) >= ONE_SLIP_LETTERS_MIN:
            # as written too: in the coarser key one wrong letter may take its neighbours with it («Кьк» sounds as «к»)
            for variant in _shortened(key) | _shortened(written):
                for name in self._by_slip.get(variant, ()):
                    if _slipped(key, sound(name), 1) or _slipped(written, fold(name), 1):
                        yield name, _SLIPPED + 1


def _slipped(key: str, known: str, slips: int) -> bool:
    """Whether they are exactly so many slips apart; a digit is never a slip: «кола 1» is not «кола 2»."""
    digits, known_digits = ("".join(filter(str.isdigit, word)) for word in (key, known))
    return digits == known_digits and slips_between(key, known, slips) == slips


def _beginnings(key: str) -> list[int]:
    """Where the words of a key begin."""
    return [at for at in range(len(key)) if at == 0 or key[at - 1] == " "]


def _shortened(key: str) -> set[str]:
    """The key and the key without each of its letters: two words a slip apart share one of these."""
    return {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}


def complete(typed: str, known: Mapping[str, Money | None], at_most: int = CANDIDATES_MAX) -> tuple[Candidate, ...]:
    """`Catalogue.complete` for names that are few or asked once."""
    return catalogue_of(known).complete(typed, at_most)


def catalogue_of(known: Mapping[str, Money | None]) -> Catalogue:
    """The names as a catalogue, itself where it is one already."""
    return known if isinstance(known, Catalogue) else Catalogue(known)
