# SPDX-License-Identifier: Apache-2.0
"""Each measure on pictures whose answer is known, because they were drawn for it."""

import cv2
import numpy as np
import pytest

from prodedit.catalogue.check import (
    file_measures,
    ground_measures,
    photo_measures,
    place_measures,
)
from prodedit.catalogue.check.look import Look
from prodedit.catalogue.check.product import Product, by_backdrop, by_transparency, plain_backdrop
from prodedit.catalogue.check.table import MEASURES, NEEDS_PRODUCT, NEEDS_TEXT
from prodedit.core.geometry import Rect
from prodedit.core.presets import RULES
from prodedit.files.facts import Facts

SIDE = 200
RNG = np.random.default_rng(7)
BOX = Rect(50, 30, 100, 140)


def white(height: int = SIDE, width: int = SIDE, level: int = 255) -> np.ndarray:
    return np.full((height, width, 3), level, np.uint8)


def grain(height: int, width: int, low: int = 20, high: int = 180) -> np.ndarray:
    return RNG.integers(low, high, (height, width, 3)).astype(np.uint8)


def shop(box: Rect = BOX, ground: np.ndarray | None = None) -> np.ndarray:
    """A grainy product on white."""
    rgb = white() if ground is None else ground.copy()
    rgb[box.y : box.bottom, box.x : box.right] = grain(box.height, box.width)
    return rgb


def scene() -> np.ndarray:
    """A photo: smooth, nothing of one colour anywhere."""
    rough = RNG.integers(0, 255, (12, 12, 3)).astype(np.uint8)
    return np.asarray(cv2.resize(rough, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC), np.uint8)


def look(rgb: np.ndarray, name: str = "a.jpg", facts: Facts | None = None, **known: object) -> Look:
    facts = facts or Facts("JPEG")
    found = Look(name, 1000, facts, rgb, product=by_backdrop(rgb))
    return Look(**{**vars_of(found), **known})


def vars_of(found: Look) -> dict[str, object]:
    return {field: getattr(found, field) for field in Look.__dataclass_fields__}


def test_every_rule_has_a_measure_and_a_nameless_picture_stops_none() -> None:
    assert MEASURES.keys() == RULES.keys()
    assert RULES.keys() >= NEEDS_PRODUCT | NEEDS_TEXT
    for rgb in (white(), white(1, 1), white(3, 500, 9), scene()):
        found = look(rgb)
        for name, measure in MEASURES.items():
            value = measure(found)
            assert value is None or isinstance(value, str) == RULES[name].is_word, name
            assert not isinstance(value, float) or np.isfinite(value), name


def test_the_product_on_a_plain_backdrop() -> None:
    ringed = shop()
    ringed[80:120, 80:120] = 255
    product = by_backdrop(ringed)
    assert product is not None
    assert product.box == BOX
    assert int(product.mask.sum()) == BOX.size.area, "what it encloses is product"
    assert by_backdrop(white()) is None
    assert plain_backdrop(scene()) is None
    grey = shop(ground=white(level=120))
    assert by_backdrop(np.clip(grey + RNG.normal(0, 3, grey.shape), 0, 255).astype(np.uint8))


def test_the_product_by_transparency() -> None:
    alpha = np.zeros((SIDE, SIDE), np.uint8)
    alpha[10:20, 30:60] = 255
    product = by_transparency(alpha)
    assert product is not None
    assert product.box == Rect(30, 10, 30, 10)
    assert by_transparency(None) is by_transparency(np.full((9, 9), 255, np.uint8)) is None


def test_place() -> None:
    found = look(shop())
    assert place_measures.fill_long(found) == 0.7
    assert place_measures.fill_area(found) == pytest.approx(0.35)
    assert place_measures.product_side(found) == 140
    assert place_measures.margin_least(found) == 30
    assert place_measures.margin_long(found) == 30
    assert place_measures.off_centre(found) == 0
    assert place_measures.edges_touched(found) == 0
    alpha = np.zeros((SIDE, SIDE), np.uint8)
    alpha[60:200, 0:100] = 255
    moved = look(white(), product=Product(alpha, "cut-out"))
    assert place_measures.edges_touched(moved) == 2
    assert place_measures.off_centre(moved) == 0.25
    assert place_measures.margin_long(moved) == 60
    assert place_measures.fill_long(look(scene())) is None


