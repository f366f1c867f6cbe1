"""What is changed at one node of the syntax tree: (operator, first byte, byte after the last, replacement).

Left out, since a change there says nothing about the tests:
  - assertions (ABSL_HARDENING_ASSERT, static_assert, functions called Assert...): they stop the
    program, or the compiler
  - reserve(): capacity only
  - the counting of a for loop: a loop that counts the wrong way never ends
  - string literals, the order of what becomes text, and the choice between two literals in it: wording
"""

import re
from decimal import Decimal

from clang.cindex import CursorKind, TypeKind

RELATIONAL = {"<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"),
              "==": ("!=",), "!=": ("==",)}
LOGICAL = {"&&": ("||",), "||": ("&&",)}
ARITHMETIC = {"+": ("-",), "-": ("+",), "*": ("/",), "/": ("*",), "%": ("*",), "&": ("|",),
              "|": ("&",), "+=": ("-=",), "-=": ("+=",), "*=": ("/=",), "/=": ("*=",)}
BINARY = {symbol: (name, others)
          for name, table in (("relational", RELATIONAL), ("logical", LOGICAL),
                              ("arithmetic", ARITHMETIC))
          for symbol, others in table.items()}

TEXT_BUILDERS = {"StrCat", "StrAppend", "StrFormat", "StrAppendFormat", "StrJoin", "Substitute"}
SYMMETRIC = {"min", "max", "swap", "hypot", "isgreater"}
UNCHANGED = {"move", "forward", "ref", "cref"}
ASSERTIONS = (b"ABSL_HARDENING_ASSERT", b"ABSL_ASSERT", b"assert(")

FUNCTIONS = {CursorKind.FUNCTION_DECL, CursorKind.CXX_METHOD, CursorKind.FUNCTION_TEMPLATE,
             CursorKind.CONSTRUCTOR, CursorKind.DESTRUCTOR, CursorKind.CONVERSION_FUNCTION}
RETURNING = {CursorKind.FUNCTION_DECL, CursorKind.CXX_METHOD, CursorKind.FUNCTION_TEMPLATE,
             CursorKind.CONVERSION_FUNCTION}
CASTS = {CursorKind.CSTYLE_CAST_EXPR, CursorKind.CXX_STATIC_CAST_EXPR}


def is_left_out(cursor, text, in_text):
    """Whether neither this node nor what lies in it is changed. in_text: within what becomes text."""
    if cursor.kind == CursorKind.STATIC_ASSERT:
        return True
    if text.startswith(ASSERTIONS):
        return True
    if cursor.spelling.startswith("Assert") and (
            cursor.kind in FUNCTIONS or cursor.kind == CursorKind.CALL_EXPR):
        return True
    if cursor.kind == CursorKind.CONDITIONAL_OPERATOR and in_text:
        start = cursor.extent.start.offset
        branches = [text[c.extent.start.offset - start:] for c in list(cursor.get_children())[1:]]
        return all(branch.startswith(b'"') for branch in branches)
    return cursor.kind == CursorKind.CALL_EXPR and cursor.spelling == "reserve"


def mutations(cursor, source, in_for_step):
    """in_for_step: within what a for loop does between two rounds."""
    kind = cursor.kind
    if kind in (CursorKind.BINARY_OPERATOR, CursorKind.COMPOUND_ASSIGNMENT_OPERATOR) or (
            kind == CursorKind.CALL_EXPR and cursor.spelling.startswith("operator")):
        if not in_for_step:
            yield from _binary(cursor, source)
    elif kind == CursorKind.UNARY_OPERATOR and not in_for_step:
        yield from _unary(cursor, source)
    elif kind == CursorKind.INTEGER_LITERAL and not in_for_step:
        yield from _integer(cursor, source)
    elif kind == CursorKind.FLOATING_LITERAL:
        yield from _floating(cursor, source)
    elif kind == CursorKind.CXX_BOOL_LITERAL_EXPR:
        text = _text(cursor, source)
        if text in (b"true", b"false"):
            yield "constant", *_range(cursor), "false" if text == b"true" else "true"
    elif kind in (CursorKind.IF_STMT, CursorKind.WHILE_STMT, CursorKind.DO_STMT,
                  CursorKind.CONDITIONAL_OPERATOR):
        yield from _condition(cursor, source)
    elif kind == CursorKind.CALL_EXPR:
        yield from _call(cursor, source)
    elif kind == CursorKind.INIT_LIST_EXPR:
        yield from _initializers(cursor, source)
    if kind in RETURNING:
        yield from _early_return(cursor, source)
    yield from _removals(cursor, source)


# ---- Text and ranges ----


