"""The layers around Streamlit's server: which names it answers to, headers, who comes in, and how much is uploaded."""
