"""How the whole app looks: one style sheet, which takes its colours from Streamlit's theme, light or dark."""

from pages.plain import show_html

_STYLE = """
<style>
.st-key-places { position: fixed; top: .45rem; left: 1rem; width: auto; z-index: 999991; }
.st-key-conversation { min-height: calc(100vh - 14rem); }
.st-key-conversation:has(.pp-question) > :last-child { min-height: calc(100vh - 19rem); }
div:has(> .st-key-ask-box) { position: sticky; bottom: 0; z-index: 10; }
.st-key-ask-box { padding: .75rem 0 1.25rem; background: light-dark(#ffffff, #12171c); } /* the theme's background */
.stMainBlockContainer { padding-bottom: 0; }
.pp-question { white-space: pre-wrap; overflow-wrap: anywhere; font-weight: 600; scroll-margin-top: 5rem; }
.pp-quiet { font-size: .875rem; opacity: .78; }
h2.pp-question { font-size: 1rem; margin: 0; padding: 0; line-height: 1.5; }
.pp-alone, .pp-interim { border: 1px solid color-mix(in srgb, currentColor 18%, transparent); border-radius: .6rem;
  padding: .9rem 1.1rem; margin-bottom: .9rem; }
.pp-card h3 { all: unset; display: block; font-weight: 650; overflow-wrap: anywhere; }
.pp-head { display: flex; gap: .8rem; align-items: flex-start; margin-bottom: .6rem; }
.pp-rank { flex: none; width: 1.7rem; height: 1.7rem; border-radius: 50%; display: grid; place-items: center;
  font-size: .9rem; font-weight: 650; background: color-mix(in srgb, currentColor 10%, transparent); }
.pp-where { flex: 1; min-width: 0; }
.pp-place { font-size: .875rem; opacity: .78; overflow-wrap: anywhere; }
.pp-score { flex: none; width: 6.2rem; text-align: right; font-variant-numeric: tabular-nums; }
.pp-score b { font-size: 1.05rem; }
.pp-bar { height: .4rem; border-radius: .2rem; margin-top: .3rem; overflow: hidden;
  background: color-mix(in srgb, currentColor 14%, transparent); }
.pp-bar span { display: block; height: 100%; min-width: 2px; border-radius: .2rem; background: #1a80b8; }
.pp-text { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.55; }
.pp-answer { color: inherit; background: light-dark(#ffe9a8, #5c4a12); border-radius: .2rem; padding: .05em 0;
  box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.pp-word { font-weight: 650; }
.pp-copy { font: inherit; font-size: .875rem; color: inherit; background: none; cursor: pointer; padding: .2rem .7rem;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem; min-width: 4.6rem; }
.pp-copy:hover, .pp-copy:focus-visible { border-color: currentColor; }
.pp-verdict { font-size: .875rem; font-weight: 600; margin-top: .3rem; white-space: nowrap; }
.pp-answers { color: light-dark(#0b6b3a, #6fd19c); }
.pp-may-answer { color: light-dark(#7a5200, #f0c05a); }
.pp-related { font-weight: 400; opacity: .78; }
.pp-context { border-left: 3px solid color-mix(in srgb, currentColor 18%, transparent); padding: .1rem 0 .1rem .8rem;
  font-size: .925rem; }
.pp-context.pp-here { border-left-color: #d98e00; }
.stExpander summary, [data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] * {
  opacity: .9 !important; }
[data-testid="stSliderTickBar"] p, [data-testid="stSliderThumbValue"] p, .stTabs [role="tab"] p {
  color: light-dark(#17212b, #e8edf2); }
.st-key-above-the-box .stButton { margin-top: -.4rem; }
.pp-page { display: block; width: 100%; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
.pp-key { font-size: .875rem; margin: 0; padding-left: 1.4rem; }
.pp-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.stAppHeader { background: light-dark(#ffffff, #12171c); }
.stMain { overflow-anchor: none; }
.stElementContainer:has(.stHtml > :is(script, style)) { display: none; }
@media (max-width: 640px) {
  .stChatMessage { padding-left: 0; padding-right: 0; } .stChatMessage:has(.pp-question) { padding: .8rem; }
  .pp-alone, .pp-interim { padding: .8rem; } .pp-score { width: 5.6rem; } .pp-head { gap: .6rem; }
  [data-testid^="stChatMessageAvatar"] { display: none; }
}
</style>
"""


def show_style() -> None:
    """Lay the style sheet over the page, once a page."""
    show_html(_STYLE)
