"""The admin's form of a page: a page that is to go live must pass the checks of pages.

A draft is saved whatever it lacks. What a person typed stays in the form, and all that
is wrong is said at once, each at the block where it is.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import (
    Block,
    ListBlock,
    StreamBlock,
    StreamBlockValidationError,
    StructBlock,
    StructBlockValidationError,
)
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.contrib.typed_table_block.blocks import (
    TypedTableBlock,
    TypedTableBlockValidationError,
)

from careers.jobs.listing_form import is_going_live

from . import page_checks, parts
from .page_checks import Problem
from .parts import Place

type Said = tuple[Place, str]


class PageForm(WagtailAdminPageForm):
    @property
    def is_going_live(self):
        return not self.is_deferred_validation and is_going_live(self.data)

    def _post_clean(self):
        """The checks read the page when it holds what was typed."""
        super()._post_clean()
        if not self.is_going_live or "body" not in self.fields:
            return
        typed = self["body"].data
        body = typed.get_prep_value()
        found = page_checks.problems(self.instance, body)
        for problem in found:
            if problem.field != "body" and problem.field not in self.errors:
                self.add_error(problem.field or None, problem.message)
        self._say_in_body(body, [p for p in found if p.field == "body"])

    def _say_in_body(self, body, found: Iterable[Problem]):
        """One error holds what blocks ask for and what the checks found."""
        said = [(problem.place, problem.message) for problem in found]
        places = {place for place, _ in said}
        for error in self.errors.as_data().get("body", ()):
            said += [s for s in page_checks.flat(error) if s[0] not in places]
        if said:
            self._errors.pop("body", None)
            block = self.fields["body"].block
            self.add_error("body", error_at(block, body, said))


def error_at(block: Block, value, said: Iterable[Said]) -> ValidationError:
    """Messages as the error of a block that shows each at its place below it.

    ``value`` is the block's, as it is stored. What has no place below is said of the
    block itself.
    """
    said = list(said)
    if isinstance(block, TypedTableBlock):
        return _table_error(said)
    inner = _inner(block, value)
    below: dict[int | str, list[Said]] = defaultdict(list)
    here = []
    for place, message in said:
        if place and place[0] in inner:
            below[place[0]].append((place[1:], message))
        else:
            here.append(message)
    errors = {step: error_at(*inner[step], some) for step, some in below.items()}
    if isinstance(block, StreamBlock):
        return StreamBlockValidationError(errors, here)
    if isinstance(block, ListBlock):
        return ListBlockValidationError(errors, here)
    if isinstance(block, StructBlock):
        return StructBlockValidationError(errors, here)
    return ValidationError(here)


def _inner(block: Block, value) -> dict[int | str, tuple[Block, object]]:
    """The blocks below a block with their values, by the steps of a place."""
    if isinstance(block, StreamBlock):
        return {
            number: (block.child_blocks[child["type"]], child["value"])
            for number, child in enumerate(value)
        }
    if isinstance(block, ListBlock):
        items = enumerate(parts.items(value))
        return {number: (block.child_block, item) for number, item in items}
    if isinstance(block, StructBlock):
        return {
            name: (child, (value or {}).get(name))
            for name, child in block.child_blocks.items()
        }
    return {}


def _table_error(said: Iterable[Said]) -> TypedTableBlockValidationError:
    """Cells stand two steps below their table, by row and column."""
    by_cell: dict[Place, list[str]] = defaultdict(list)
    for place, message in said:
        by_cell[place[:2] if len(place) >= 2 else ()].append(message)
    beside = by_cell.pop((), [])
    cells: dict[int | str, dict[int | str, ValidationError]] = defaultdict(dict)
    for (row, column), messages in by_cell.items():
        cells[row][column] = ValidationError(messages)
    return TypedTableBlockValidationError(cells or None, beside)
