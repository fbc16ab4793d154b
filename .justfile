# just test, just run, just bench

# The app on this machine.
run:
    .venv/bin/streamlit run app.py

# All tests; without Chromium the browser tests are skipped.
test *arguments:
    .venv/bin/python -m pytest {{arguments}}

# How well a small fixed set of questions is answered, and how fast beside the plain way.
bench:
    .venv/bin/python -m tests.benchmarks.guard
    .venv/bin/python -m tests.benchmarks embedding reranking
    .venv/bin/python -m tests.benchmarks.asking
