"""What Meta's stand-in does for the business account of a number: its phone numbers, subscriptions and templates."""

import itertools
import json
import re
from typing import Any

from core import clock
from tests.outside.serving import Answer

OF_A_NUMBER = {"id", "display_phone_number", "verified_name", "status", "quality_rating"}
OF_A_TEMPLATE = {"id", "name", "language", "status", "category", "rejected_reason", "components"}
CATEGORIES = {"UTILITY", "MARKETING", "AUTHENTICATION"}
_numbers = itertools.count(1_689_556_908_129_832)


class Refused(Exception):
    """What Meta would answer with an error, by its code."""

    def __init__(self, code: int, told: str, *, ours: bool = True) -> None:
        super().__init__(told)
        self.code = code
        self.ours = ours


class Business:
    """The part of the stand-in that a number is managed by."""

    phone: str
    business: str

    def __init__(self) -> None:
        super().__init__()
        self.number_status = "CONNECTED"
        self.subscribed = False
        self.manages = True  # the token has whatsapp_business_management
        self.templates: dict[tuple[str, str], dict[str, Any]] = {}  # by name and language
        self.page = 100  # templates that one answer holds

    def approve_all(self) -> None:
        """Meta approves every template that waits."""
        for made in self.templates.values():
            made["status"] = "APPROVED"

    def reviewed(self, name: str, language: str, event: str, *, reason: str = "NONE") -> dict[str, Any]:
        """Meta decides about a template: the change that its notification carries."""
        made = self.templates[name, language]
        made |= {"status": event, "rejected_reason": reason}
        value = {
            "event": event, "message_template_id": int(made["id"]), "message_template_name": name,
            "message_template_language": language, "reason": reason, "message_template_category": made["category"],
        }  # fmt: skip
        return {"field": "message_template_status_update", "value": value}

    def recategorised(self, name: str, language: str, category: str) -> dict[str, Any]:
        """Meta puts a template into another category: the change that its notification carries."""
        made = self.templates[name, language]
        before, made["category"] = made["category"], category
        value = {
            "message_template_id": int(made["id"]), "message_template_name": name,
            "message_template_language": language, "previous_category": before, "new_category": category,
        }  # fmt: skip
        return {"field": "template_category_update", "value": value}

    def manage(self, verb: str, rest: str, body: dict[str, Any]) -> Answer | None:
        """Answer what is asked about the number or its account; None where it is about something else."""
        if rest == self.phone:
            return _asked(body, OF_A_NUMBER, {
                "id": self.phone, "display_phone_number": "+62 21-500-123", "verified_name": "Maju HR",
                "status": self.number_status, "quality_rating": "GREEN",
            })  # fmt: skip
        account, _, edge = rest.partition("/")
        if account != self.business or edge not in ("phone_numbers", "subscribed_apps", "message_templates"):
            return None
        if not self.manages:
            raise Refused(200, "Permissions error", ours=False)
        if edge == "phone_numbers":
            return _answer({"data": [{"id": self.phone}]})
        if edge == "subscribed_apps":
            return self._apps(verb)
        return self._make(body) if verb == "POST" else self._list(body)

    def _apps(self, verb: str) -> Answer:
        if verb == "GET":
            app = {"whatsapp_business_api_data": {"id": "9", "link": "https://example.com", "name": "HR"}}
            return _answer({"data": [app] if self.subscribed else []})
        self.subscribed = verb == "POST"
        return _answer({"success": True})

    def _make(self, body: dict[str, Any]) -> Answer:
        name, language = str(body.get("name")), str(body.get("language"))
        _insist(re.fullmatch(r"[a-z0-9_]{1,512}", name), "Invalid parameter: name")
        _insist(re.fullmatch(r"[a-z]{2}(_[A-Z]{2})?", language), "Invalid parameter: language")
        _insist(body.get("category") in CATEGORIES, "Invalid parameter: category")
        _insist((name, language) not in self.templates, "Content in this language already exists")
        parts = {one.get("type"): one for one in body.get("components", ())}
        _insist(parts.keys() == {"BODY", "BUTTONS"}, "Invalid parameter: components")
        text = str(parts["BODY"].get("text", ""))
        _insist(0 < len(text) <= 1024 and "\n\n\n" not in text and "{{" not in text, "Invalid parameter: body")
        for button in parts["BUTTONS"]["buttons"]:
            _insist(button.get("type") == "QUICK_REPLY", "Invalid parameter: buttons")
            _insist(0 < len(str(button.get("text", ""))) <= 25, "Invalid parameter: text of a button")
        made = {
            "id": str(next(_numbers)), "name": name, "language": language, "status": "PENDING",
            "category": body["category"], "rejected_reason": "NONE", "components": body["components"],
        }  # fmt: skip
        self.templates[name, language] = made
        return _answer({name: made[name] for name in ("id", "status", "category")})

    def _list(self, body: dict[str, Any]) -> Answer:
        fields = _fields(body, OF_A_TEMPLATE)
        first, most = int(body.get("after", 0)), min(int(body.get("limit", 25)), self.page)
        rows = list(self.templates.values())
        told: dict[str, Any] = {"data": [{name: row[name] for name in fields} for row in rows[first : first + most]]}
        told["paging"] = {"cursors": {"before": str(first), "after": str(first + most)}}
        if first + most < len(rows):
            told["paging"]["next"] = "https://graph.facebook.com/next"
        return _answer(told)


def approved(names: set[str], languages: set[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """These templates, as if they had been made and approved."""
    return {
        (name, language): {
            "id": str(next(_numbers)), "name": name, "language": language, "status": "APPROVED", "category": "UTILITY",
            "rejected_reason": "NONE", "components": [],
        }
        for name in sorted(names)
        for language in sorted(languages)
    }  # fmt: skip


def entry(business: str, *changes: dict[str, Any]) -> dict[str, Any]:
    """What Meta posts about a business account."""
    at = int(clock.now().timestamp())
    return {"object": "whatsapp_business_account", "entry": [{"id": business, "time": at, "changes": list(changes)}]}


def _asked(body: dict[str, Any], known: set[str], told: dict[str, Any]) -> Answer:
    return _answer({name: told[name] for name in _fields(body, known)})


def _fields(body: dict[str, Any], known: set[str]) -> list[str]:
    fields = str(body.get("fields", "id")).split(",")
    unknown = [one for one in fields if one not in known]
    _insist(not unknown, f"Tried accessing nonexisting field ({', '.join(unknown)})")
    return fields


def _answer(told: dict[str, Any]) -> Answer:
    return Answer(200, json.dumps(told).encode())


def _insist(true: object, otherwise: str) -> None:
    if not true:
        raise Refused(100, otherwise)