def test_objects_that_a_person_would_count() -> None:
    two = shop(Rect(20, 20, 60, 60))
    two[120:180, 120:180] = grain(60, 60)
    assert place_measures.objects(look(two)) == 2
    two[60:64, 100] = 0
    assert place_measures.objects(look(two)) == 2, "a speck is none"
    near = shop(Rect(20, 20, 60, 60))
    near[20:80, 82:140] = grain(60, 58)
    assert place_measures.objects(look(near)) == 1


def test_how_white_it_is_round_the_product() -> None:
    clean = look(shop())
    assert ground_measures.ring_white(clean) == 1
    assert ground_measures.ground_white(clean) == 1
    assert ground_measures.ground_off(clean) == 0
    dirty = shop()
    dirty[100, 190] = 251
    assert ground_measures.ground_white(look(dirty)) == pytest.approx(1, abs=2e-4)
    assert ground_measures.ground_off(look(dirty)) == 4
    dirty[0:2, :] = 254
    assert ground_measures.ring_white(look(dirty)) == pytest.approx(1 - 400 / 1584)
    off = look(shop(ground=white(level=250)))
    assert ground_measures.ground_white(off) == 0
    assert ground_measures.ground_off(off) == 5
    near = shop()
    near[100, 160] = 240
    assert ground_measures.ground_off(look(near)) == 0, "JPEG may have touched it"


def test_a_shadow_is_smooth_grey_and_beside_the_product() -> None:
    assert ground_measures.shadow(look(shop())) == 0
    soft = np.full((SIDE, SIDE), 255, np.uint8)
    cv2.ellipse(soft, (100, 175), (95, 12), 0, 0, 360, 215, -1)
    soft = cv2.GaussianBlur(soft, (0, 0), 3)
    shaded = shop(ground=np.repeat(soft[..., None], 3, axis=2))
    value = ground_measures.shadow(look(shaded))
    assert value is not None
    assert 0.002 < value < 0.1
    assert ground_measures.shadow(look(scene())) is None


@pytest.mark.parametrize(("width", "sides"), [(6, "all"), (14, "tops"), (14, "sides")])
def test_frames(width: int, sides: str) -> None:
    framed = grain(SIDE, SIDE)
    if sides in ("all", "tops"):
        framed[:width] = framed[-width:] = (200, 30, 30)
    if sides in ("all", "sides"):
        framed[:, :width] = framed[:, -width:] = (200, 30, 30)
    assert ground_measures.frame(look(framed)) == width


def test_what_is_no_frame() -> None:
    assert ground_measures.frame(look(shop())) == 0
    assert ground_measures.frame(look(shop(Rect(0, 30, SIDE, 140)))) == 30, "white bars are one"
    assert ground_measures.frame(look(scene())) == 0
    assert ground_measures.frame(look(white())) == 0
    one = grain(SIDE, SIDE)
    one[:20] = 255
    assert ground_measures.frame(look(one)) == 0


def test_lines_between_pictures() -> None:
    joined = grain(SIDE, SIDE)
    assert ground_measures.collage(look(joined)) == 0
    joined[:, 98:102] = 255
    assert ground_measures.collage(look(joined)) == 1
    joined[60:63] = 255
    assert ground_measures.collage(look(joined)) == 1 + 1
    assert ground_measures.collage(look(shop())) == 0


def test_text_beside_the_product_is_told_from_text_on_it() -> None:
    marked = shop()
    marked[6:18, 20:120] = 0
    share = np.zeros((SIDE, SIDE), np.uint8)
    share[6:18, 20:120] = 255
    share[60:70, 70:130] = 255
    assert ground_measures.text(look(marked, text=share)) == 1
    share[6:18] = 0
    assert ground_measures.text(look(marked, text=share)) == 0
    assert ground_measures.text(look(marked)) is None, "nobody has looked"
    assert ground_measures.text(look(shop())) == 0, "there is nothing but the product"
    assert ground_measures.text(look(scene(), text=share)) is None
    assert ground_measures.text(look(scene(), text=0 * share)) == 0


