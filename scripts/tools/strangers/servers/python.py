# A server on python-socketio and aiohttp, with PyJWT.
import os
import sys

import jwt
import socketio
from aiohttp import web

# before: refused before CONNECT is accepted; after: accepted first (always_connect), and then disconnected.
port, habit = sys.argv[1:3]
sio = socketio.AsyncServer(async_mode="aiohttp", always_connect=habit == "after")
app = web.Application()
sio.attach(app)


@sio.event
async def connect(sid, environ, auth):
    token = auth.get("token") if isinstance(auth, dict) else None
    options = {"require": ["exp", "name"]}
    try:
        user = jwt.decode(token, os.environ["STRANGER_SECRET"], algorithms=["HS256"], options=options)
    except jwt.InvalidTokenError:
        raise socketio.exceptions.ConnectionRefusedError("unauthorized")
    await sio.save_session(sid, {"name": user["name"]})


@sio.event
async def note(sid, *args):
    session = await sio.get_session(sid)
    return {"from": session["name"], "text": str(args[0]) if args else ""}


web.run_app(app, host="127.0.0.1", port=int(port), print=None)
