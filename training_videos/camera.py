"""A camera for a page: pictures of it, a pointer on them, a window that moves, and a film in the end."""

import io
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import FloatRect, Locator, Page

from core.training.captions import Cue

FRAME = 80  # milliseconds
MARGIN = 60  # around what is looked at, in the page's own measure
FADE, MOVE, RING, SCROLL = 3, 9, 5, 8  # frames
LEAD, REST = 0.45, 900  # how much of the words is read before something happens; milliseconds at the end
INK, PAPER, POINTER = (43, 29, 20), (246, 244, 239), (171, 65, 36)
FONTS = (
    "/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
)
# The card across the page on which something stands: drawn with an edge or a shadow around it; else the page's middle.
CARD = """one => {
    let card = one;
    for (; card !== document.body && card.tagName !== 'MAIN'; card = card.parentElement) {
        const look = getComputedStyle(card), edged = look.boxShadow !== 'none' || parseFloat(look.borderLeftWidth) > 0;
        if (edged && card.getBoundingClientRect().width > innerWidth * 0.6) break;
    }
    const box = card.getBoundingClientRect();
    return { x: box.x, y: box.y, width: box.width, height: box.height };
}"""
Box = tuple[float, float, float, float]
Window = tuple[float, float, float, float]


@dataclass(frozen=True)
class Screen:
    """How a page is filmed: its size, how sharp, what comes out, and the strip below for captions."""

    width: int
    height: int
    sharp: float
    out: tuple[int, int]
    strip: int
    letters: int
    near: float = 1.0
    coarse: str = "30"  # what the encoder may leave out
    touch: bool = False


PHONE = Screen(400, 720, 1.6, (640, 1152), 136, 31, touch=True)
DESK = Screen(960, 600, 2.0, (1280, 800), 200, 50, near=1.6, coarse="34")
SCREENS = {"phone": PHONE, "desk": DESK}


def reading(words: str) -> int:
    """How long these words stand, in milliseconds: sixteen letters a second, and a moment to find them."""
    return _whole(1400 + 62 * len(words))


def _whole(time: float) -> int:
    return round(time / FRAME) * FRAME


