"""Two thousand things that are typed to break something, made by kind; each is another one, and none may do anything."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice, product

MARK = "kn0042"  # stands in whatever would run, so that a page that lets it through is known by it
PRODUCT = "53758223"  # of 7331 and 7333: what a template that reckons would show
MANY: Mapping[str, int] = {
    "sql": 250, "script": 400, "template": 100, "path": 250, "formula": 100, "header": 100, "signs": 300, "json": 100, "numbers": 200, "shell": 100, "long": 100,
}  # fmt: skip

_QUOTES = ("'", '"', "`", "')", "'))", "\\'", "%27", "＇", "';", "1")
_SQL = (
    "{q} or 1=1 --", "{q} or '1'='1", "{q}; drop table person; --", "{q} union select null,null,null --", "{q} and sleep(9) --",
    "{q} or pg_sleep(9)::text is null --", "{q}||(select password_hash from account limit 1)||{q}", "{q} or randomblob(1000000000) --",
    "{q}/**/or/**/1=1", "{q} order by 9999 --", "{q}; attach database '/tmp/{m}' as x; --", "{q}; copy person to program 'id'; --",
    "{q} and 1=cast((select email from account) as int) --", "{q} limit 1 offset -1", "{q} like '%'", "{q};vacuum;--", "{q} is not null",
    "{q} regexp '(a+)+$'", "{q} collate nocase", "{q} glob '*'", "{q} in (select 1)", "{q} between 0 and 9", "{q} escape '\\'", "{q}\x1b;--", "{q} -- {m}",
)  # fmt: skip
_TAGS = (
    "<script>{m}</script>", "<img src=x onerror={m}>", "<svg onload={m}>", "<svg/onload={m}>", "<iframe src=javascript:{m}>", "<body onpageshow={m}>",
    "<details open ontoggle={m}>", "<a href=javascript:{m}>x</a>", "<math><mtext><script>{m}</script>", "<input autofocus onfocus={m}>", "<style>@import '{m}'</style>",
    "<base href=//{m}>", "<meta http-equiv=refresh content='0;//{m}'>", "<object data={m}>", "<template><script>{m}</script></template>", "<!--><script>{m}</script>",
    "<form action=//{m}><button>", "<link rel=stylesheet href=//{m}>", "<video><source onerror={m}>", "<marquee onstart={m}>",
)  # fmt: skip
_BEFORE = (
    "",
    '"',
    "'",
    '">',
    "'>",
    "</title>",
    "</textarea>",
    "</script>",
    "-->",
    "]]>",
    "\x00",
    "&lt;",
    "%3C",
    "＜",
    "{{",
    "\\",
    "\u2028",
    "<",
    "`",
    "javascript:",
)
_TEMPLATE = (
    "7331*7333", "config", "self.__init__.__globals__", "''.__class__.__mro__[1].__subclasses__()", "request.application", "lipsum.__globals__['os']", "7331|int*7333",
    "cycler.__init__", "namespace", "settings.master_key",
)  # fmt: skip
_BRACES = (
    "{{%s}}",
    "{%% print(%s) %%}",
    "${%s}",
    "#{%s}",
    "<%%= %s %%>",
    "{%s}",
    "%%{%s}",
    "{{=%s}}",
    "[[%s]]",
    "$(%s)",
)
_PATHS = (
    "../",
    "..\\",
    "....//",
    "%2e%2e/",
    "..%2f",
    "%2e%2e%2f",
    "..%252f",
    "%c0%ae%c0%ae/",
    "..;/",
    "/",
    "\\\\x\\",
    "file:///",
    "~/",
    "./",
    "C:\\",
)
_FILES = (
    "etc/passwd",
    "etc/passwd\x00.png",
    "proc/self/environ",
    "serambi.db",
    "var/keys.db",
    "windows/win.ini",
    ".git/config",
    "core/settings.py",
    "..",
    "etc/passwd%00",
)
_FORMULAS = (
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(1)",
    "=cmd|'/c calc'!A0",
    '=HYPERLINK("//{m}")',
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    '"=1+1',
    ";=1+1",
    "=IMPORTXML(1)",
    "=WEBSERVICE(1)",
    "%=1",
    "|=1",
)
_HEADERS = ("\r\n", "\n", "\r", "%0d%0a", "\u560a\u560d", "\x0b", "\x0c", "\x85", "\u2028", "\r\n\r\n")
_LINES = (
    "x-injected: {m}",
    "set-cookie: a={m}",
    "location: //{m}",
    "bcc: a@{m}.example",
    "content-type: text/html",
    "subject: {m}",
    "transfer-encoding: chunked",
    "<b>",
    ".",
    "QUIT",
)
_SIGNS = (
    "\u202e", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u2066", "\u0000", "\ud7ff", "\ue000", "\U0010ffff", "\u0338", "e\u0301" * 30, "\u0e33" * 20, "\u1160", "\u3164", "ﷺ" * 20, "İ", "ß",
    "ﬁ", "²", "١٢", "१२", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U000e0041", "\x7f", "\x1b[2J", "\x08", "Ａ", "а", "ｅ@ｘ",
)  # fmt: skip
_JSON = (
    "[" * 900,
    '{"a":' * 400,
    "NaN",
    "Infinity",
    '{"__proto__":{"a":1}}',
    '"\\ud800"',
    "[1e999]",
    '{"a":1,"a":2}',
    "\\u0000",
    "null",
)
_NUMBERS = (
    "0", "-0", "-1", "1e5", "1e999", "9" * 30, "2147483648", "9223372036854775808", "0x10", "1_000", "1,5", "1.5", ".5", "٣", "-nan", "inf", "2026-02-30", "0000-00-00", "9999-12-31", "99999-01-01",
)  # fmt: skip
_SHELL = ("; id", "| id", "`id`", "$(id)", "&& id", "%s%n%s", "{0.__class__}", "%(x)s", "\\", "${IFS}id")


def _pairs(first: Sequence[str], second: Sequence[str], many: int) -> list[str]:
    return list(islice((one + other for one, other in product(first, second)), many))


@cache
def inputs() -> Mapping[str, Sequence[str]]:
    """All of them by kind, as many as are asked for of each, no two alike."""
    found = {
        "sql": [one.replace("{q}", quote) for one, quote in product(_SQL, _QUOTES)],
        "script": _pairs(_BEFORE, _TAGS, 400),
        "template": [brace % words for words, brace in product(_TEMPLATE, _BRACES)],
        "path": [step * times + file for step, file, times in product(_PATHS, _FILES, (1, 5))],
        "formula": [one + tail for one, tail in product(_FORMULAS, ("", " ", "\u200b", "\n", "'", "0", "x"))],
        "header": _pairs(_HEADERS, _LINES, 100),
        "signs": [one * times + tail for one, times, tail in product(_SIGNS, (1, 2, 40), ("", "a", " ", "cuti"))],
        "json": [one + tail for one, tail in product(_JSON, ("", " ", "x", "\n", "]", "}", '"', ",", "0", "\\"))],
        "numbers": [sign + one + tail for one, sign, tail in product(_NUMBERS, ("", "-", "+"), ("", " ", "%", "x"))],
        "shell": [one + tail for one, tail in product(_SHELL, ("", " x", "\n", "#", "'", '"', "&", ";", "|", "\x1a"))],
        "long": [sign * times for sign, times in product("aÄ \n<\"'&%\u202e", (121, 256, 501, 1000, 2001, 4097, 8192, 16_385, 20_000, 33_000))],
    }  # fmt: skip
    return {
        kind: list(dict.fromkeys(one.replace("{m}", MARK) for one in some))[: MANY[kind]]
        for kind, some in found.items()
    }


def in_turn() -> list[tuple[str, str]]:
    """Kind and input, the kinds taking turns, so that a part of them has some of each."""
    columns = [[(kind, one) for one in some] for kind, some in inputs().items()]
    longest = max(map(len, columns))
    return [column[at] for at in range(longest) for column in columns if at < len(column)]
