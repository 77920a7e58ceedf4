"""The content of the wheel."""

from __future__ import annotations

import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def wheel() -> zipfile.ZipFile:
    (path,) = (ROOT / "target" / "wheels").glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_has_the_licences() -> None:
    files = wheel()
    for name in ("LICENSE-MIT", "LICENSE-APACHE"):
        (entry,) = [entry for entry in files.namelist() if entry.endswith(f".dist-info/licenses/{name}")]
        assert files.read(entry) == (ROOT / name).read_bytes()
    (metadata,) = [entry for entry in files.namelist() if entry.endswith(".dist-info/METADATA")]
    lines = files.read(metadata).decode().splitlines()
    assert "License-Expression: MIT OR Apache-2.0" in lines
    assert {"License-File: LICENSE-MIT", "License-File: LICENSE-APACHE"} <= set(lines)


def test_the_wheel_has_the_types_and_their_stub() -> None:
    names = set(wheel().namelist())
    assert {"wherewithal/py.typed", "wherewithal/_native.pyi", "wherewithal/types/__init__.pyi"} <= names
    assert not [name for name in names if "/tests/" in name or name.endswith(".pyc")]