@dataclass
class Camera:
    """Films one page from its title on: a film for players with captions of their own, and a small one for chats,
    in which the words stand in the picture."""

    screen: Screen
    target: Path
    for_chats: Path
    now: int = 0
    cues: list[Cue] = field(default_factory=list)

    def __post_init__(self) -> None:
        wide, high = self.screen.out
        self.page: Page
        self._size = (wide, high + self.screen.strip)
        self._window: Window = (0, 0, self.screen.width, self.screen.height)
        self._pointer: tuple[float, float] | None = None
        self._picture = Image.new("RGB", (int(wide), int(high)), INK)
        self._opened: tuple[int, str] | None = None
        self._until = 0
        self._framed: Box | None = None
        self._said = ""
        self._worded: tuple[str, Image.Image] | None = None
        self._films = (
            self._encoder(self.target, self.screen.coarse),
            self._encoder(self.for_chats, self.screen.coarse, "-vf", "scale=iw*3/4:-2"),
        )

    def _encoder(self, target: Path, quality: str, *more: str) -> subprocess.Popen[bytes]:
        # H.264 in MP4: what every browser plays, and the only kind of film that WhatsApp takes.
        return subprocess.Popen(
            [
                "ffmpeg", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24",
                "-s", f"{self._size[0]}x{self._size[1]}", "-framerate", f"{1000 / FRAME}", "-i", "-", "-an", *more,
                "-c:v", "libx264", "-profile:v", "main", "-pix_fmt", "yuv420p", "-preset", "medium",
                "-tune", "animation", "-crf", quality, "-g", "125", "-movflags", "+faststart", "-map_metadata", "-1",
                "-fflags", "+bitexact", "-flags:v", "+bitexact", str(target),
            ],
            stdin=subprocess.PIPE,
        )  # fmt: skip

    def title(self, card: bytes, words: str) -> Image.Image:
        """Begin with the title; returns what it looks like."""
        self._picture = Image.open(io.BytesIO(card)).convert("RGB")
        self.says(words)
        self._hold(self._until)
        return self._drawn()

    def says(self, words: str) -> None:
        """These words stand from now on, once those before them could be read."""
        self._hold(self._until)
        self._close()
        self._opened, self._until, self._said = (self.now, words), self.now + reading(words), words
        self._hold(self.now + _whole(reading(words) * LEAD) if self.cues else self.now)

    def turns_to(self, where: Locator, *, near: bool, framed: bool) -> None:
        """Scroll there, go near on a large screen, and bring the pointer; what is only shown gets a frame."""
        self._framed = None
        self._scroll(where)
        box = where.bounding_box()
        assert box is not None
        to = (box["x"] + min(box["width"] / 2, 120), box["y"] + min(box["height"] / 2, 60))
        if framed:
            to = (box["x"] + box["width"] - 4, min(box["y"] + box["height"] + 2, self.screen.height - 80))
        window = self._near(where.evaluate(CARD), box) if near else self._whole_page()
        start, begins = self._pointer or (self.screen.width * 0.62, self.screen.height * 0.8), self._window
        for at in range(1, MOVE + 1):
            part = (at / MOVE) ** 2 * (3 - 2 * at / MOVE)
            self._pointer = (start[0] + (to[0] - start[0]) * part, start[1] + (to[1] - start[1]) * part)
            a, b, c, d = (old + (new - old) * part for old, new in zip(begins, window, strict=True))
            self._window = (a, b, c, d)
            self._write(self._drawn())
        if framed:
            self._framed = (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])

    def presses(self) -> None:
        """A ring around the pointer."""
        self._framed = None
        for at in range(1, RING + 1):
            self._write(self._drawn(ring=at / RING))

    def sees(self, *, quick: bool = False) -> None:
        """Take what the page shows now."""
        old, self._framed = self._drawn(), None
        self._picture = Image.open(io.BytesIO(self.page.screenshot(type="png"))).convert("RGB")
        new = self._drawn()
        if quick:
            self._write(new)
            return
        for at in range(1, FADE + 1):
            self._write(Image.blend(old, new, at / FADE))

    def ends(self) -> None:
        """Hold the last picture until it was read, and close the film."""
        self._hold(max(self._until, self.now) + _whole(REST))
        self._close()
        for film in self._films:
            assert film.stdin is not None
            film.stdin.close()
        if sum(abs(film.wait()) for film in self._films):
            raise RuntimeError("ffmpeg could not write the film")

    def _close(self) -> None:
        if self._opened is not None:
            self.cues.append(Cue(self._opened[0], self.now, self._opened[1]))

    def _hold(self, until: int) -> None:
        picture = self._drawn()
        frames = picture.tobytes(), self._with_words(picture).tobytes()
        while self.now < until:
            self._put(*frames)

    def _write(self, picture: Image.Image) -> None:
        self._put(picture.tobytes(), self._with_words(picture).tobytes())

    def _put(self, *frames: bytes) -> None:
        for film, frame in zip(self._films, frames, strict=True):
            assert film.stdin is not None
            film.stdin.write(frame)
        self.now += FRAME

    def _with_words(self, picture: Image.Image) -> Image.Image:
        """The picture with what is said below it."""
        if self._worded is None or self._worded[0] != self._said:
            self._worded = (self._said, self._strip(self._said))
        made = picture.copy()
        made.paste(self._worded[1], (0, self.screen.out[1]))
        return made

    def _strip(self, words: str) -> Image.Image:
        wide, high = self.screen.out[0], self.screen.strip
        strip = Image.new("RGB", (wide, high), INK)
        draw, font = (
            ImageDraw.Draw(strip),
            ImageFont.truetype(next(one for one in FONTS if Path(one).is_file()), self.screen.letters),
        )
        lines, line = list[str](), ""
        for word in words.split():
            longer = f"{line} {word}".strip()
            if draw.textlength(longer, font) > wide - 40:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
        step = self.screen.letters * 1.25
        if step * len(lines) > high:
            raise ValueError(f"too long to stand below the picture: {words!r}")
        for at, one in enumerate(lines):
            top = (high - step * len(lines)) / 2 + step * at
            draw.text(((wide - draw.textlength(one, font)) / 2, top), one, PAPER, font)
        return strip

    def _scroll(self, where: Locator) -> None:
        """Bring it to where it can be seen whole, step by step."""
        ask = """(one, [part, parts]) => {
            const box = one.getBoundingClientRect(), high = innerHeight, foot = innerWidth < 897 ? 70 : 20;
            if (part === 1) {
                let log = one.closest('.log');
                const inside = box.top >= 60 && box.bottom <= high - foot;
                one.filmFrom = scrollY;
                one.filmTo = inside || log ? scrollY : scrollY + box.top - Math.max(90, (high - foot - box.height) / 2);
                one.filmTo = Math.max(0, Math.min(one.filmTo, document.documentElement.scrollHeight - high));
            }
            const eased = part / parts, at = eased * eased * (3 - 2 * eased);
            scrollTo(0, one.filmFrom + (one.filmTo - one.filmFrom) * at);
            return Math.abs(one.filmTo - one.filmFrom) > 1;
        }"""
        for part in range(1, SCROLL + 1):
            moves = where.evaluate(ask, [part, SCROLL])
            self.sees(quick=True)
            if not moves:
                return

    def _whole_page(self) -> Window:
        return (0, 0, self.screen.width, self.screen.height)

    def _near(self, card: FloatRect, box: FloatRect) -> Window:
        """As near as it can be looked at whole, and no line of the card it stands on is cut."""
        fits = min(self.screen.width / (card["width"] + MARGIN / 2), self.screen.height / (box["height"] + MARGIN))
        nearer = max(1.0, min(self.screen.near, fits))
        wide, high = self.screen.width / nearer, self.screen.height / nearer
        left = min(max(0, card["x"] + card["width"] / 2 - wide / 2), self.screen.width - wide)
        top = min(max(0, box["y"] + box["height"] / 2 - high / 2), self.screen.height - high)
        return (left, top, wide, high)

    def _drawn(self, ring: float = 0.0) -> Image.Image:
        """The picture as the film shows it now."""
        out = self.screen.out
        left, top, wide, high = self._window
        scale = self._picture.width / self.screen.width
        part = (left * scale, top * scale, (left + wide) * scale, (top + high) * scale)
        shown = (
            self._picture if self._picture.size == out and (wide, high) == (self.screen.width, self.screen.height)
            else self._picture.resize(out, Image.Resampling.LANCZOS, box=part)
        )  # fmt: skip
        whole = Image.new("RGB", self._size, INK)
        whole.paste(shown, (0, 0))
        zoom = out[0] / wide
        if self._framed is not None:
            a, b, c, d = self._framed
            edges = [(a - left) * zoom - 5, (b - top) * zoom - 5, (c - left) * zoom + 5, (d - top) * zoom + 5]
            if edges[0] < edges[2] and edges[1] < min(edges[3], out[1]):
                ImageDraw.Draw(whole).rounded_rectangle(
                    [*edges[:3], min(edges[3], out[1] - 4)], 12, outline=POINTER, width=4
                )
        if self._pointer is not None:
            self._point(whole, ((self._pointer[0] - left) * zoom, (self._pointer[1] - top) * zoom), ring)
        return whole

    def _point(self, whole: Image.Image, at: tuple[float, float], ring: float) -> None:
        """A finger's tip, or an arrow; drawn four times as large and brought down, so that it is smooth."""
        room, fine = 72, 4
        layer = Image.new("RGBA", (room * 2 * fine, room * 2 * fine), (0, 0, 0, 0))
        draw, middle = ImageDraw.Draw(layer), room * fine
        if ring:
            reach, faint = (18 + 34 * ring) * fine, int(230 * (1 - ring * 0.75))
            draw.ellipse(
                (middle - reach, middle - reach, middle + reach, middle + reach),
                outline=(*POINTER, faint),
                width=5 * fine,
            )
        if self.screen.touch:
            tip = (20 if not ring else 17) * fine
            draw.ellipse(
                (middle - tip, middle - tip, middle + tip, middle + tip),
                fill=(*POINTER, 120),
                outline=(255, 255, 255, 230),
                width=2 * fine,
            )
        else:
            shape = [(0, 0), (0, 34), (8, 26), (14, 39), (20, 36), (14, 24), (25, 24)]
            draw.polygon(
                [(middle + x * fine, middle + y * fine) for x, y in shape],
                fill=(*INK, 255),
                outline=(255, 255, 255, 255),
                width=2 * fine,
            )
        small = layer.resize((room * 2, room * 2), Image.Resampling.LANCZOS)
        whole.paste(small, (round(at[0]) - room, round(at[1]) - room), small)
