"""A register that does not work as usual: what people are told, what they are refused with, what became of it."""

from __future__ import annotations

from datetime import timedelta

from bot.press import Action, pack
from bot.screens.cause import (
    Choice,
    Look,
    duration_words,
    situation_buttons,
    situation_text,
    waiting_words,
)
from bot.screens.screen import Button, Screen, lines
from core.domain.cause import BAD_TOKEN_CODE, Cause, Standing
from core.texts import say
from core.usecases.probes import Probe
from core.usecases.registers import RegisterView

ENCODED = {"2.0.3": Choice.ENCODED_203, "2.0.4": Choice.ENCODED_204}
"""The answer of «encode again» by the version that it switches to."""


def trouble_screen(language: str, headline: str, look: Look) -> Screen:
    """A message about trouble, with sound: its headline (a key), then the situation and the buttons that mend it."""
    left = duration_words(language, look.situation.left or timedelta(0))
    return _sounding(language, say(language, headline, title=look.title, left=left), look)


def refused_screen(language: str, refusal: str, look: Look) -> Screen:
    """A refusal on a register that stands: nothing was made, why, and what to do about it.

    ``refusal`` is the key of the refusal's words.
    """
    title = f"<b>{say(language, f'{refusal}-title')}.</b> {say(language, 'refused-nothing-made')}"
    return _sounding(language, title, look)


def _sounding(language: str, first: str, look: Look) -> Screen:
    return Screen(lines(first, situation_text(language, look)), situation_buttons(language, look), silent=False)


def after_screen(language: str, first: str | None, look: Look) -> Screen:
    """How the register is now, after ``first`` said what was done."""
    if look.situation.standing is Standing.ONLINE:
        return Screen(lines(first, say(language, "bot-lane-fine")))
    return Screen(
        lines(first, situation_text(language, look)),
        situation_buttons(language, look),
        silent=look.situation.standing is Standing.AUTONOMOUS,
    )


def probe_screen(language: str, probe: Probe, look: Look) -> Screen:
    """What came of «Я оплатил — проверить»."""
    before, after = probe.before, probe.after
    if probe.too_soon:
        return after_screen(language, say(language, "probe-too-soon"), look)
    if after.lane.stopped:
        return after_screen(language, None, look)
    if after.block is not None:
        is_asked = after.block.reason == Cause.BLOCKED and look.situation.cause is Cause.BLOCKED
        return after_screen(language, say(language, "probe-blocked") if is_asked else None, look)
    if after.mode == "online":
        if not probe.is_answered:
            return Screen(say(language, "probe-silent-online"), silent=False)
        is_freed = before.mode != "online" or before.block is not None
        return Screen(say(language, "probe-freed" if is_freed else "probe-fine"))
    if probe.is_answered:
        return Screen(say(language, "probe-moving", waiting=waiting_words(language, after.unsent)))
    return after_screen(language, say(language, "probe-silent"), look)


def settle_ask_screen(language: str, register_id: str, number: int) -> Screen:
    """The one confirmation of «Уладил с ОФД сам», which says what it means."""
    yes = Button(
        say(language, "bot-button-settled", number=number),
        pack(Action.LANE, register_id, number, Choice.SETTLED),
        style="danger",
    )
    no = Button(say(language, "bot-button-cancel"), pack(Action.LANE, register_id, number, Choice.LEAVE))
    return Screen(say(language, "bot-settle-ask", number=number), ((yes,), (no,)))


def encode_ask_screen(language: str, register_id: str, number: int, now: str, other: str) -> Screen:
    """The one confirmation of «encode again»; ``now`` and ``other`` are versions of the protocol."""
    yes = Button(
        say(language, "bot-button-encoded", version=other),
        pack(Action.LANE, register_id, number, ENCODED[other]),
        style="danger",
    )
    no = Button(say(language, "bot-button-cancel"), pack(Action.LANE, register_id, number, Choice.LEAVE))
    text = say(language, "bot-encode-ask", number=number, now=now, other=other)
    return Screen(text, ((yes,), (no,)))


def wants_token(state: RegisterView) -> bool:
    """Whether only a token newly issued by the operator lets this register go on."""
    if state.lane.stopped:
        return state.lane.result_code == BAD_TOKEN_CODE
    return state.block is not None and state.block.reason == Cause.BAD_TOKEN
