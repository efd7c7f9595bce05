"""What people do with a lane: try again, type a token, settle outside, encode again, ask the operator now."""

from __future__ import annotations

from core.errors import Refused, UnknownOutcome
from simulated.checks import Checks
from simulated.process import Killed
from simulated.world import Till, World


class Owners:
    """They look after lanes on whatever machine serves; a refusal is theirs to read, an error is nobody's."""

    def __init__(self, world: World, checks: Checks) -> None:
        self._world = world
        self._checks = checks

    async def resolve(self, till: Till, what: str) -> None:
        """What a person does with a lane, on a machine that serves."""
        machine = self._world.serving()
        if machine is None:
            return
        engine, token = machine.engine, None
        assert engine is not None
        if what == "token":
            await self._token_for(till)
            token = till.issued_token
        self._world.note(f"person: {what} on {till.device_id}")
        watched = self._checks.watched[till.register_id]
        if what == "settled_outside" and (watched.lane is None or not watched.lane["stopped"]):
            return
        try:
            if what == "probe":
                await machine.process.wait_for(engine.lanes.probe(till.register_id))
                return
            if what == "settled_outside":
                till.settled_outside = True
            resolution = "retry" if what == "token" else what
            work = engine.lanes.resolve(till.register_id, resolution, "по акту", token=token)
            await machine.process.wait_for(work)
        except Refused as refusal:
            self._world.note(f"person: {refusal}")
            if refusal.code not in ("VALIDATION", "REGISTER_BUSY"):
                self._world.find("G10", f"a person's {what} was refused with {refusal}")
        except (UnknownOutcome, Killed):
            return
        except Exception as error:
            self._world.find("crash", f"a person's {what} raised {type(error).__name__}: {error}")

    async def _token_for(self, till: Till) -> None:
        """The cabinet shows the token that is good now; mostly a new one is issued."""
        if till.issued_token is None or self._world.random.random() < 0.7:
            till.issued_token = self._world.network.operator.issue_token(till.device_id)
            till.tokens_issued += 1