def test_qr_codes() -> None:
    code = cv2.QRCodeEncoder.create().encode("https://example.com/shop")
    code = cv2.resize(code, (96, 96), interpolation=cv2.INTER_NEAREST)
    rgb = white()
    rgb[50:146, 50:146] = code[..., None]
    assert ground_measures.codes(look(rgb)) == 1
    assert ground_measures.codes(look(grain(SIDE, SIDE))) == 0


def test_blur_and_enlarging_are_seen() -> None:
    sharp = cv2.GaussianBlur(grain(400, 400), (0, 0), 0.7)
    soft = cv2.GaussianBlur(sharp, (0, 0), 4)
    assert photo_measures.sharpness(look(sharp)) > 50 * photo_measures.sharpness(look(soft))
    small = cv2.resize(sharp, (130, 130), interpolation=cv2.INTER_AREA)
    large = cv2.resize(small, (400, 400), interpolation=cv2.INTER_CUBIC)
    assert photo_measures.detail(look(sharp)) > 2 * photo_measures.detail(look(large))


@pytest.mark.parametrize("level", [3.0, 12.0])
def test_noise_is_measured_in_levels(level: float) -> None:
    ramp = np.linspace(60, 190, SIDE)[None, :, None].repeat(SIDE, 0).repeat(3, 2)
    noisy = ramp + RNG.normal(0, level, (SIDE, SIDE, 1))
    found = look(np.clip(noisy, 0, 255).astype(np.uint8), product=None)
    assert photo_measures.noise(found) == pytest.approx(level, rel=0.35)


def test_light_and_colour() -> None:
    dark = shop()
    dark[BOX.y : BOX.bottom, BOX.x : BOX.right] = 40
    assert photo_measures.exposure(look(dark)) == pytest.approx(16, abs=1)
    assert photo_measures.chroma(look(dark)) == 0
    assert photo_measures.cast(look(dark)) == 0
    warm = white()
    warm[...] = (255, 240, 215)
    warm[BOX.y : BOX.bottom, BOX.x : BOX.right] = (200, 20, 20)
    assert photo_measures.cast(look(warm)) > 8
    assert photo_measures.chroma(look(warm)) > 40


def test_the_file() -> None:
    rgb = white(4, 8)
    jpeg = Facts("JPEG", jpeg_quality=90, resolution=72.0, provenance="composite")
    assert file_measures.suffix(look(rgb, "a.JPEG", jpeg)) == "fits"
    assert file_measures.suffix(look(rgb, "a.png", jpeg)) == "does not fit"
    assert file_measures.jpeg_quality(look(rgb, facts=jpeg)) == 90
    assert file_measures.jpeg_quality(look(rgb)) is file_measures.resolution(look(rgb)) is None
    assert file_measures.provenance(look(rgb, facts=jpeg)) == "composite"
    assert file_measures.profile(look(rgb)) == "none"
    tagged = Facts("JPEG", has_profile=True)
    assert file_measures.profile(look(rgb, facts=tagged)) == "sRGB"
    assert file_measures.profile(look(rgb, facts=tagged, is_srgb=False)) == "other"
    assert file_measures.profile(look(rgb, facts=Facts("JPEG", "CMYK"))) == "other"
    assert file_measures.alpha(look(rgb)) == "opaque"
    assert file_measures.alpha(look(rgb, alpha=np.zeros((4, 8), np.uint8))) == "transparent"
    assert MEASURES["aspect"](look(rgb)) == 2


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("4006381333931.jpg", "GTIN"),
        ("04006381333931_2.jpg", "GTIN"),
        ("4006381333932.jpg", "other"),
        ("B08N5WRWNW.PT01.jpg", "ASIN"),
        ("mug.jpg", "other"),
        ("１２３４５６７８.jpg", "other"),
    ],
)
def test_names_that_tell_the_product(name: str, kind: str) -> None:
    assert file_measures.name(look(white(4, 4), name)) == kind


def test_a_soft_product_counts_where_it_is_clearly_seen() -> None:
    alpha = np.zeros((SIDE, SIDE), np.uint8)
    alpha[50:150, 50:150] = 127
    alpha[60:140, 60:140] = 128
    assert Product(alpha, "cut-out").box == Rect(60, 60, 80, 80)
