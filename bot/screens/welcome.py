"""The first start on screens: one question a message with its example, what was answered, and the new register."""

from __future__ import annotations

from bot.press import Action, pack
from bot.screens.people import language_buttons, start_buttons
from bot.screens.sale import example_buttons
from bot.screens.screen import PLACE_LEFT, Button, Screen, lines
from bot.screens.wording import safe
from core.domain.onboarding import CHECK, PLACE, TITLE, TOKEN, FirstStart, place_text, server_text
from core.domain.registration import Registration
from core.ofd.operators import OPERATORS, SANDBOX
from core.texts import say

OKVED_OFFERED = "47111"
SAME, SAMPLE, YES, NO = "same", "sample", "yes", "no"
ANSWER, EDIT, BACK, CANCEL, MAKE = "a", "edit", "back", "cancel", "make"


def first_start_screen(language: str) -> Screen:
    """To somebody without a register: what this is, and both ways to begin."""
    return Screen(say(language, "welcome-stranger"), (*start_buttons(language), *language_buttons()))


def question_screen(language: str, state: FirstStart, *, own_machine: bool, unfit: bool = False) -> Screen:
    """The question of this step. ``unfit`` tells first that the answer before could not be taken."""
    if state.step == CHECK:
        return check_screen(language, state)
    text = lines(
        say(language, "welcome-unfit") if unfit else None,
        _place_line(language, state),
        say(language, f"welcome-ask-{_key(state)}"),
    )
    if state.step == PLACE:
        return Screen(text, place=language)
    offered = tuple((one,) for one in _offered(language, state, own_machine=own_machine))
    return Screen(text, (*offered, _ways(language, state)))


def check_screen(language: str, state: FirstStart, problem: str | None = None) -> Screen:
    """Everything that was answered, each line changeable; ``problem`` is why it could not be made just now."""
    asked = [step for step in state.steps if step != CHECK]
    names = {step: say(language, f"welcome-name-{_dashed(step)}") for step in asked}
    values = [
        say(language, "welcome-line", name=names[step], value=shown(language, state, step)) for step in asked
    ]
    # last, beside the buttons: a long list is scrolled past its beginning
    text = lines(say(language, "welcome-check"), "", *values, "", problem)
    edits = [
        Button(f"✎ {names[step]}", pack(Action.WELCOME, EDIT, state.version, step)) for step in asked
    ]
    make = Button(say(language, "welcome-button-make"), pack(Action.WELCOME, MAKE, state.version), style="success")
    pairs = tuple(tuple(edits[place : place + 2]) for place in range(0, len(edits), 2))
    return Screen(text, ((make,), *pairs, (_cancel(language),)))


def shown(language: str, state: FirstStart, step: str) -> str:
    """An answer as it is read back; a token never is."""
    if step == TOKEN:
        return "•••"
    value = state.answers[step]
    match step:
        case "vat":
            return say(language, "welcome-vat-yes" if value else "welcome-vat-no")
        case "place":
            return place_text(value)
        case "server":
            return safe(server_text(value))
        case "operator":
            return OPERATORS[value].name(language)
    return safe(str(value))


def place_left_screen(language: str, *, has_menu: bool) -> Screen:
    """After the question of the place: its keyboard goes, the usual one comes back where there is one."""
    text = say(language, "welcome-place-left")
    return Screen(text, menu=language) if has_menu else Screen(text, place=PLACE_LEFT)


def cancelled_start_screen(language: str) -> Screen:
    return Screen(say(language, "welcome-cancelled"), start_buttons(language))


def opened_screen(language: str, registration: Registration, *, copied: bool) -> Screen:
    """The register is there; the keyboard under the input comes with it."""
    key = "welcome-opened-practice" if registration.practice else "welcome-opened-real"
    text = say(language, key, title=safe(registration.title))
    return Screen(lines(text, say(language, "welcome-copied") if copied else None), menu=language)


def first_sale_screen(language: str) -> Screen:
    """The next step at once: a sale that one tap writes."""
    return Screen(say(language, "welcome-first-sale"), example_buttons(language))


def operators_offered(*, own_machine: bool) -> tuple[str, ...]:
    """Operators that a register of ours can work with; the practice one only on somebody's own machine."""
    return tuple(code for code, one in OPERATORS.items() if one.connectable and (own_machine or code != SANDBOX))


def _offered(language: str, state: FirstStart, *, own_machine: bool) -> tuple[Button, ...]:
    """Answers that a tap gives."""

    def button(words: str, value: str) -> Button:
        return Button(words, pack(Action.WELCOME, ANSWER, state.version, value))

    match state.step:
        case "vat":
            return tuple(button(say(language, f"welcome-vat-{one}"), one) for one in (YES, NO))
        case "operator":
            codes = operators_offered(own_machine=own_machine)
            return tuple(button(OPERATORS[code].name(language), code) for code in codes)
        case "okved":
            return (button(say(language, "welcome-button-okved", code=OKVED_OFFERED), SAMPLE),)
        case "address_kk":
            return (button(say(language, "welcome-button-same"), SAME),)
        case "title" if state.practice:
            return (button(say(language, "welcome-sample-title"), SAMPLE),)
    return ()


def _ways(language: str, state: FirstStart) -> tuple[Button, ...]:
    if state.step == state.steps[0]:
        return (_cancel(language),)
    return Button(say(language, "welcome-button-back"), pack(Action.WELCOME, BACK, state.version)), _cancel(language)


def _cancel(language: str) -> Button:
    return Button(say(language, "welcome-button-cancel"), pack(Action.WELCOME, CANCEL))


def _place_line(language: str, state: FirstStart) -> str:
    asked = state.steps[:-1]
    return say(language, "welcome-place", number=asked.index(state.step) + 1, total=len(asked))


def _key(state: FirstStart) -> str:
    return "practice-title" if state.practice and state.step == TITLE else _dashed(state.step)


def _dashed(step: str) -> str:
    return step.replace("_", "-")

