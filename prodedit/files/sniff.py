# SPDX-License-Identifier: Apache-2.0
"""What a file is, told from its first bytes and never from its name."""

from typing import NamedTuple

from prodedit.files.refusals import refusal

HEAD = 512  # bytes that `sniff` wants to see


class Kind(NamedTuple):
    """A picture format we open: its name for people, Pillow's name and the module that reads it."""

    name: str
    pillow: str
    plugin: str


JPEG = Kind("JPEG", "JPEG", "PIL.JpegImagePlugin")
PNG = Kind("PNG", "PNG", "PIL.PngImagePlugin")
GIF = Kind("GIF", "GIF", "PIL.GifImagePlugin")
BMP = Kind("BMP", "BMP", "PIL.BmpImagePlugin")
TIFF = Kind("TIFF", "TIFF", "PIL.TiffImagePlugin")
WEBP = Kind("WebP", "WEBP", "PIL.WebPImagePlugin")
AVIF = Kind("AVIF", "AVIF", "PIL.AvifImagePlugin")
JPEG_2000 = Kind("JPEG 2000", "JPEG2000", "PIL.Jpeg2KImagePlugin")
HEIC = Kind("HEIC", "HEIF", "pi_heif")
RAW = Kind("camera raw", "RAW", "rawpy")
PHOTOSHOP = Kind("Photoshop", "PSD", "PIL.PsdImagePlugin")

_STARTS = (
    (b"FUJIFILMCCD-RAW", RAW),
    (b"II*\x00\x10\x00\x00\x00CR", RAW),
    (b"IIU\x00", RAW),
    (b"IIRO", RAW),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"BM", BMP),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", JPEG_2000),
    (b"\xff\x4f\xff\x51", JPEG_2000),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
    (b"8BPS", PHOTOSHOP),
)
_BRANDS = {
    b"avif": AVIF,
    b"avis": AVIF,
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), HEIC),
}
_REFUSED = (
    (b"%!PS", "drawing", "PostScript"),
    (b"\xc5\xd0\xd3\xc6", "drawing", "EPS"),
    (b"%PDF", "drawing", "PDF"),
    (b"gimp xcf", "layered", "GIMP"),
)


def sniff(head: bytes) -> Kind:
    """The format of a file that begins with `head` (HEAD bytes, or all of a smaller file).

    Raises Problem for what is not opened: "empty-file", "drawing", "layered", "not-a-picture".
    (Raw files that are TIFFs, such as DNG and NEF, are told from those by their first page.)
    """
    if not head:
        raise refusal("empty-file")
    for start, code, name in _REFUSED:
        if head.startswith(start):
            raise refusal(code, kind=name)
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    found = _in_container(head)
    if found is None:
        raise refusal("drawing", kind="SVG") if _is_svg(head) else refusal("not-a-picture")
    return found


def _in_container(head: bytes) -> Kind | None:
    """WebP in RIFF; AVIF and HEIC in ISO base media files, by their brands (ISO/IEC 14496-12)."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] != b"ftyp":
        return None
    if head[8:12] == b"crx ":
        return RAW
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]
    kinds = [_BRANDS[brand] for brand in brands if brand in _BRANDS]
    return AVIF if AVIF in kinds else (kinds[0] if kinds else None)


def _is_svg(head: bytes) -> bool:
    text = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\x00", b"").lower()
    return text.startswith((b"<svg", b"<?xml", b"<!doctype svg")) and b"svg" in text
