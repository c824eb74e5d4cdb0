"""Wrong programs, made from a right one by one small change each.

The kinds follow A. J. Offutt and others, "An experimental determination of sufficient mutant
operators", ACM TOSEM 5 (1996), with what is typical of Python added: a keyword argument or an
except clause left out, two statements in the wrong order.
"""

import ast
import copy
from typing import NamedTuple

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_LONGEST_WORD = 30


class Mutant(NamedTuple):
    """A change of one file: its line from 1, its kind, and the bytes it replaces."""

    line: int
    kind: str
    start: int
    end: int
    before: str
    after: str

    def applied(self, source: str) -> str:
        """Return the source with the change made."""
        data = source.encode()
        return (data[: self.start] + self.after.encode() + data[self.end :]).decode()

    def __str__(self) -> str:
        """Write it in one line: ``12 compare: a < b -> a <= b``."""
        before, after = (" ".join(each.split())[:70] for each in (self.before, self.after))
        return f"{self.line} {self.kind}: {before} -> {after or 'nothing'}"


def mutants(source: str) -> list[Mutant]:
    """Return all mutants of a file, in the order of its lines; each of them compiles."""
    made = _Maker(source)
    made.visit(ast.parse(source))
    return sorted(each for each in made.found if _compiles(each.applied(source)))


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


class _Maker(ast.NodeVisitor):
    """Walks a file; annotations, imports and docstrings are no part of what it does."""

    def __init__(self, source: str) -> None:
        self._data = source.encode()
        self._lines = [0]
        for line in self._data.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self.found: list[Mutant] = []

    # ---- what is walked

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """Walk the defaults and the body, but no annotation and no decorator."""
        for each in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
            self.visit(each)
        self._body(node.body)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Walk the body."""
        self._body(node.body)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Walk the value."""
        if node.value is not None:
            self.visit(node.value)

    def visit_Module(self, node: ast.Module) -> None:
        """Walk the body."""
        self._body(node.body)

    def generic_visit(self, node: ast.AST) -> None:
        """Walk everything else; blocks in their order."""
        for _, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                self._body(value)
                continue
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, ast.AST):
                    self.visit(each)

    def visit_If(self, node: ast.If) -> None:
        """Turn the condition round; what only type checkers see is left alone."""
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return
        self._turned(node.test)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        """Turn the condition round."""
        self._turned(node.test)
        self.generic_visit(node)

    # ---- expressions

    def visit_Compare(self, node: ast.Compare) -> None:
        """Exchange each comparison with its neighbour."""
        for index, operator in enumerate(node.ops):
            changed = copy.deepcopy(node)
            changed.ops[index] = _COMPARISONS[type(operator)]()
            self._replace(node, "compare", changed)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """Exchange and with or; leave out each term."""
        changed = copy.deepcopy(node)
        changed.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        self._replace(node, "and/or", changed)
        for index in range(len(node.values)):
            rest = node.values[:index] + node.values[index + 1 :]
            left = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
            self._replace(node, "term", left)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        """Leave out not and minus."""
        if isinstance(node.op, ast.Not | ast.USub):
            self._replace(node, "sign", node.operand)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        """Exchange an operator with its opposite."""
        if other := _OPERATORS.get(type(node.op)):
            changed = copy.deepcopy(node)
            changed.op = other()
            self._replace(node, "operator", changed)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """Change flags, numbers and words, but no prose."""
        value = node.value
        if isinstance(value, bool):
            self._replace(node, "constant", ast.Constant(not value))
        elif isinstance(value, int | float):
            self._replace(node, "constant", ast.Constant(value + 1))
        elif isinstance(value, str) and len(value) <= _LONGEST_WORD and " " not in value:
            self._replace(node, "constant", ast.Constant(value + "x"))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Leave texts with values in them alone."""

    def visit_Call(self, node: ast.Call) -> None:
        """Leave out each keyword argument."""
        for index in range(len(node.keywords)):
            changed = copy.deepcopy(node)
            del changed.keywords[index]
            self._replace(node, "argument", changed)
        self.generic_visit(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Leave out each exception that is caught."""
        if isinstance(node.type, ast.Tuple):
            for index in range(len(node.type.elts)):
                changed = copy.deepcopy(node.type)
                del changed.elts[index]
                self._replace(node.type, "except", changed)
        elif node.type is not None:
            self._write(node.type, "except", "()")
        self.generic_visit(node)

    # ---- statements

    def _body(self, body: list[ast.stmt]) -> None:
        for index, each in enumerate(body):
            if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant):
                continue  # a docstring
            if isinstance(each, ast.Import | ast.ImportFrom | ast.Assert):
                continue
            if _acts(each):
                self._write(each, "statement", "pass")
                following = body[index + 1] if index + 1 < len(body) else None
                if following is not None and _acts(following):
                    self._exchange(each, following)
            self.visit(each)

    def _turned(self, test: ast.expr) -> None:
        if not isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.NamedExpr):
            self._write(test, "condition", f"not ({ast.unparse(test)})")

    def _exchange(self, one: ast.stmt, other: ast.stmt) -> None:
        first, second = self._span(one), self._span(other)
        between = self._data[first[1] : second[0]]
        after = self._data[slice(*second)] + between + self._data[slice(*first)]
        self._add(one, "order", first[0], second[1], after.decode())

    # ---- writing

    def _replace(self, node: ast.expr, kind: str, by: ast.expr) -> None:
        self._write(node, kind, ast.unparse(ast.fix_missing_locations(by)))

    def _write(self, node: ast.expr | ast.stmt, kind: str, after: str) -> None:
        self._add(node, kind, *self._span(node), after)

    def _add(self, node: ast.expr | ast.stmt, kind: str, start: int, end: int, after: str) -> None:
        before = self._data[start:end].decode()
        if before != after:
            self.found.append(Mutant(node.lineno, kind, start, end, before, after))

    def _span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._lines[node.lineno - 1] + node.col_offset
        return start, self._lines[node.end_lineno - 1] + node.end_col_offset


def _acts(statement: ast.stmt) -> bool:
    """Return whether a statement only does something, so that it can be left out or moved."""
    match statement:
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Delete() | ast.Raise():
            return True
        case ast.Break() | ast.Continue() | ast.Return(value=None):
            return True
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            return True
    return False
