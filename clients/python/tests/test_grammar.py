"""The sources keep to what Python 3.8 can read, and to its standard library."""

import ast
import os
import re
import unittest
from typing import Iterator

from .support import PACKAGE

TREE = os.path.dirname(os.path.dirname(PACKAGE))


def sources() -> Iterator[str]:
    for top in (PACKAGE, os.path.join(TREE, "examples")):
        for folder, _, names in os.walk(top):
            for name in names:
                if name.endswith(".py"):
                    yield os.path.join(folder, name)


class GrammarTests(unittest.TestCase):
    def test_every_source_is_grammar_of_3_8(self) -> None:
        found = list(sources())
        self.assertGreater(len(found), 20)
        for path in found:
            with open(path, encoding="utf-8") as file, self.subTest(path):
                ast.parse(file.read(), path, feature_version=(3, 8))

    def test_annotations_need_nothing_newer(self) -> None:
        newer = re.compile(r"(?:->|: ) ?(?:list|dict|tuple|set|type)\[|\w+ \| None")
        for path in sources():
            with open(path, encoding="utf-8") as file, self.subTest(path):
                self.assertIsNone(newer.search(file.read()))

    def test_files_and_functions_are_small_and_told_of(self) -> None:
        for path in sources():
            with open(path, encoding="utf-8") as file, self.subTest(path):
                text = file.read()
                tree = ast.parse(text)
                self.assertTrue(ast.get_docstring(tree))
                self.assertLessEqual(text.count("\n"), 400)
                for node in ast.walk(tree):
                    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                        self.assertLessEqual(self._length(node), 42, node.name)

    def test_what_is_public_is_told_of(self) -> None:
        package = os.path.join(PACKAGE, "perftop_link")
        for path in (path for path in sources() if path.startswith(package)):
            with open(path, encoding="utf-8") as file:
                tree = ast.parse(file.read())
            for node in tree.body:
                if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name[0] != "_":
                    self.assertTrue(ast.get_docstring(node), node.name)

    @staticmethod
    def _length(node: ast.AST) -> int:
        return int(getattr(node, "end_lineno")) - int(getattr(node, "lineno"))
