"""The mutants of one source file, from its syntax tree (libclang)."""

import collections
import dataclasses
import shlex

from clang.cindex import CursorKind, Index, TranslationUnit, TranslationUnitLoadError

from . import mutant, operators


class ParseError(Exception):
    """A file that libclang cannot parse; the message says where."""


def arguments_for(command):
    """The flags of a compiler command that change the meaning of the source."""
    flags, words = [], iter(shlex.split(command))
    for word in words:
        if word in ("-I", "-isystem", "-D"):
            flags += [word, next(words)]
        elif word.startswith(("-I", "-D", "-std=", "-isystem")):
            flags.append(word)
    return flags


def generate(path, name, arguments):
    """All mutants of the file at path, called name in what is printed, by place and operator."""
    source = path.read_bytes()
    tree = _parse(path, arguments)
    found = {}
    for start in tree.cursor.get_children():
        if start.location.file is not None and start.location.file.name == str(path):
            _walk(start, source, name, (), False, False, found)
    return _number(sorted(found.values(), key=lambda m: (m.start, m.end, m.operator, m.replacement)))


def _number(mutants):
    """Equal changes of equal lines of one function are told apart by their order."""
    counts, numbered = collections.Counter(), []
    for each in mutants:
        name = each.key, each.replacement
        numbered.append(dataclasses.replace(each, occurrence=counts[name]))
        counts[name] += 1
    return numbered


def _parse(path, arguments):
    try:
        tree = Index.create().parse(str(path), args=["-x", "c++", *arguments],
                                    options=TranslationUnit.PARSE_NONE)
    except TranslationUnitLoadError as error:
        raise ParseError(f"{path}: {error}") from error
    errors = [d for d in tree.diagnostics if d.severity >= d.Error]
    if errors:
        where = errors[0].location
        raise ParseError(f"{where.file}:{where.line}: {errors[0].spelling}")
    return tree


def _walk(cursor, source, name, scopes, in_text, in_for_step, found):
    text = source[cursor.extent.start.offset:cursor.extent.end.offset]
    if operators.is_left_out(cursor, text, in_text):
        return
    kind = cursor.kind
    if kind in operators.FUNCTIONS:
        if not cursor.is_definition():
            return
        scopes = (*_classes(cursor), cursor.spelling)
    elif kind in (CursorKind.CLASS_DECL, CursorKind.STRUCT_DECL, CursorKind.CLASS_TEMPLATE):
        scopes = (*scopes, cursor.spelling)
    if kind == CursorKind.CALL_EXPR and cursor.spelling in operators.TEXT_BUILDERS:
        in_text = True
    elif kind == CursorKind.LAMBDA_EXPR:
        in_text = in_for_step = False
    for operator, start, end, replacement in operators.mutations(cursor, source, in_for_step):
        if source[start:end].decode() != replacement:
            function = "::".join(scope for scope in scopes if scope) or "(file)"
            found.setdefault((start, end, replacement), mutant.make(
                name, source, function, operator, start, end, replacement))
    children = list(cursor.get_children())
    for child in children:
        is_step = kind == CursorKind.FOR_STMT and _is_for_step(child, cursor, source)
        _walk(child, source, name, scopes, in_text, in_for_step or is_step, found)


def _is_for_step(child, loop, source):
    """The step of a for loop: after the second semicolon, before the body."""
    children = list(loop.get_children())
    return child.kind.is_expression() and child != children[-1] and source[
        child.extent.end.offset:children[-1].extent.start.offset].strip() == b")"


def _classes(cursor):
    names, parent = [], cursor.semantic_parent
    while parent is not None and parent.kind in (CursorKind.CLASS_DECL, CursorKind.STRUCT_DECL,
                                                 CursorKind.CLASS_TEMPLATE):
        names.insert(0, parent.spelling)
        parent = parent.semantic_parent
    return names
