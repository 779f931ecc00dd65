"""Slack's rules for blocks and windows; every broken one is said in Slack's own form."""

from collections.abc import Iterator
from typing import Any


def of_message(blocks: object) -> Iterator[str]:
    """What is wrong with the blocks of a message."""
    yield from _block_problems(blocks, 50, ("section", "header", "actions", "context", "divider", "image"))


def of_view(view: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a modal."""
    known = {"type", "title", "blocks", "close", "submit", "private_metadata", "callback_id", "clear_on_close",
             "notify_on_close", "external_id", "submit_disabled"}  # fmt: skip
    if view.get("type") == "home":
        yield from _only(view, {"type", "blocks", "private_metadata", "callback_id", "external_id"}, "/view")
        yield from _block_problems(view.get("blocks"), 100, tuple(_BLOCKS), "/view/blocks")
        return
    yield from _only(view, known, "/view")
    if view.get("type") != "modal":
        yield "[ERROR] value not allowed [json-pointer:/view/type]"
    yield from _text_problems(view.get("title"), 24, ("plain_text",), "/view/title")
    for name in ("submit", "close"):
        if name in view:
            yield from _text_problems(view[name], 24, ("plain_text",), f"/view/{name}")
    if len(str(view.get("private_metadata", ""))) > 3000:
        yield "[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]"
    if len(str(view.get("callback_id", ""))) > 255:
        yield "[ERROR] must be less than 256 characters [json-pointer:/view/callback_id]"
    blocks = view.get("blocks")
    yield from _block_problems(blocks, 100, tuple(_BLOCKS), "/view/blocks")
    asks = isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if asks and "submit" not in view:
        yield "[ERROR] missing required field: submit [json-pointer:/view]"


def _block_problems(blocks: object, most: int, allowed: tuple[str, ...], at: str = "/blocks") -> Iterator[str]:
    if not isinstance(blocks, list):
        yield f"[ERROR] must be an array [json-pointer:{at}]"
        return
    if len(blocks) > most:
        yield f"[ERROR] no more than {most} items allowed [json-pointer:{at}]"
    names = [block.get("block_id") for block in blocks if isinstance(block, dict) and block.get("block_id")]
    if len(names) != len(set(names)):
        yield f"[ERROR] `block_id` must be unique [json-pointer:{at}]"
    for index, block in enumerate(blocks):
        here = f"{at}/{index}"
        if not isinstance(block, dict) or block.get("type") not in allowed:
            yield f"[ERROR] unsupported block {str(block)[:60]} [json-pointer:{here}]"
            continue
        if len(str(block.get("block_id", ""))) > 255:
            yield f"[ERROR] must be less than 256 characters [json-pointer:{here}/block_id]"
        yield from _BLOCKS[block["type"]](block, here)


def _section_problems(block: dict[str, Any], at: str) -> Iterator[str]:
    yield from _only(block, {"type", "block_id", "text", "fields", "accessory", "expand"}, at)
    if "text" not in block and "fields" not in block:
        yield f"[ERROR] missing required field: text or fields [json-pointer:{at}]"
    if "text" in block:
        yield from _text_problems(block["text"], 3000, ("mrkdwn", "plain_text"), f"{at}/text")
    fields = block.get("fields", [])
    if len(fields) > 10:
        yield f"[ERROR] no more than 10 items allowed [json-pointer:{at}/fields]"
    for index, each in enumerate(fields):
        yield from _text_problems(each, 2000, ("mrkdwn", "plain_text"), f"{at}/fields/{index}")


def _header_problems(block: dict[str, Any], at: str) -> Iterator[str]:
    yield from _only(block, {"type", "block_id", "text"}, at)
    yield from _text_problems(block.get("text"), 150, ("plain_text",), f"{at}/text")


def _actions_problems(block: dict[str, Any], at: str) -> Iterator[str]:
    yield from _only(block, {"type", "block_id", "elements"}, at)
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 25:
        yield f"[ERROR] must have between 1 and 25 items [json-pointer:{at}/elements]"
    names = [each.get("action_id") for each in elements]
    if len(names) != len(set(names)):
        yield f"[ERROR] `action_id` must be unique [json-pointer:{at}/elements]"
    for index, each in enumerate(elements):
        here = f"{at}/elements/{index}"
        if each.get("type") != "button":
            yield f"[ERROR] unsupported type: {each.get('type')} [json-pointer:{here}]"
            continue
        known = {"type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label"}
        yield from _only(each, known, here)
        yield from _text_problems(each.get("text"), 75, ("plain_text",), f"{here}/text")
        if not 1 <= len(str(each.get("action_id", ""))) <= 255:
            yield f"[ERROR] must be between 1 and 255 characters [json-pointer:{here}/action_id]"
        if len(str(each.get("value", ""))) > 2000:
            yield f"[ERROR] must be less than 2001 characters [json-pointer:{here}/value]"
        if each.get("style") not in (None, "primary", "danger"):
            yield f"[ERROR] value not allowed [json-pointer:{here}/style]"


def _context_problems(block: dict[str, Any], at: str) -> Iterator[str]:
    yield from _only(block, {"type", "block_id", "elements"}, at)
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 10:
        yield f"[ERROR] must have between 1 and 10 items [json-pointer:{at}/elements]"
    for index, each in enumerate(elements):
        yield from _text_problems(each, 3000, ("mrkdwn", "plain_text"), f"{at}/elements/{index}")


def _input_problems(block: dict[str, Any], at: str) -> Iterator[str]:
    yield from _only(block, {"type", "block_id", "label", "element", "hint", "optional", "dispatch_action"}, at)
    yield from _text_problems(block.get("label"), 2000, ("plain_text",), f"{at}/label")
    element = block.get("element")
    if not isinstance(element, dict) or element.get("type") != "plain_text_input":
        yield f"[ERROR] unsupported type [json-pointer:{at}/element]"
        return
    known = {"type", "action_id", "initial_value", "multiline", "min_length", "max_length", "placeholder",
             "focus_on_load", "dispatch_action_config"}  # fmt: skip
    yield from _only(element, known, f"{at}/element")
    if not 1 <= int(element.get("max_length", 1)) <= 3000:
        yield f"[ERROR] must be between 1 and 3000 [json-pointer:{at}/element/max_length]"


def _no_problems(block: dict[str, Any], at: str) -> Iterator[str]:
    yield from ()


_BLOCKS = {
    "section": _section_problems,
    "header": _header_problems,
    "actions": _actions_problems,
    "context": _context_problems,
    "input": _input_problems,
    "divider": _no_problems,
    "image": _no_problems,
}


def _text_problems(text: object, most: int, kinds: tuple[str, ...], at: str) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in kinds:
        yield f"[ERROR] must be a text object of type {' or '.join(kinds)} [json-pointer:{at}]"
        return
    yield from _only(text, {"type", "text", "emoji" if text["type"] == "plain_text" else "verbatim"}, at)
    words = text.get("text")
    if not isinstance(words, str) or not words.strip():
        yield f"[ERROR] must be more than 0 characters [json-pointer:{at}/text]"
    elif len(words.encode("utf-16-le")) // 2 > most:
        yield f"[ERROR] must be less than {most + 1} characters [json-pointer:{at}/text]"


def _only(thing: dict[str, Any], known: set[str], at: str) -> Iterator[str]:
    for name in sorted(thing.keys() - known):
        yield f"[ERROR] invalid additional property: {name} [json-pointer:{at}]"
