"""What the layers answer by themselves: a sentence, to a request or in the place of a WebSocket."""

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

_REFUSED = 1008  # a WebSocket's code for what goes against the rules (RFC 6455)


async def refuse(scope: Scope, receive: Receive, send: Send, status: int, sentence: str) -> None:
    """Answer with this sentence; a WebSocket is closed before it is opened."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": _REFUSED, "reason": sentence[:100]})
        return
    response = PlainTextResponse(f"{sentence}\n", status, headers={"Cache-Control": "no-store", "Connection": "close"})
    await response(scope, receive, send)
