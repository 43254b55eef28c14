"""Contrast by WCAG 2: text reads on every ground it stands on, in light and in dark, to level AA.
Colours of charts that carry no text are held to the ratio for graphics."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dashboards.charts.theme import DARK, LIGHT, Palette

CONFIG = tomllib.loads((Path(__file__).parents[2] / "dashboards/.streamlit/config.toml").read_text(encoding="utf-8"))
TEXT, GRAPHICS = 4.5, 3.0
WORDS = ("ink", "muted", "subject", "met", "near", "below", "unjudged")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_word_reads_on_every_ground(palette: Palette) -> None:
    grounds = (palette.ground, palette.raised)
    found = {(name, ground): contrast(getattr(palette, name), ground) for name in WORDS for ground in grounds}
    assert {key: round(ratio, 2) for key, ratio in found.items() if ratio < TEXT} == {}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_figures_read_on_every_step_of_the_heat_grid(palette: Palette) -> None:
    pairs = zip(palette.steps, palette.step_inks, strict=True)
    assert {step: round(contrast(step, ink), 2) for step, ink in pairs if contrast(step, ink) < TEXT} == {}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_are_seen_on_the_ground(palette: Palette) -> None:
    assert {line for line in palette.lines if contrast(line, palette.ground) < GRAPHICS} == set()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_theme_of_the_widgets_reads_and_agrees_with_the_palette(name: str) -> None:
    theme, palette = CONFIG["theme"][name], {"light": LIGHT, "dark": DARK}[name]
    assert (theme["backgroundColor"], theme["textColor"], theme["primaryColor"]) == (
        palette.ground,
        palette.ink,
        palette.subject,
    )
    for ground in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        for words in (theme["textColor"], theme["linkColor"], palette.muted):
            assert contrast(words, ground) >= TEXT
    assert contrast(theme["dataframeHeaderTextColor"], theme["dataframeHeaderBackgroundColor"]) >= TEXT