def _range(cursor):
    return cursor.extent.start.offset, cursor.extent.end.offset


def _text(cursor, source):
    start, end = _range(cursor)
    return source[start:end]


def _between(left, right, source):
    return _without_comments(source[left.extent.end.offset:right.extent.start.offset])


def _without_comments(text):
    return re.sub(rb"//[^\n]*|/\*.*?\*/", b"", text, flags=re.S).strip()


def _inner(cursor):
    """The node without the wrappers that have no text of their own."""
    while cursor.kind == CursorKind.UNEXPOSED_EXPR:
        children = list(cursor.get_children())
        if len(children) != 1 or _range(children[0]) != _range(cursor):
            break
        cursor = children[0]
    return cursor


def _is_expression(cursor):
    return cursor.kind.is_expression() and cursor.kind != CursorKind.LAMBDA_EXPR


def _type_of(cursor):
    """A name that two expressions of one type share, whether constant, reference or neither."""
    declared = cursor.type.get_canonical()
    if declared.kind in (TypeKind.LVALUEREFERENCE, TypeKind.RVALUEREFERENCE):
        declared = declared.get_pointee()
    return re.sub(r"\bconst\b", "", declared.spelling).strip()


# ---- Operators ----


def _binary(cursor, source):
    children = sorted((c for c in cursor.get_children() if c.kind.is_expression()),
                      key=lambda c: c.extent.start.offset)
    if len(children) < 2:
        return
    left, right = children[0], children[-1]
    symbol = _between(left, right, source).decode()
    if symbol not in BINARY:
        return
    start = source.index(symbol.encode(), left.extent.end.offset)
    name, others = BINARY[symbol]
    for other in others:
        yield name, start, start + len(symbol), other


def _unary(cursor, source):
    start, end = _range(cursor)
    text = source[start:end]
    for symbol, other in ((b"++", "--"), (b"--", "++")):
        if text.startswith(symbol):
            yield "arithmetic", start, start + 2, other
            return
        if text.endswith(symbol):
            yield "arithmetic", end - 2, end, other
            return
    if text.startswith(b"!"):
        yield "negation", start, start + 1, ""
    elif text.startswith(b"-"):
        yield "arithmetic", start, start + 1, ""


def _integer(cursor, source):
    match = re.fullmatch(r"(0[xX][0-9a-fA-F']+|[0-9][0-9']*)([uUlLzZ]*)",
                         _text(cursor, source).decode())
    if not match:
        return
    digits, suffix = match[1].replace("'", ""), match[2]
    is_hexadecimal = digits.lower().startswith("0x")
    value = int(digits, 16 if is_hexadecimal else 8 if len(digits) > 1 and digits[0] == "0" else 10)
    for step in (1, -1, 2, -2):
        changed = value + step
        if changed >= 0:
            yield "constant", *_range(cursor), f"{changed}{suffix}"
        elif "u" not in suffix.lower():
            yield "constant", *_range(cursor), f"({changed}{suffix})"


def _floating(cursor, source):
    match = re.fullmatch(r"([0-9'.]+(?:[eE][-+]?[0-9]+)?)([fFlL]?)", _text(cursor, source).decode())
    if not match:
        return
    value = Decimal(match[1].replace("'", ""))
    for step in (1, -1, 2, -2):
        changed = f"{value + step:f}"
        changed = changed if "." in changed else changed + ".0"
        yield "constant", *_range(cursor), (
            f"({changed}{match[2]})" if changed.startswith("-") else changed + match[2])


# ---- Conditions ----


def _condition_of(cursor, source):
    children = list(cursor.get_children())
    if cursor.kind == CursorKind.CONDITIONAL_OPERATOR:
        return children[0] if len(children) == 3 else None
    if cursor.kind == CursorKind.DO_STMT:
        return children[-1] if children else None
    for child in children[:-1]:
        if _is_expression(child) and _without_comments(
                source[child.extent.end.offset:cursor.extent.end.offset]).startswith(b")"):
            return child
    return None


def _condition(cursor, source):
    condition = _condition_of(cursor, source)
    if condition is None:
        return
    inner = _inner(condition)
    if inner.kind == CursorKind.UNARY_OPERATOR and _text(inner, source).startswith(b"!"):
        return  # a negation that goes
    if inner.kind in (CursorKind.BINARY_OPERATOR, CursorKind.CALL_EXPR) and any(
            name == "relational" for name, *_ in _binary(inner, source)):
        return  # the same as the opposite relation
    start, end = _range(condition)
    if start == end:
        return
    yield "condition", start, end, f"!({source[start:end].decode()})"


# ---- Calls ----


