"""Operations declared where they are carried out: a function's signature says what it is asked and what it answers.

    @command(needs=EVERY_ORGANISATION)
    def rename_thing(uow: UnitOfWork, scope: Scope, *, thing_id: ThingId, title: Title) -> Thing:

What stands before the star is given by the service: the unit of work, who asks, the event, and the service's own
dependencies by name. What stands behind it comes from outside, and is read by fields made from the types: a
parameter without a default is required, one with the default None may be left out (or be null in a command). What
several operations are asked alike is said once, in a TypedDict, and taken as `**session: Unpack[SessionAgreed]`: its
members are arguments as if each stood there itself, and may be left out where it says so (`total=False`).
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import fields as members_of
from enum import StrEnum
from functools import cached_property
from typing import (
    Annotated,
    Any,
    NotRequired,
    TypeVar,
    Unpack,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
    overload,
)

from marshmallow import Schema, fields

from chassis.domain.errors import Forbidden
from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.schemas.derived import OF_REQUESTS, field_of, has_personal_members, response_of
from chassis.schemas.messages import AlsoBy, EventData, PageRequest, Paging, Request, Response, sort_orders

F = TypeVar("F", bound=Callable[..., Any])
Refusing = Callable[[Iterable[str]], None]
_DECLARED = "__declared__"


class Kind(StrEnum):
    """What a function does to what is kept, and because of what."""

    COMMAND = "command"
    APPEND = "append"
    """It adds to the audit trail: it has no command id, and is not recorded in the trail itself."""
    QUERY = "query"
    REACTION = "reaction"


class NeedsEveryOrganisation(Forbidden):
    """Only callers who work for every organisation may do this."""


class NotDeclared(TypeError):
    """A service lists functions that say what they are: put @command, @query or @reaction on it."""


@dataclass(frozen=True, kw_only=True)
class Declared:
    """The declaration of an operation: its kind, its name, its request and its answer."""

    function: Callable[..., Any]
    kind: Kind
    types: tuple[str, ...] = ()
    """The types of the events a reaction is about."""
    needs: str | None = None
    refuses: Refusing | None = None
    """What refuses members by their names, before anything else is read."""

    @property
    def name(self) -> str:
        """The operation's name on the wire; a reaction's deed."""
        return self.function.__name__

    @property
    def description(self) -> str:
        """The operation's docstring, as its description."""
        return inspect.getdoc(self.function) or ""

    @cached_property
    def given(self) -> tuple[str, ...]:
        """The names of what the service gives it."""
        return tuple(each.name for each in self._parameters if each.kind is each.POSITIONAL_OR_KEYWORD)

    @cached_property
    def reads(self) -> type[Schema]:
        """The schema of what comes from outside."""
        base: type[Schema] = EventData if self.kind is Kind.REACTION else Request
        if self._paging:
            base = PageRequest
        members = {name: field for each in self._asked for name, field in self._fields_of(each).items()}
        if self._also_by:
            members["sort"] = sort_orders(self._also_by)
        title = "".join(part.title() for part in self.name.split("_"))
        return type(title, (base,), {"__doc__": self.description, **members})

    @cached_property
    def reader(self) -> Schema:
        """What reads by that schema."""
        return self.reads()

    @cached_property
    def answers(self) -> type[Response]:
        """The schema of its answer."""
        return response_of(self._hints["return"])

    @cached_property
    def is_about_people(self) -> bool:
        """Whether its answer has members that are `PERSONAL`."""
        return has_personal_members(self._hints["return"])

    def arguments(self, loaded: Mapping[str, Any]) -> dict[str, Any]:
        """Give what was read as the function takes it: the members of a page's request are one argument."""
        if not self._paging:
            return dict(loaded)
        names = {member.name for member in members_of(Paging)}
        page = Paging(**{name: value for name, value in loaded.items() if name in names})
        return {self._paging: page, **{name: value for name, value in loaded.items() if name not in names}}

    def given_by(self, service: object, given: Mapping[str, Any]) -> dict[str, Any]:
        """Give what stands before the star: what is `given`, else the service's own member of that name."""
        return {name: given[name] if name in given else getattr(service, name) for name in self.given}

    def refuse_names(self, given: Any) -> None:
        """Raise what the operation refuses by the name of a member, whatever its value."""
        if self.refuses and isinstance(given, Mapping):
            self.refuses(given)

    def refuse_others(self, scope: Scope) -> None:
        """Raise NeedsEveryOrganisation where it is not for somebody who works for one organisation."""
        if self.needs == EVERY_ORGANISATION and not scope.is_unrestricted:
            raise NeedsEveryOrganisation

    @cached_property
    def _hints(self) -> dict[str, Any]:
        return get_type_hints(self.function, include_extras=True)

    @cached_property
    def _parameters(self) -> list[inspect.Parameter]:
        return list(inspect.signature(self.function).parameters.values())

    @cached_property
    def _asked(self) -> list[inspect.Parameter]:
        kinds = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD)
        return [each for each in self._parameters if each.kind in kinds and each.name != self._paging]

    @cached_property
    def _paging(self) -> str | None:
        return next((name for name, hint in self._hints.items() if _plain(hint) is Paging), None)

    @cached_property
    def _also_by(self) -> tuple[str, ...]:
        notes = get_args(self._hints[self._paging])[1:] if self._paging else ()
        return next((note for note in notes if isinstance(note, AlsoBy)), ())

    def _fields_of(self, parameter: inspect.Parameter) -> dict[str, fields.Field[Any]]:
        hint = self._hints[parameter.name]
        if parameter.kind is parameter.VAR_KEYWORD:
            return _members_of(hint)
        field, nullable = field_of(hint, OF_REQUESTS)
        field.required = parameter.default is parameter.empty
        field.allow_none = nullable and self.kind is not Kind.QUERY
        if not field.required:
            field.load_default = parameter.default
        return {parameter.name: field}


