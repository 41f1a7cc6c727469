"""The drawn page in every encoding: name -> (bytes, media type, displayed size, how it must be kept)."""

import struct
import zlib
from collections.abc import Iterator

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from tests.archive.drawn import (
    DPI,
    SIZE,
    Mark,
    black_and_white,
    drawing,
    fax_strip,
    fax_tags,
    image_stream,
    jpeg_pdf,
    jpeg_tags,
    pdf_page,
    saved,
    split_jpeg,
    stored,
    tiff,
    whole,
)

Sample = tuple[bytes, str, tuple[int, int], str]
COLOUR = drawing()
GRAY = COLOUR.convert("L")
BLACK = black_and_white(COLOUR)
REVERSED = bytes(int(f"{b:08b}"[::-1], 2) for b in range(256))
TURNED = (SIZE[1], SIZE[0])
POINTS = (SIZE[0] / DPI * 72, SIZE[1] / DPI * 72)


def samples() -> dict[str, Sample]:
    return {name: sample for make in (jpegs, tiffs, jpeg_tiffs, others, pdfs, odd_pdfs) for name, sample in make()}


def jpegs() -> Iterator[tuple[str, Sample]]:
    as_is = "jpeg as scanned"
    yield "jpeg", (saved(COLOUR, "JPEG", quality=85), "image/jpeg", SIZE, as_is)
    yield "jpeg-gray", (saved(GRAY, "JPEG"), "image/jpeg", SIZE, as_is)
    yield "jpeg-progressive", (saved(COLOUR, "JPEG", progressive=True), "image/jpeg", SIZE, as_is)
    yield "jpeg-rgb", (saved(COLOUR, "JPEG", keep_rgb=True, subsampling=0), "image/jpeg", SIZE, as_is)
    yield "jpeg-with-more-behind", (saved(COLOUR, "JPEG") + b"PK\x03\x04 something else", "image/jpeg", SIZE, as_is)
    yield "jpeg-cmyk", (saved(COLOUR.convert("CMYK"), "JPEG"), "image/jpeg", SIZE, "flate; CMYK turned into RGB")
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        yield f"jpeg-exif-{orientation}", (saved(stored(COLOUR, orientation), "JPEG", exif=exif), "image/jpeg", SIZE, as_is)


def tiffs() -> Iterator[tuple[str, Sample]]:
    media, g4, flate = "image/tiff", "ccitt-g4 as scanned", "flate; pixels unchanged"
    made = "ccitt-g4; pixels unchanged"
    strip = fax_strip(BLACK)
    yield "tiff-g4", (tiff(fax_tags(BLACK), [strip]), media, SIZE, g4)
    yield "tiff-g4-big-endian", (tiff(fax_tags(BLACK), [strip], order=">"), media, SIZE, g4)
    yield "tiff-g4-fill-order-2", (tiff(fax_tags(BLACK, t266=(3, [2])), [strip.translate(REVERSED)]), media, SIZE, g4)
    inverse = fax_strip(BLACK.point(lambda v: 255 - v))
    yield "tiff-g4-black-is-zero", (tiff(fax_tags(BLACK, t262=(3, [1])), [inverse]), media, SIZE, g4)
    yield "tiff-g4-strips", (saved(BLACK, "TIFF", compression="group4", strip_size=2000), media, SIZE, made)
    yield "tiff-g3", (saved(BLACK, "TIFF", compression="group3"), media, SIZE, made)
    yield "tiff-packbits-bilevel", (saved(BLACK, "TIFF", compression="packbits"), media, SIZE, made)
    yield "tiff-lzw", (saved(COLOUR, "TIFF", compression="tiff_lzw"), media, SIZE, flate)
    yield "tiff-raw-gray", (saved(GRAY, "TIFF"), media, SIZE, flate)
    yield "tiff-deflate-palette", (saved(COLOUR.quantize(64), "TIFF", compression="tiff_adobe_deflate"), media, SIZE, flate)
    deep = Image.fromarray(np.asarray(GRAY).astype(np.uint16) * 257)
    yield "tiff-gray-16", (saved(deep, "TIFF"), media, SIZE, "flate; 16 bits a sample reduced to 8")
    white_is_zero = tiff(fax_tags(GRAY, t258=(3, [8]), t259=(3, [1])), [bytes(255 - v for v in GRAY.tobytes())])
    yield "tiff-gray-white-is-zero", (white_is_zero, media, SIZE, flate)
    rgb16 = np.asarray(COLOUR).astype(">u2") * 257
    tags = fax_tags(COLOUR, t258=(3, [16] * 3), t259=(3, [1]), t262=(3, [2]), t277=(3, [3]))
    yield "tiff-rgb-16-big-endian", (tiff(tags, [rgb16.tobytes()], order=">"), media, SIZE, flate)
    for orientation in range(2, 9):
        image = stored(BLACK, orientation)
        data = tiff(fax_tags(image, t274=(3, [orientation])), [fax_strip(image)])
        yield f"tiff-g4-orientation-{orientation}", (data, media, SIZE, g4)
        yield (
            f"tiff-lzw-orientation-{orientation}",
            (
                saved(stored(COLOUR, orientation), "TIFF", compression="tiff_lzw", tiffinfo={274: orientation}),
                media,
                SIZE,
                flate,
            ),
        )


