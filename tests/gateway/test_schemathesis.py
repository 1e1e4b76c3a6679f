"""Whatever fits the OpenAPI document, and much that does not, gets an answer that the document promises. Never a 500."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure, FailureGroup

from tests.gateway.service import Service, running
from tests.gateway.talk import Person

EXAMPLES = 3
"""For each operation: so many that fit the document, and so many that do not. Always the same ones."""

_REFUSED = ["400", "401", "403", "404", "405", "406", "409", "413", "415", "422", "429", "503"]
CHECKS = SchemathesisConfig.from_dict(
    {
        "checks": {
            # What fits its schema may still be no known table, level or person: 422 says which, and is documented.
            "positive_data_acceptance": {"expected-statuses": ["2xx", *_REFUSED]},
            # A text over the limit may be too much at once before anybody looks at its fields.
            "negative_data_rejection": {"expected-statuses": _REFUSED},
        }
    }
)

BOUNDED = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass
class Place:
    """A service with one family, and who may ask for what."""

    service: Service
    schema: Any
    family: Person
    staff: dict[str, str]

    def headers(self, path: str) -> dict[str, str]:
        return self.staff if path.startswith("/api/v1/review") else self.family.headers

    def values(self) -> dict[str, str]:
        """Ids that there are, for the parts of paths."""
        return {
            "conversation_id": self.family.id,
            "reference": str(self.family.last["state"]["draft_reference"]),
        }


@pytest.fixture(scope="module")
def place(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    store = tmp_path_factory.mktemp("schemathesis") / "store.db"
    shutil.copy(empty_store, store)
    load_all_checks()
    with running(store, lifespan="off") as service:
        token = service.http.post("/api/v1/review/demo-login", json={"user": "head-of-service"}).json()["token"]
        service.http.cookies.clear()
        family = Person.at_the_first_question(service)
        schema = schemathesis.openapi.from_url(f"{service.url}/openapi.json", config=CHECKS)
        yield Place(service, schema, family, {"Authorization": f"Bearer {token}"})


def problems(place: Place, operation: Any, mode: GenerationMode) -> list[str]:
    """What is wrong with one operation, asked about the family that there is."""
    found: dict[str, str] = {}
    parts = {parameter.name for parameter in operation.path_parameters}
    known = {name: value for name, value in place.values().items() if name in parts}
    if mode is GenerationMode.NEGATIVE and not _can_be_wrong(place, operation):
        return []
    strategy = operation.as_strategy(generation_mode=mode)

    @given(strategy)
    @BOUNDED
    def tries(case: Case) -> None:
        if known:
            case.path_parameters = {**(case.path_parameters or {}), **known}
        try:
            case.call_and_validate(headers=place.headers(operation.path), timeout=30)
        except (Failure, FailureGroup) as failure:
            for one in getattr(failure, "exceptions", [failure]):
                said = f"{operation.label} ({mode.value}): {one}\n{case.as_curl_command()}"
                found.setdefault(type(one).__name__, said)

    tries()
    return list(found.values())


def _can_be_wrong(place: Place, operation: Any) -> bool:
    """Whether anything could be sent there that does not fit: any text at all is an id."""
    described = place.schema.raw_schema["paths"][operation.path][operation.method]
    parameters = [parameter["schema"] for parameter in described.get("parameters", [])]
    return "requestBody" in described or any(set(schema) - {"type", "title"} for schema in parameters)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_operation_keeps_the_documents_promises(place: Place, mode: GenerationMode) -> None:
    operations = [result.ok() for result in place.schema.get_all_operations()]
    assert len(operations) > 20
    found = [problem for operation in operations for problem in problems(place, operation, mode)]
    assert found == [], "\n\n".join(found)
