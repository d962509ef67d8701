"""What the rules allow as `packageRules` of Renovate, so that it proposes no version that the release in use refuses.

https://docs.renovatebot.com/configuration-options/#packagerules
"""

from __future__ import annotations

from ddlint.core.text import encodable
from ddlint.outputs.common.json_record import dumps
from ddlint.outputs.common.locations import relative
from ddlint.plan.model import BotRule, Document

SCHEMA = "https://docs.renovatebot.com/renovate-schema.json"


def render(document: Document) -> str:
    """Return a configuration to extend or to copy from, with one rule for each library and project."""
    rules = [_rule(document, rule) for plan in document.plans for rule in plan.bot_rules]
    distinct = [rule for number, rule in enumerate(rules) if rule not in rules[:number]]
    return dumps({"$schema": SCHEMA, "packageRules": distinct})


def _rule(document: Document, rule: BotRule) -> dict[str, object]:
    sources = [each.url for each in rule.evidence if each.url.startswith("https://")]
    return {
        "description": [encodable(text) for text in (*rule.reasons, *sources[:2])],
        "matchDatasources": ["pypi"],
        "matchPackageNames": [encodable(rule.name)],
        "matchFileNames": [encodable(relative(path, document.cwd)) for path in rule.files],
        "allowedVersions": encodable(rule.allowed),
    }
