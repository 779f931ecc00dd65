"""JSON nobody would write, and JSON somebody wrote with one thing bent."""

from typing import Any

from hypothesis import strategies as st

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.text(max_size=12)
    | st.sampled_from(["", "\x00", "\ud83d", "9" * 5000, 10**400, -1, "message", "private", [], {}])
)
any_json: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@st.composite
def bent(draw: st.DrawFn, payload: Any) -> Any:
    """The payload with up to three of its values replaced by anything, or gone."""
    for _ in range(draw(st.integers(1, 3))):
        payload = _bend(draw, payload)
    return payload


def _bend(draw: st.DrawFn, value: Any) -> Any:
    if isinstance(value, dict) and value and draw(st.integers(0, 5)):
        name = draw(st.sampled_from(sorted(value)))
        if draw(st.integers(0, 5)) == 0:
            return {other: kept for other, kept in value.items() if other != name}
        return {**value, name: _bend(draw, value[name])}
    if isinstance(value, list) and value and draw(st.integers(0, 5)):
        return [_bend(draw, value[0]), *value[1:]]
    return draw(any_json)
