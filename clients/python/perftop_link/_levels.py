"""The five levels of quality, and what each means where nobody says otherwise."""

from typing import Any, Dict

LEVELS = ("ultra_low", "low", "medium", "high", "ultra_high")

_SCALE = (0.3, 0.5, 0.7, 0.85, 1.0)
_COMPRESSION = (30, 50, 70, 85, 95)
_SKIP = (3, 2, 1, 0, 0)


def settings_of(level: str) -> Dict[str, Any]:
    """What a level means, as a new dictionary."""
    place = LEVELS.index(level)
    return {
        "level": level,
        "resolution_scale": _SCALE[place],
        "compression_quality": _COMPRESSION[place],
        "frame_skip": _SKIP[place],
        "roi": place < 2,
    }
