"""The schemas of the versions side by side: what they share stands at the same tags, what differs is named here."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.descriptor import FieldDescriptor

from core.ofd.schema import kkm_v202_pb2 as v202
from core.ofd.schema import kkm_v203_pb2 as v203
from core.ofd.schema import kkm_v204_pb2 as v204

Place = tuple[str, str]
VARINTS = {
    FieldDescriptor.TYPE_UINT32,
    FieldDescriptor.TYPE_UINT64,
    FieldDescriptor.TYPE_INT32,
    FieldDescriptor.TYPE_ENUM,
    FieldDescriptor.TYPE_BOOL,
}
# PROTOCOL.md j-1: the one tag that means two things
CLASHES = {("OrgRegInfo", "tenantId")}


def fields(module: Any) -> dict[Place, Any]:
    """Every field of a schema by the path of its message and its name."""
    found: dict[Place, Any] = {}

    def walk(message: Any, path: str) -> None:
        for field in message.fields:
            found[path, field.name] = field
        for inner in message.nested_types:
            walk(inner, f"{path}.{inner.name}")

    for name, message in module.DESCRIPTOR.message_types_by_name.items():
        walk(message, name)
    return found


def enums(module: Any) -> dict[Place, int]:
    """Every value of every enum by the enum's name and its own."""
    found: dict[Place, int] = {}

    def take(kinds: Any) -> None:
        for kind in kinds:
            found.update({(kind.name, value.name): value.number for value in kind.values})

    take(module.DESCRIPTOR.enum_types_by_name.values())
    for message in module.DESCRIPTOR.message_types_by_name.values():
        take(message.enum_types)
        for inner in message.nested_types:
            take(inner.enum_types)
    return found


def shape(field: Any) -> tuple[int, str, bool]:
    """What decides whether one schema reads the bytes of another: tag, wire type, repetition."""
    if field.type == FieldDescriptor.TYPE_MESSAGE:
        wire_type = field.message_type.full_name.split(".", 2)[2]
    else:
        wire_type = "varint" if field.type in VARINTS else str(field.type)
    return field.number, wire_type, field.is_repeated


@pytest.mark.parametrize("other", [v202, v204])
def test_what_two_versions_share_stands_at_the_same_tags(other: Any) -> None:
    ours, theirs = fields(v203), fields(other)
    shared = ours.keys() & theirs.keys() - CLASHES
    assert len(shared) > 180
    assert [place for place in shared if shape(ours[place]) != shape(theirs[place])] == []
    values, their_values = enums(v203), enums(other)
    same = values.keys() & their_values.keys()
    assert [place for place in same if values[place] != their_values[place]] == []


def test_no_tag_of_2_0_3_means_something_else_in_2_0_4() -> None:
    def by_tag(module: Any) -> dict[tuple[str, int], str]:
        return {(path, field.number): name for (path, name), field in fields(module).items()}

    ours, theirs = by_tag(v203), by_tag(v204)
    assert [place for place in ours.keys() & theirs.keys() if ours[place] != theirs[place]] == []


def test_only_the_codes_18_and_the_retired_ones_differ() -> None:
    def codes(module: Any) -> dict[str, int]:
        return dict(module.ResultTypeEnum.items())

    assert codes(v203).items() - codes(v204).items() == {
        ("RESULT_TYPE_CANT_CANCEL_TICKET", 10),
        ("RESULT_TYPE_SHIFT_ALREADY_OPENED", 16),
        ("RESULT_TYPE_ELEMENT_NOT_FOUND_BY_BARCODE", 18),
    }
    assert codes(v204).items() - codes(v203).items() == {
        ("RESULT_TYPE_DEREGISTERED", 18),
        ("RESULT_TYPE_DISCONNECTED", 19),
    }
    assert codes(v203).items() - codes(v202).items() == {("RESULT_TYPE_ELEMENT_NOT_FOUND_BY_BARCODE", 18)}


def test_the_members_that_became_required_in_2_0_4() -> None:
    before, now = fields(v203), fields(v204)
    places = before.keys() & now.keys()
    newly = {f"{path}.{name}" for path, name in places if now[path, name].is_required > before[path, name].is_required}
    assert newly == {
        "CloseShiftRequest.operator",
        "CloseShiftRequest.z_report",
        "MoneyPlacementRequest.operator",
        "ReportRequest.zx_report",
        "ReportResponse.zx_report",
        "ServiceRequest.SecurityStats.GeoPosition.source",
        "ServiceRequest.reg_info",
        "ServiceResponse.LastDocumentInfo.printed_document_number",
        "ServiceResponse.reg_info",
        "TicketRequest.Domain.type",
        "TicketRequest.Item.Commodity.measure_unit_code",
        "TicketRequest.Item.StornoCommodity.measure_unit_code",
        "TicketRequest.domain",
        "ZXReport.MoneyPlacement.offline_count",
        "ZXReport.Tax.TaxOperation.turnover_without_tax",
        "ZXReport.TicketOperation.Payment.count",
        "ZXReport.TicketOperation.change_sum",
        "ZXReport.TicketOperation.discount_sum",
        "ZXReport.TicketOperation.markup_sum",
        "ZXReport.TicketOperation.offline_count",
        "ZXReport.open_shift_time",
    }
    assert [place for place in places if before[place].is_required and not now[place].is_required] == []


def test_tag_6_of_the_organisation_is_a_number_in_2_0_2_and_an_address_in_2_0_3() -> None:
    tenant = v202.OrgRegInfo(tenantId=5).SerializeToString()
    assert v203.OrgRegInfo.FromString(tenant).address_kz == ""
    address = v203.OrgRegInfo(address_kz="Алматы қ.").SerializeToString()
    assert not v202.OrgRegInfo.FromString(address).HasField("tenantId")