def jpeg_tiffs() -> Iterator[tuple[str, Sample]]:
    media, as_is = "image/tiff", "jpeg as scanned"
    data = saved(COLOUR, "JPEG", quality=85, subsampling=2)
    yield "tiff-jpeg", (tiff(jpeg_tags(COLOUR, 6, t530=(3, [2, 2])), [data]), media, SIZE, as_is)
    tables, bare = split_jpeg(data)
    yield "tiff-jpeg-tables", (tiff(jpeg_tags(COLOUR, 6, t347=(7, list(tables)), t530=(3, [2, 2])), [bare]), media, SIZE, as_is)
    yield "tiff-jpeg-gray", (tiff(jpeg_tags(GRAY, 1), [saved(GRAY, "JPEG", quality=85)]), media, SIZE, as_is)
    rgb = saved(COLOUR, "JPEG", keep_rgb=True, subsampling=0)
    unmarked = rgb.replace(rgb[rgb.index(b"\xff\xee") : rgb.index(b"\xff\xee") + 16], b"")
    yield "tiff-jpeg-rgb", (tiff(jpeg_tags(COLOUR, 2), [unmarked]), media, SIZE, as_is)
    strips = [saved(COLOUR.crop((0, y, SIZE[0], min(y + 64, SIZE[1]))), "JPEG", quality=85, subsampling=2) for y in range(0, SIZE[1], 64)]
    halves = [split_jpeg(s) for s in strips]
    tags = jpeg_tags(COLOUR, 6, t278=(4, [64]), t347=(7, list(halves[0][0])), t530=(3, [2, 2]))
    yield "tiff-jpeg-strips", (tiff(tags, [bare for _, bare in halves]), media, SIZE, as_is)
    yield "tiff-jpeg-written-by-libtiff", (saved(COLOUR, "TIFF", compression="jpeg", strip_size=60_000), media, SIZE, as_is)
    side = 208
    wide = Image.new("RGB", (2 * side, 3 * side), "white")
    wide.paste(COLOUR, (0, 0))
    cells = [saved(wide.crop((x, y, x + side, y + side)), "JPEG", quality=85) for y in range(0, 3 * side, side) for x in (0, side)]
    tags = jpeg_tags(COLOUR, 6, t322=(4, [side]), t323=(4, [side]), t530=(3, [2, 2]))
    del tags[278]
    yield "tiff-jpeg-tiles", (tiff(tags, cells, offsets_tag=324), media, SIZE, "flate; pixels unchanged")


def others() -> Iterator[tuple[str, Sample]]:
    as_is, flate = "png data as scanned", "flate; pixels unchanged"
    yield "png", (saved(COLOUR, "PNG"), "image/png", SIZE, as_is)
    yield "png-gray", (saved(GRAY, "PNG"), "image/png", SIZE, as_is)
    yield "png-palette", (saved(COLOUR.quantize(16), "PNG"), "image/png", SIZE, as_is)
    yield "png-bilevel", (saved(BLACK, "PNG"), "image/png", SIZE, as_is)
    clear = COLOUR.convert("RGBA")
    clear.putalpha(GRAY.point(lambda v: 255 if v < 200 else 0))
    yield "png-alpha", (saved(clear, "PNG"), "image/png", SIZE, "flate; transparency laid on white")
    deep = Image.fromarray(np.asarray(GRAY).astype(np.uint16) * 257)
    yield "png-16", (saved(deep, "PNG"), "image/png", SIZE, "flate; 16 bits a sample reduced to 8")
    yield "bmp", (saved(COLOUR, "BMP"), "image/bmp", SIZE, flate)
    yield "bmp-bilevel", (saved(BLACK, "BMP"), "image/bmp", SIZE, "ccitt-g4; pixels unchanged")
    yield "webp", (saved(COLOUR, "WEBP", quality=90), "image/webp", SIZE, flate)
    yield "jp2", (saved(COLOUR, "JPEG2000"), "image/jp2", SIZE, "jpeg 2000 as scanned")
    yield "jp2-gray", (saved(GRAY, "JPEG2000"), "image/jp2", SIZE, "jpeg 2000 as scanned")
    yield "jp2-alpha", (saved(clear, "JPEG2000"), "image/jp2", SIZE, "flate; transparency laid on white")
    yield "jp2-codestream", (saved(COLOUR, "JPEG2000", no_jp2=True), "image/jp2", SIZE, flate)


