"""Builds the package with nothing but the standard library, as PEP 517 asks for it."""

import base64
import hashlib
import os
import re
import tarfile
import zipfile
from typing import Any, Dict, Iterator, List, Optional, Tuple

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PACKAGE = "perftop_link"


def build_wheel(
    wheel_directory: str,
    config_settings: Optional[Dict[str, Any]] = None,
    metadata_directory: Optional[str] = None,
) -> str:
    """Writes the wheel; tells its name."""
    return _wheel(wheel_directory, list(_sources()))


def build_editable(
    wheel_directory: str,
    config_settings: Optional[Dict[str, Any]] = None,
    metadata_directory: Optional[str] = None,
) -> str:
    """Writes a wheel that only points here: `pip install -e`."""
    return _wheel(wheel_directory, [(PACKAGE + ".pth", (TOP + "\n").encode())])


def build_sdist(sdist_directory: str, config_settings: Optional[Dict[str, Any]] = None) -> str:
    """Writes the sources, with all that is needed to build and test them; tells the name."""
    base = "%s-%s" % (PACKAGE, _version())
    with tarfile.open(os.path.join(sdist_directory, base + ".tar.gz"), "w:gz") as archive:
        for name in (
            "pyproject.toml",
            "README.md",
            "bench.py",
            "backend",
            PACKAGE,
            "tests",
        ):
            archive.add(os.path.join(TOP, name), base + "/" + name, filter=_no_cache)
        information = os.path.join(sdist_directory, "PKG-INFO")
        with open(information, "w", encoding="utf-8") as file:
            file.write(_metadata())
        archive.add(information, base + "/PKG-INFO")
        os.remove(information)
    return base + ".tar.gz"


def _wheel(folder: str, members: List[Tuple[str, bytes]]) -> str:
    about = "%s-%s.dist-info/" % (PACKAGE, _version())
    tag = "Wheel-Version: 1.0\nGenerator: perftop_link\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    members = members + [
        (about + "METADATA", _metadata().encode()),
        (about + "WHEEL", tag.encode()),
    ]
    record = "".join(map(_recorded, members)) + about + "RECORD,,\n"
    name = "%s-%s-py3-none-any.whl" % (PACKAGE, _version())
    with zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, content in members + [(about + "RECORD", record.encode())]:
            # One date for all, so that the same sources make the same wheel.
            entry = zipfile.ZipInfo(path, (2020, 1, 1, 0, 0, 0))
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(entry, content)
    return name


def _sources() -> Iterator[Tuple[str, bytes]]:
    folder = os.path.join(TOP, PACKAGE)
    for name in sorted(os.listdir(folder)):
        if name.endswith(".py") or name == "py.typed":
            with open(os.path.join(folder, name), "rb") as file:
                yield PACKAGE + "/" + name, file.read()


def _recorded(member: Tuple[str, bytes]) -> str:
    path, content = member
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return "%s,sha256=%s,%d\n" % (path, digest, len(content))


def _version() -> str:
    with open(os.path.join(TOP, PACKAGE, "_version.py"), encoding="utf-8") as file:
        found = re.search(r'VERSION = "([0-9.]+)"', file.read())
    return found.group(1) if found else "0"


def _metadata() -> str:
    """What pyproject.toml says, for installers; its TOML can not be read before Python 3.11."""
    with open(os.path.join(TOP, "pyproject.toml"), encoding="utf-8") as file:
        project = file.read()
    told = dict(re.findall(r'^([a-z-]+) = "(.*)"$', project, re.MULTILINE))
    lines = [
        "Metadata-Version: 2.1",
        "Name: " + told["name"],
        "Version: " + _version(),
        "Summary: " + told["description"],
        "License: MIT",
        "Requires-Python: " + told["requires-python"],
        "Description-Content-Type: text/markdown",
    ]
    lines += ["Classifier: " + name for name in re.findall(r'^  "(.* :: .*)",$', project, re.M)]
    with open(os.path.join(TOP, "README.md"), encoding="utf-8") as file:
        return "\n".join(lines) + "\n\n" + file.read()


def _no_cache(entry: tarfile.TarInfo) -> Optional[tarfile.TarInfo]:
    return None if "__pycache__" in entry.name else entry
