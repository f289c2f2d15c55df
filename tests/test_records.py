import dataclasses

import pytest

from newslab.records import TABLES, Found, arrow_schema, columns, frame


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_table_has_its_columns_and_types(table):
    df = frame(table, [])
    assert df.columns.tolist() == list(columns(table)) == arrow_schema(table).names
    assert df.empty


@pytest.mark.parametrize("table", [t for t, record in TABLES.items() if issubclass(record, Found)])
def test_every_row_of_what_is_found_says_where_and_how_it_was_found(table):
    assert {"article_id", "start", "end", "text", "found_by"} <= columns(table).keys()


def test_records_cannot_be_changed():
    for record in TABLES.values():
        assert record.__dataclass_params__.frozen
        assert dataclasses.is_dataclass(record)