def pdfs() -> Iterator[tuple[str, Sample]]:
    media = "application/pdf"
    for rotate in (0, 90, 180, 270):
        size = SIZE if rotate in (0, 180) else TURNED
        yield f"pdf-jpeg-rotate-{rotate}", (jpeg_pdf(COLOUR, Mark(rotate=rotate)), media, size, "jpeg as scanned")
    crop = (POINTS[0] * 0.1, POINTS[1] * 0.2, POINTS[0] * 0.9, POINTS[1])
    size = (round(SIZE[0] * 0.8), round(SIZE[1] * 0.8))
    yield "pdf-crop", (jpeg_pdf(COLOUR, Mark(crop=crop)), media, size, "jpeg as scanned")
    yield "pdf-crop-rotate-90", (jpeg_pdf(COLOUR, Mark(crop=crop, rotate=90)), media, (size[1], size[0]), "jpeg as scanned")
    yield "pdf-user-unit", (jpeg_pdf(COLOUR, Mark(unit=2.0)), media, SIZE, "jpeg as scanned")
    unseen = b"BT 3 Tr /F 12 Tf 100 100 Td (unseen) Tj ET\n"
    yield "pdf-unseen-text", (jpeg_pdf(COLOUR, Mark(after=unseen)), media, SIZE, "jpeg as scanned")
    seen = b"BT /F 12 Tf 100 100 Td (seen) Tj ET\n"
    yield "pdf-seen-text", (jpeg_pdf(COLOUR, Mark(after=seen)), media, SIZE, "drawn; flate, pixels unchanged")
    yield "pdf-line-drawn", (jpeg_pdf(COLOUR, Mark(after=b"5 w 0 0 m 300 300 l S\n")), media, SIZE, "drawn; flate, pixels unchanged")
    yield "pdf-white-ground", (jpeg_pdf(COLOUR, Mark(before=b"1 g 0 0 900 900 re f\n")), media, SIZE, "jpeg as scanned")
    strip = fax_strip(BLACK)
    parms = Dictionary(K=-1, Columns=SIZE[0], Rows=SIZE[1])

    def fax(pdf: pikepdf.Pdf) -> tuple[dict[str, pikepdf.Object], bytes]:
        return {"Im": image_stream(pdf, strip, SIZE, "/CCITTFaxDecode", Name.DeviceGray, 1, DecodeParms=parms)}, whole()

    yield "pdf-g4", (pdf_page(fax), media, SIZE, "ccitt as scanned")

    def stencil(pdf: pikepdf.Pdf) -> tuple[dict[str, pikepdf.Object], bytes]:
        image = image_stream(pdf, strip, SIZE, "/CCITTFaxDecode", Name.DeviceGray, 1, DecodeParms=parms, ImageMask=True)
        del image["/ColorSpace"]
        return {"Im": image}, whole()

    yield "pdf-stencil", (pdf_page(stencil), media, SIZE, "ccitt as scanned")

    def bilevel2(pdf: pikepdf.Pdf) -> tuple[dict[str, pikepdf.Object], bytes]:
        data, shared = jbig2(strip)
        globals_ = Dictionary(JBIG2Globals=pdf.make_stream(shared))
        return {"Im": image_stream(pdf, data, SIZE, "/JBIG2Decode", Name.DeviceGray, 1, DecodeParms=globals_)}, whole()

    yield "pdf-jbig2", (pdf_page(bilevel2), media, SIZE, "jbig2 as scanned")