def _arguments(cursor, source):
    """Those that are written, or none where something about them is not as it looks."""
    start, end = _range(cursor)
    arguments = [a for a in cursor.get_arguments() if a is not None]
    arguments = [a for a in arguments if start <= a.extent.start.offset < a.extent.end.offset <= end]
    for left, right in zip(arguments, arguments[1:]):
        if _between(left, right, source) != b",":
            return []
    return arguments


def _call(cursor, source):
    name = cursor.spelling
    arguments = _arguments(cursor, source)
    if not arguments or not _text(cursor, source).endswith((b")", b"}")):
        return
    if name not in TEXT_BUILDERS and name not in SYMMETRIC:
        yield from _swaps(arguments, source)
    if name in UNCHANGED | TEXT_BUILDERS or not name or not _text(cursor, source).endswith(b")"):
        return
    if cursor.referenced is not None and cursor.referenced.kind == CursorKind.CONSTRUCTOR:
        return
    result = _type_of(cursor)
    seen = set()
    for argument in arguments[:3]:
        text = _text(argument, source).decode()
        if _type_of(argument) == result != "void" and text not in seen:
            seen.add(text)
            yield "call", *_range(cursor), text if re.fullmatch(r"[\w.]+", text) else f"({text})"


def _swaps(arguments, source):
    for left, right in zip(arguments, arguments[1:]):
        texts = _text(left, source), _text(right, source)
        if texts[0] == texts[1] or _type_of(left) != _type_of(right):
            continue
        if all(text.startswith(b'"') for text in texts):
            continue
        gap = source[left.extent.end.offset:right.extent.start.offset]
        yield ("swap", left.extent.start.offset, right.extent.end.offset,
               (texts[1] + gap + texts[0]).decode())


def _initializers(cursor, source):
    """Of a struct of ours; those with names cannot change places."""
    if not cursor.type.get_canonical().spelling.removeprefix("const ").startswith("slo::"):
        return
    values = list(cursor.get_children())
    if any(_between(a, b, source) != b"," for a, b in zip(values, values[1:])):
        return
    yield from _swaps(values, source)


# ---- Statements ----


def _removals(cursor, source):
    kind = cursor.kind
    children = list(cursor.get_children())
    if kind == CursorKind.COMPOUND_STMT:
        statements = children
    elif kind == CursorKind.IF_STMT:
        condition = _condition_of(cursor, source)
        after = [c for c in children
                 if condition and c.extent.start.offset >= condition.extent.end.offset]
        statements = after
    elif kind in (CursorKind.FOR_STMT, CursorKind.WHILE_STMT, CursorKind.CXX_FOR_RANGE_STMT):
        statements = children[-1:]
    elif kind in (CursorKind.CASE_STMT, CursorKind.DEFAULT_STMT):
        statements = children[-1:]
    else:
        return
    for statement in statements:
        if _can_go(statement, source):
            start, end = _range(statement)
            replacement = "" if source[end:].lstrip().startswith(b";") else "{}"
            yield "removal", start, end, replacement


def _can_go(statement, source):
    start, end = _range(statement)
    if start == end or is_left_out(statement, _text(statement, source), False):
        return False
    kind = statement.kind
    if kind in (CursorKind.BREAK_STMT, CursorKind.CONTINUE_STMT):
        return True
    if kind == CursorKind.RETURN_STMT:
        return not list(statement.get_children())
    if kind == CursorKind.IF_STMT:
        return not _has_else(statement, source)
    inner = _inner(statement)
    if inner.kind in CASTS:
        return False
    if is_left_out(inner, _text(inner, source), False):
        return False
    return _is_expression(statement)


def _has_else(statement, source):
    children = list(statement.get_children())
    return len(children) >= 3 and _between(children[-2], children[-1], source).lstrip(b";").strip(
        ).startswith(b"else")


def _early_return(cursor, source):
    bodies = [c for c in cursor.get_children() if c.kind == CursorKind.COMPOUND_STMT]
    if not bodies or not list(bodies[-1].get_children()) or cursor.spelling == "main":
        return
    body = bodies[-1]
    start = body.extent.start.offset + 1
    result = cursor.result_type.get_canonical()
    if result.kind == TypeKind.VOID:
        returns = [" return;"]
    elif result.kind == TypeKind.BOOL:
        returns = [" return false;", " return true;"]
    elif result.kind in (TypeKind.LVALUEREFERENCE, TypeKind.RVALUEREFERENCE):
        returns = []
    else:
        returns = [" return {};"]
    rest = source[start:body.extent.end.offset - 1].strip()
    for text in returns:
        if rest != text.strip().encode():
            yield "return", start, start, text
