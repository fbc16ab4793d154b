"""The front door: the server with its layers around the pages. Start it with `streamlit run app.py`."""

from streamlit.starlette import App

from ingest.logs import keep_logs_clean
from ingest.memory import share_arenas
from pages.parts.opened import backup_for, sign_ins
from pages.server.layers import layers, routes, started

keep_logs_clean()
share_arenas()
app = App(
    "pages/start.py",
    routes=routes(sign_ins, backup_for),
    middleware=layers(sign_ins),
    lifespan=started(sign_ins),
)