def odd_pdfs() -> Iterator[tuple[str, Sample]]:
    media = "application/pdf"

    def flate(pdf: pikepdf.Pdf) -> tuple[dict[str, pikepdf.Object], bytes]:
        return {"Im": image_stream(pdf, zlib.compress(COLOUR.tobytes()), SIZE, "/FlateDecode", Name.DeviceRGB)}, whole()

    yield "pdf-flate", (pdf_page(flate), media, SIZE, "flate as scanned")

    def indexed(pdf: pikepdf.Pdf) -> tuple[dict[str, pikepdf.Object], bytes]:
        few = COLOUR.quantize(32)
        palette = bytes(few.getpalette() or [])[:96]
        space = Array([Name.Indexed, Name.DeviceRGB, 31, pikepdf.String(palette)])
        return {"Im": image_stream(pdf, zlib.compress(few.tobytes()), SIZE, "/FlateDecode", space)}, whole()

    yield "pdf-indexed", (pdf_page(indexed), media, SIZE, "flate as scanned")

    def jpx(pdf: pikepdf.Pdf) -> tuple[dict[str, pikepdf.Object], bytes]:
        return {"Im": image_stream(pdf, saved(COLOUR, "JPEG2000"), SIZE, "/JPXDecode", Name.DeviceRGB)}, whole()

    yield "pdf-jpx", (pdf_page(jpx), media, SIZE, "jpeg 2000 as scanned")

    def cmyk(pdf: pikepdf.Pdf) -> tuple[dict[str, pikepdf.Object], bytes]:
        data = zlib.compress(COLOUR.convert("CMYK").tobytes())
        return {"Im": image_stream(pdf, data, SIZE, "/FlateDecode", Name.DeviceCMYK)}, whole()

    yield "pdf-cmyk", (pdf_page(cmyk), media, SIZE, "drawn; flate, pixels unchanged")

    def soft(pdf: pikepdf.Pdf) -> tuple[dict[str, pikepdf.Object], bytes]:
        mask = image_stream(pdf, zlib.compress(GRAY.point(lambda v: 255 - v // 4).tobytes()), SIZE, "/FlateDecode", Name.DeviceGray)
        return {"Im": image_stream(pdf, saved(COLOUR, "JPEG"), SIZE, "/DCTDecode", Name.DeviceRGB, SMask=mask)}, whole()

    yield "pdf-soft-mask", (pdf_page(soft), media, SIZE, "drawn; flate, pixels unchanged")

    def nested(pdf: pikepdf.Pdf) -> tuple[dict[str, pikepdf.Object], bytes]:
        image = image_stream(pdf, saved(COLOUR, "JPEG"), SIZE, "/DCTDecode", Name.DeviceRGB)
        form = pdf.make_stream(
            b"1 0 0 1 0 0 cm /In Do",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 1, 1]),
            Matrix=Array([POINTS[0], 0, 0, POINTS[1], 0, 0]),
            Resources=Dictionary(XObject=Dictionary(In=image)),
        )
        return {"Im": form}, b"q /Im Do Q\n"

    yield "pdf-form", (pdf_page(nested), media, SIZE, "jpeg as scanned")

    def strips(pdf: pikepdf.Pdf) -> tuple[dict[str, pikepdf.Object], bytes]:
        things, content, at = {}, b"", 0
        while at < SIZE[1]:
            height = min(100, SIZE[1] - at)
            piece = BLACK.crop((0, at, SIZE[0], at + height))
            parms = Dictionary(K=-1, Columns=SIZE[0], Rows=height)
            things[f"I{at}"] = image_stream(pdf, fax_strip(piece), piece.size, "/CCITTFaxDecode", Name.DeviceGray, 1, DecodeParms=parms)
            y = (SIZE[1] - at - height) / DPI * 72
            content += f"q {POINTS[0]:.5f} 0 0 {height / DPI * 72:.5f} 0 {y:.5f} cm /I{at} Do Q\n".encode()
            at += height
        return things, content

    yield "pdf-g4-strips", (pdf_page(strips), media, SIZE, "ccitt-g4 of several strips; pixels unchanged")

    def jpeg_strips(pdf: pikepdf.Pdf) -> tuple[dict[str, pikepdf.Object], bytes]:
        things, content = {}, b""
        for at in range(0, SIZE[1], 96):
            height = min(96, SIZE[1] - at)
            piece = COLOUR.crop((0, at, SIZE[0], at + height))
            things[f"I{at}"] = image_stream(pdf, saved(piece, "JPEG", quality=95), piece.size, "/DCTDecode", Name.DeviceRGB)
            y = (SIZE[1] - at - height) / DPI * 72
            content += f"q {POINTS[0]:.5f} 0 0 {height / DPI * 72:.5f} 0 {y:.5f} cm /I{at} Do Q\n".encode()
        return things, content

    yield "pdf-jpeg-strips", (pdf_page(jpeg_strips), media, SIZE, "jpeg as scanned")
    inline = b"q 72 0 0 72 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\xff\xff\x00 EI Q\n"
    yield "pdf-inline", (jpeg_pdf(COLOUR, Mark(after=inline)), media, SIZE, "drawn; flate, pixels unchanged")
    yield "pdf-empty", (pdf_page(lambda pdf: ({}, b"")), media, SIZE, "drawn; flate, pixels unchanged")


def jbig2(fax: bytes) -> tuple[bytes, bytes]:
    """One generic region in MMR coding, embedded organisation (ITU-T T.88, 7.2 and 7.4), and globals of one comment."""
    width, height = SIZE
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + fax
    comment = struct.pack(">I", 0x20000000) + b"a\x00b\x00\x00"
    segments = ((1, 48, 1, page), (2, 38, 1, region))
    body = b"".join(struct.pack(">IBBBI", number, kind, 0, of, len(data)) + data for number, kind, of, data in segments)
    return body, struct.pack(">IBBBI", 0, 62, 0, 0, len(comment)) + comment