@overload
def command(function: F) -> F: ...
@overload
def command(*, needs: str | None = None, refuses: Refusing | None = None) -> Callable[[F], F]: ...
def command(
    function: F | None = None, *, needs: str | None = None, refuses: Refusing | None = None
) -> F | Callable[[F], F]:
    """Declare that a function changes something, once for each command id.

    `refuses` gets the names of the members that came, and raises for one that must not come.
    """
    declare = _declaring(Kind.COMMAND, needs=needs, refuses=refuses)
    return declare(function) if function else declare


@overload
def query(function: F) -> F: ...
@overload
def query(*, needs: str) -> Callable[[F], F]: ...
def query(function: F | None = None, *, needs: str | None = None) -> F | Callable[[F], F]:
    """Declare that a function only reads."""
    declare = _declaring(Kind.QUERY, needs=needs)
    return declare(function) if function else declare


def append_only(function: F) -> F:
    """Declare that a function adds to what is remembered, each time it is called."""
    return _declaring(Kind.APPEND)(function)


def reaction(*types: str) -> Callable[[F], F]:
    """Declare that a function is what a service does about events of these types."""
    return _declaring(Kind.REACTION, types=types)


def declared(function: Callable[..., Any]) -> Declared:
    """Give the declaration of a function; raises NotDeclared."""
    found = getattr(function, _DECLARED, None)
    if not isinstance(found, Declared):
        raise NotDeclared(f"{function.__module__}.{function.__qualname__} is listed by a service and not declared: "
                          "put @command, @query or @reaction on it")  # fmt: skip
    return found


def _declaring(kind: Kind, **more: Any) -> Callable[[F], F]:
    def declare(function: F) -> F:
        setattr(function, _DECLARED, Declared(function=function, kind=kind, **more))
        return function

    return declare


def _plain(hint: Any) -> Any:
    """Give a type without what `Annotated` says of it."""
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def _members_of(hint: Any) -> dict[str, fields.Field[Any]]:
    """Give the fields of `**members: Unpack[SomeTypedDict]`."""
    (kind,) = get_args(hint) if get_origin(hint) is Unpack else (hint,)
    if not is_typeddict(kind):
        raise TypeError(f"**{hint}: Unpack of a TypedDict is expected")
    made: dict[str, fields.Field[Any]] = {}
    for name, member in get_type_hints(kind, include_extras=True).items():
        hint = get_args(member)[0] if get_origin(member) is NotRequired else member
        made[name], made[name].allow_none = field_of(hint, OF_REQUESTS)
        made[name].required = name in kind.__required_keys__
    return made
