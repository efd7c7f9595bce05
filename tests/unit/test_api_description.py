"""The API's description is whole: every call has examples, and every example is what its shape says."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pydantic import BaseModel

from core.clock import SystemClock
from core.settings import Settings
from web.api.answered import ANSWER_EXAMPLES
from web.api.describe import ALL_ANSWERS, BODIES, EXAMPLES
from web.app import create_app
from web.problems import STATUSES

ANSWERS = {model.__name__: model for model in ALL_ANSWERS}
FILES = ("Pack",)
"""Answers that are files: docs/exports.md shows them."""


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    engine = SimpleNamespace(settings=Settings(), clock=SystemClock())
    return create_app(cast("Any", engine)).openapi()


def calls(described: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", call)
        for path, methods in described["paths"].items()
        for method, call in methods.items()
    ]


def test_every_call_has_examples_of_what_it_takes_and_answers(described: dict[str, Any]) -> None:
    without = []
    for name, call in calls(described):
        bodies = call.get("requestBody", {}).get("content", {}).values()
        without += [name for body in bodies if not body.get("examples")]
        for status, answer in call["responses"].items():
            for media, content in answer.get("content", {}).items():
                shape = content["schema"].get("$ref", "").rsplit("/", 1)[-1]
                if "json" in media and status != "default" and shape not in FILES and "example" not in content:
                    without.append(f"{name} {status}")
    assert len(calls(described)) > 30 and without == []


def test_an_example_of_an_answer_is_of_its_shape_and_says_nothing_more() -> None:
    tried = 0
    for name, example in ANSWER_EXAMPLES.items():
        if name in ANSWERS:
            model = ANSWERS[name].model_validate_json(json.dumps(example), extra="forbid", by_alias=True, by_name=False)
            assert json.loads(model.model_dump_json(by_alias=True, exclude_unset=True)) == example, name
            tried += 1
    assert tried >= 14


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.__name__)
def test_an_example_of_a_body_would_be_taken(body: type[BaseModel]) -> None:
    for one in EXAMPLES[body.__name__].values():
        body.model_validate(one["value"])


def test_every_refusal_in_the_description_is_one_of_ours_with_its_status(described: dict[str, Any]) -> None:
    seen = set()
    for name, call in calls(described):
        assert {"401", "403", "404", "422", "429", "default"} <= set(call["responses"]), name
        for status, answer in call["responses"].items():
            example = answer.get("content", {}).get("application/problem+json", {}).get("example")
            if example is not None:
                assert str(example["status"]) == status
                assert status == "401" or STATUSES[example["code"]] == example["status"]
                ANSWERS["ProblemShape"].model_validate(example)
                seen.add(status)
    assert seen == {"401", "403", "404", "422", "429"}


def test_answers_to_a_key_name_the_rate_headers_and_nothing_refers_to_what_is_not_there(
    described: dict[str, Any],
) -> None:
    for name, call in calls(described):
        for status, answer in call["responses"].items():
            assert ("RateLimit-Remaining" in answer.get("headers", {})) == (status not in ("401", "default")), name
    text = json.dumps(described)
    for part in {one.split('"')[0] for one in text.split('"$ref": "#/components/')[1:]}:
        kind, _, one = part.partition("/")
        assert one in described["components"][kind], part
    assert described["webhooks"]["event"]["post"]["requestBody"]["content"]["application/json"]["example"]
