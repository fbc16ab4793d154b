"""How the whole app looks: one style sheet, which takes its colours from Streamlit's theme, light or dark."""

from pages.parts.plain import show_html

_STYLE = """
<style>
.stMainBlockContainer { max-width: 58rem; padding-top: 4.25rem; padding-bottom: 0; }
.stMain h1 { padding-top: 0; }
div:has(> .st-key-places) { display: contents; }
.st-key-places { position: fixed; top: .45rem; left: 1rem; width: auto; z-index: 999991; }
.pp-name { font-weight: 700; padding: 0 .4rem; }
.st-key-conversation { min-height: calc(100vh - 11.5rem); }
.st-key-conversation:has(.pp-question) > :last-child { min-height: calc(100vh - 16rem); }
div:has(> .st-key-ask-box) { position: sticky; bottom: 0; z-index: 10; }
.st-key-ask-box { padding: .5rem 0 1rem; gap: .4rem; background: light-dark(#ffffff, #12171c); } /* the theme's */
.st-key-suggestions button { justify-content: flex-start; text-align: left; }
.st-key-suggestions button > div { justify-content: flex-start; }
.pp-question { white-space: pre-wrap; overflow-wrap: anywhere; font-weight: 600; scroll-margin-top: 5rem; }
.pp-quiet { font-size: .875rem; opacity: .78; }
h2.pp-question { font-size: 1rem; margin: 0; padding: 0; line-height: 1.5; }
.pp-outcome { margin: 0; line-height: 1.5; }
.pp-summary { text-align: right; }
[class*=st-key-offer-] { row-gap: 0; }
[class*=st-key-offer-] :is(p, button) { font-size: .925rem; }
[class*=st-key-offer-] button { min-height: 0; padding: .1rem 0; text-decoration: underline; }
.pp-quotation { margin: 0; border-left: 4px solid #d98e00; padding: .1rem 0 .1rem 1rem; }
.pp-quotation blockquote { all: unset; display: block; font-size: 1.35rem; line-height: 1.4; font-weight: 500; }
.pp-quotation blockquote.pp-long { font-size: 1.15rem; }
.pp-quotation blockquote.pp-longer { font-size: 1rem; }
.pp-quotation p { margin: 0 0 .35rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: inherit; }
.pp-quotation figcaption { display: flex; gap: .8rem; align-items: center; justify-content: space-between;
  font-size: .875rem; margin-top: .2rem; }
.pp-source { opacity: .85; min-width: 0; overflow-wrap: anywhere; }
.pp-alone, .pp-interim { border: 1px solid color-mix(in srgb, currentColor 18%, transparent); border-radius: .6rem;
  padding: .7rem 1rem; margin-bottom: .6rem; }
[class*=st-key-card-] { padding: .55rem .9rem; gap: 0; }
[class*=st-key-below-] { margin-top: .5rem; }
[class*=st-key-card-]:has(.pp-fold:not([open])) [class*=st-key-below-] { display: none; }
.pp-card h3 { all: unset; display: block; font-weight: 650; overflow-wrap: anywhere; }
.pp-head { display: flex; gap: .8rem; align-items: center; }
.pp-rank { flex: none; width: 1.7rem; height: 1.7rem; border-radius: 50%; display: grid; place-items: center;
  font-size: .9rem; font-weight: 650; background: color-mix(in srgb, currentColor 10%, transparent); }
.pp-where { flex: 1; min-width: 0; }
.pp-place { display: block; font-size: .875rem; opacity: .78; overflow-wrap: anywhere; }
.pp-score { flex: none; display: flex; gap: .6rem; align-items: center; font-variant-numeric: tabular-nums; }
.pp-verdict { font-size: .875rem; font-weight: 600; white-space: nowrap; }
.pp-is-answers .pp-verdict { color: light-dark(#0b6b3a, #6fd19c); }
.pp-is-may-answer .pp-verdict { color: light-dark(#7a5200, #f0c05a); }
.pp-is-related .pp-verdict { font-weight: 400; opacity: .78; }
.pp-bar { width: 5rem; height: .4rem; border-radius: .2rem; overflow: hidden;
  background: color-mix(in srgb, currentColor 14%, transparent); }
.pp-bar span { display: block; height: 100%; min-width: 2px; border-radius: .2rem; background: #1a80b8; }
.pp-fold summary { display: block; list-style: none; cursor: pointer; border-radius: .4rem; }
.pp-fold summary::-webkit-details-marker { display: none; }
.pp-fold summary:hover h3, .pp-fold summary:focus-visible h3 { text-decoration: underline; }
.pp-fold[open] > summary { margin-bottom: .5rem; }
.pp-fold[open] .pp-excerpt { display: none; }
.pp-fold:not([open]) h3, .pp-fold:not([open]) .pp-place { overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; }
.pp-is-related .pp-fold:not([open]) .pp-where { display: flex; gap: .6rem; align-items: baseline; }
.pp-is-related .pp-fold:not([open]) h3 { flex: none; max-width: 70%; }
.pp-excerpt { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden;
  line-height: 1.5; margin: .35rem 0 0 2.5rem; overflow-wrap: anywhere; }
.pp-text { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.5; }
.pp-whole { display: none; }
.pp-answer { color: inherit; background: light-dark(#ffe9a8, #5c4a12); border-radius: .2rem; padding: .05em 0;
  box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.pp-word { font-weight: 650; }
.pp-copy, .pp-whole { font: inherit; font-size: .875rem; color: inherit; background: none; cursor: pointer;
  padding: .15rem .7rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem; }
.pp-copy { flex: none; min-width: 4.6rem; }
.pp-copy:hover, .pp-copy:focus-visible, .pp-whole:hover { border-color: currentColor; }
.pp-context { border-left: 3px solid color-mix(in srgb, currentColor 18%, transparent); padding: .1rem 0 .1rem .8rem;
  font-size: .925rem; }
.pp-context.pp-here { border-left-color: #d98e00; }
.stExpander summary, [data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] * {
  opacity: .9 !important; }
[data-testid="stSliderTickBar"] p, [data-testid="stSliderThumbValue"] p, .stTabs [role="tab"] p {
  color: light-dark(#17212b, #e8edf2); }
.pp-page { display: block; width: 100%; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
.pp-key { font-size: .875rem; margin: 0; padding-left: 1.4rem; }
.pp-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.stAppHeader { background: light-dark(#ffffff, #12171c); }
.stMain { overflow-anchor: none; }
[data-testid=stPopover] button[aria-expanded=true] { color: inherit;
  background: color-mix(in srgb, currentColor 8%, transparent); }
@media (prefers-color-scheme: dark) { [data-testid=stPopoverBody] { color-scheme: dark; } }
.stElementContainer:has(.stHtml > :is(script, style)) { display: none; }
[data-testid=InputInstructions] { display: none; }
@media (max-width: 640px) {
  .stMainBlockContainer { padding-top: 4rem; }
  .st-key-places { left: .4rem; gap: .1rem; flex-wrap: nowrap; }
  .st-key-places a > span:first-child { display: none; }
  .stChatMessage { padding-left: 0; padding-right: 0; } .stChatMessage:has(.pp-question) { padding: .6rem .8rem; }
  .pp-alone, .pp-interim { padding: .7rem; } .pp-head { gap: .6rem; }
  .pp-score { flex-wrap: wrap; gap: .1rem .5rem; justify-content: flex-end; max-width: 7.25rem; }
  .pp-bar { width: 3rem; }
  .pp-verdict { width: 100%; text-align: right; }
  .pp-is-related .pp-fold:not([open]) .pp-verdict, .pp-is-related .pp-fold:not([open]) .pp-bar { display: none; }
  .pp-quotation blockquote { font-size: 1.2rem; } .pp-quotation blockquote.pp-long { font-size: 1.05rem; }
  .pp-excerpt { margin-left: 0; } [class*=st-key-below-] .stHorizontalBlock { gap: .3rem; }
  .st-key-conversation { gap: .5rem; }
  .pp-cut .pp-text { max-height: 6em; overflow: hidden; mask-image: linear-gradient(#000 60%, transparent); }
  .pp-cut .pp-whole { display: block; margin-top: .2rem; }
  .pp-cut :is(h3, .pp-place) { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  [class*=st-key-card-]:has(.pp-cut .pp-fold[open]) [class*=st-key-below-] { display: none; }
  .pp-source { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
  [data-testid^="stChatMessageAvatar"] { display: none; }
  input, textarea, [data-baseweb=select] { font-size: 16px !important; } /* a smaller one makes an iPhone zoom in */
}
</style>
"""


def show_style() -> None:
    """Lay the style sheet over the page, once a page."""
    show_html(_STYLE)
