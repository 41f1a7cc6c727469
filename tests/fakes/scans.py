"""Small real scans, drawn on the spot: one page says `text`. Equal arguments give equal bytes."""

import io

from PIL import Image, ImageDraw

FORMATS = {"jpg": "JPEG", "png": "PNG", "tif": "TIFF", "bmp": "BMP", "webp": "WEBP", "jp2": "JPEG2000", "pdf": "PDF"}


def page(text: str, size: tuple[int, int] = (240, 160)) -> Image.Image:
    image = Image.new("L", size, 250)
    ImageDraw.Draw(image).text((10, 10), text, fill=10)
    return image


def scan(text: str, ending: str = "jpg", pages: int = 1, **options: object) -> bytes:
    out = io.BytesIO()
    images = [page(f"{text} {number}") for number in range(pages)]
    if options.get("compression") == "group4":
        images = [image.convert("1") for image in images]
    if ending in ("tif", "pdf"):
        options = {**options, "save_all": True, "append_images": images[1:]}
    images[0].save(out, format=FORMATS[ending], **options)
    return out.getvalue()
