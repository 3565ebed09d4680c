"""How the chat page looks, and the few lines of script that open a source from its mark."""

from typing import Any

CSS = """
:root { --ia-accent: #0b6e63; --ia-soft: #e6f2f0; --ia-mark: #ffe9a8; --ia-line: #dfe4e3; --ia-quiet: #5c6b69;
  --ia-calm: #f8f5ec; --ia-calm-line: #cdbd90; --ia-error: #a33327; --ia-card: #ffffff; }
.dark { --ia-accent: #6fd3c5; --ia-soft: #17322f; --ia-mark: #6b5413; --ia-line: #34403e; --ia-quiet: #a3b3b0;
  --ia-calm: #26241d; --ia-calm-line: #75683f; --ia-error: #f0988d; --ia-card: #161b1a; }
.gradio-container { width: 100%; max-width: 58rem !important; margin: 0 auto !important; }
footer, #conversation .icon-button-wrapper { display: none !important; }
.ia-sr { font-size: 0; user-select: none; }

.ia-header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .7rem; padding: .2rem .1rem 0; }
.ia-header h1 { font-size: 1.35rem; margin: 0; font-weight: 650; letter-spacing: -.01em; }
.ia-header p { margin: 0 !important; color: var(--ia-quiet); font-size: .9rem; }
.ia-header .ia-state { font-size: .8rem; margin-left: auto !important; }
html[lang^='zh'] .ia-own [lang='en'], html:not([lang^='zh']) .ia-own [lang='zh'] { display: none; }

/* It takes the height that the rest of the page leaves, so that the page itself need not scroll. */
#conversation { border: 1px solid var(--ia-line); border-radius: .9rem; background: var(--ia-card); min-height: 7rem;
  flex-basis: 0; display: flex; flex-direction: column; overflow: visible !important; }
#conversation .wrapper { flex: 1 1 auto; min-height: 0; display: flex; flex-direction: column; }
#conversation .bubble-wrap { flex: 1 1 auto; min-height: 0; background: none; padding-top: .6rem;
  margin-bottom: .7rem; }
#conversation .bubble-wrap:has(.placeholder-content) { align-content: center; }
#conversation .message.user { background: var(--ia-soft); border: none; border-radius: .9rem .9rem .2rem .9rem;
  box-shadow: none; padding: .3rem .5rem; }
#conversation .message.bot { background: none; border: none; box-shadow: none; padding: 0; width: 100%; }
#conversation .bot-row { align-self: stretch; max-width: none; width: auto; margin: .2rem 1.25rem .5rem; }
#conversation .bot-row > div, #conversation .bot-row .flex-wrap > div { flex: 1 1 auto; min-width: 0; max-width: 100%; }
#conversation .prose { opacity: 1; }
#conversation .ia-text, #conversation .ia-question { white-space: pre-wrap; overflow-wrap: anywhere; }
#conversation .ia-answer { font-size: 1rem; line-height: 1.65; }
#conversation .ia-answer p, #conversation .ia-answer li, #conversation .ia-answer ul { margin: 0; }
#conversation .scroll-down-button-container { bottom: -.95rem; } /* on the border, below the text */
#conversation .scroll-down-button-container button { background: var(--ia-card); border: 1px solid var(--ia-line); }
#conversation .ia-welcome { max-width: 30rem; color: var(--ia-quiet); text-align: center; line-height: 1.6;
  padding: 1rem; }
#conversation .ia-welcome p { margin: 0; }
#conversation .ia-welcome strong { display: block; font-size: 1.15rem; color: var(--body-text-color); }

/* Inline and unbroken, or a line could begin with it; with more to touch than to see. */
#conversation .ia-mark { white-space: nowrap; margin: 0 .1em 0 .25em; padding: .05em .7em; border-radius: 9px;
  border: solid transparent; border-width: 5px 0; background-clip: padding-box; font-size: .74em; line-height: 1;
  font-weight: 650; text-decoration: none; vertical-align: .18em; color: var(--ia-accent);
  background-color: var(--ia-soft); }
#conversation a.ia-mark:hover { text-decoration: underline; }
#conversation a:focus-visible, #conversation summary:focus-visible { outline: 2px solid var(--ia-accent);
  outline-offset: 1px; border-radius: .4em; }
.ia-cursor { display: inline-block; width: .5em; height: 1em; margin-left: .15em; vertical-align: -.12em;
  border-radius: 2px; background: var(--ia-accent); opacity: .55; }
#conversation .ia-stopped .ia-cursor, #conversation .ia-stopped .ia-wait { display: none; }
@media (prefers-reduced-motion: no-preference) { .ia-cursor { animation: ia-blink 1.1s steps(2) infinite; } }
@keyframes ia-blink { 50% { opacity: 0; } }
.ia-wait { margin-left: .6em; color: var(--ia-quiet); animation: ia-appear .7s step-end; }
@keyframes ia-appear { from { opacity: 0; } }

#conversation .ia-sources { margin-top: .9rem; }
#conversation p.ia-label { font-size: .78rem; font-weight: 650; color: var(--ia-quiet); margin-bottom: .3rem; }
#conversation .ia-source { border: 1px solid var(--ia-line); border-radius: .55rem; margin: .3rem 0; padding: 0;
  scroll-margin: .5rem; }
#conversation .ia-source[open] { border-color: var(--ia-accent); }
#conversation .ia-source summary { display: flex; align-items: baseline; gap: .6rem; padding: .42rem .75rem;
  cursor: pointer; list-style: none; font-size: .9rem; line-height: 1.5; }
#conversation .ia-source summary::-webkit-details-marker { display: none; }
#conversation .ia-source summary::after { content: '▸'; color: var(--ia-quiet); font-size: .8em; }
#conversation .ia-source[open] summary::after { content: '▾'; }
#conversation .ia-source summary:hover .ia-title { color: var(--ia-accent); }
#conversation .ia-number { font-weight: 650; color: var(--ia-accent); white-space: nowrap;
  font-variant-numeric: tabular-nums; }
#conversation summary .ia-number { min-width: 2.3em; }
#conversation .ia-title { flex: 1; overflow-wrap: anywhere; }
#conversation .ia-by { max-width: 40%; overflow-wrap: anywhere; }
#conversation .ia-by, #conversation .ia-by *, #conversation .ia-date { color: var(--ia-quiet); font-size: .82rem; }
#conversation .ia-date { white-space: nowrap; }
#conversation .ia-passage { padding: 0 .75rem .65rem; }
#conversation .ia-passage + .ia-passage { padding-top: .65rem; border-top: 1px solid var(--ia-line); }
#conversation p.ia-headings { font-size: .8rem; color: var(--ia-quiet); }
#conversation .ia-passage blockquote { max-height: 17rem; overflow-y: auto; margin: .35rem 0 .5rem !important;
  padding: 0 .4rem 0 .8rem; border-left: 3px solid var(--ia-line); white-space: pre-line; overflow-wrap: anywhere;
  font-size: .92rem; font-style: normal; color: inherit; background: none; position: relative; }
#conversation mark { background: var(--ia-mark); color: inherit; border-radius: .2em; padding: .05em .1em; }
#conversation blockquote .ia-number { margin: 0 .25em 0 .15em; font-size: .74em; user-select: none; }
#conversation mark.ia-here { outline: 2px solid var(--ia-accent); }
#conversation .ia-link { color: var(--ia-accent); text-decoration: underline; text-underline-offset: .15em; }
#conversation p.ia-use { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; }
#conversation .ia-use .ia-link, #conversation .ia-copy { padding: .25rem 0; font-size: .9rem; line-height: 1.3; }
#conversation .ia-copy span { color: var(--ia-accent); text-decoration: underline; text-underline-offset: .15em; }
#conversation .ia-copy:not(.ia-told) .ia-copied, #conversation .ia-told :not(.ia-copied) { display: none; }
#conversation p.ia-held { margin-top: .5rem; font-size: .85rem; color: var(--ia-quiet); }
#conversation p.ia-mode { margin-top: .6rem; font-size: .76rem; color: var(--ia-quiet); }

#conversation p.ia-filter { margin: .2rem 0 0; font-size: .8rem; color: var(--ia-quiet); }
#conversation .ia-direct { font-weight: 700; }
#conversation .ia-text > .ia-direct { font-size: 1.12em; }
#conversation .ia-items { list-style: disc; padding-left: 1.3em; white-space: normal; }
#conversation .ia-items li { padding: .1em 0; white-space: pre-wrap; }
#conversation .ia-added { color: var(--ia-quiet); }
#conversation p.ia-understood { margin-bottom: .5rem; font-size: .88rem; color: var(--ia-quiet); }
#conversation p.ia-notice { margin-bottom: .7rem; padding: .4rem .75rem; border-radius: .5rem; font-size: .88rem;
  background: var(--ia-calm); border: 1px solid var(--ia-calm-line); }
#conversation .ia-not-found { padding: .7rem 1rem; border: 1px solid var(--ia-calm-line); border-radius: .7rem;
  background: var(--ia-calm); }
#conversation p.ia-lead { font-weight: 650; }
#conversation .ia-not-found p.ia-label { margin: .7rem 0 .1rem; }
#conversation .ia-related { padding-left: 1.1rem; }
#conversation p.ia-known { display: block; margin: .1rem 0 .45rem; font-size: .9rem; color: var(--ia-quiet); }
#conversation .ia-error { color: var(--ia-error); }
#conversation .ia-hint { color: var(--ia-quiet); }
#conversation .ia-doubt { text-decoration: underline dotted var(--ia-calm-line); text-underline-offset: .25em; }
#conversation .ia-tag { font-size: .74em; color: var(--ia-quiet); }

#question { border-radius: .9rem; }
#question textarea { background: transparent; font-size: 1rem; }
#question .submit-button { background: var(--ia-accent); color: var(--ia-card); }
/* The switch of the filter and the button stand on one line, what it opens below both. */
#below { display: grid; grid-template-columns: 1fr auto; align-items: center; gap: .5rem; }
#filter { display: contents; }
#filter > div:last-child { grid-area: 2 / 1 / auto / span 2; }
#filter .form { display: grid; grid-template-columns: repeat(6, 1fr); }
#filter .form > * { grid-column: span 2; }
#filter .form > :nth-child(-n+2) { grid-column: span 3; }
#filter > button { grid-area: 1 / 1; justify-self: start; font-size: .84rem; font-weight: 450; color: var(--ia-quiet);
  width: auto; margin: 0; padding: .3rem .2rem; gap: .4rem; }
#filter > button:not(.open) .icon { transform: rotate(-90deg) !important; }
#suggestions { display: flex; flex-wrap: wrap; gap: .4rem; }
#suggestions button { flex: 0 1 auto; min-width: 0; width: auto; padding: .3rem .75rem; border-radius: 1rem;
  font-size: .84rem; font-weight: 450; text-align: left; color: var(--ia-accent); background: var(--ia-soft);
  border: 1px solid transparent; }
#suggestions button:hover { border-color: var(--ia-accent); }
#new-conversation { grid-area: 1 / 2; width: auto; min-width: 0; background: none; color: var(--ia-quiet);
  border: 1px solid var(--ia-line); padding: .25rem .75rem; border-radius: 1rem; font-weight: 450; }
@media (max-width: 40rem) {
  #conversation .bot-row, #conversation .user-row { margin-left: .8rem; margin-right: .8rem; }
  .ia-header .ia-state { margin-left: 0 !important; }
  #conversation .ia-source summary { flex-wrap: wrap; }
  #conversation .ia-title { flex: 1 1 80%; }
  #conversation .ia-source summary::after { margin-left: auto; }
  #conversation .ia-source .ia-by { margin-left: 2.7rem; max-width: 75%; }
  #filter .form > :not(:nth-child(3)) { grid-column: span 3; }
  #filter .form > :nth-child(3) { grid-column: span 6; }
  #below:has(#filter > button.open) + #suggestions { display: none; }
}
"""

# Gradio scopes the rules above to what is inside its container; these are for what is around it too.
NARROW = ".gradio-container .main.app { padding: .75rem; }"

# On paper the whole conversation, dark on white, without what one asks with.
PRINT = """
html, body, body * { background: none !important; color: #1c1917 !important; }
#question, #below, #suggestions, .form:has(#question), .scroll-down-button-container, .ia-cursor, .ia-copy,
.ia-source summary::after { display: none !important; }
body, .gradio-container, .gradio-container .main, .gradio-container .wrap, .contain, .column, #conversation,
#conversation .wrapper, #conversation .bubble-wrap, #conversation .message-wrap { display: block !important;
  height: auto !important; min-height: 0 !important; max-height: none !important; overflow: visible !important; }
#conversation { border: none !important; }
#conversation .message-row { margin: 0 0 .6rem !important; max-width: none !important; }
#conversation .message { padding: 0 !important; }
#conversation .ia-question { margin-top: 1.2rem; font-weight: 700; }
#conversation blockquote { max-height: none !important; overflow: visible !important; }
#conversation mark { text-decoration: underline; }
.user-row { break-after: avoid; }
.ia-source, .ia-items li { break-inside: avoid; }
"""

ICON = """
<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,
%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E
%3Cpath fill='%230b6e63' d='M9 3h14a7 7 0 0 1 7 7v7a7 7 0 0 1-7 7h-8l-7 6v-6.2A7 7 0 0 1 2 17v-7a7 7 0 0 1 7-7z'/%3E
%3Cpath fill='%23ffe9a8' d='M9 18v-4.6C9 10.6 10.7 9 13.6 9v2.4q-1.8 0-1.9 1.8h2V18z'/%3E
%3Cpath fill='%23ffe9a8' d='M17 18v-4.6c0-2.8 1.7-4.4 4.6-4.4v2.4q-1.8 0-1.9 1.8h2V18z'/%3E%3C/svg%3E">
"""

# A source opens when its mark is followed, at the quote, and whole where there is room; of a passage that quote is
# copied which was followed, or else all. The view stays at the beginning of the newest answer, with its question where
# there is room, unless the visitor scrolls. The page's language is the browser's, as Gradio's own words are. Gradio
# names each message by its raw HTML, which a screen reader would read out: the message itself is enough; the buttons
# that send and stop by nothing; and the field for the question by its label with the button's name in it.
SCRIPT = """
<script>
const SETTLED_MS = 600; // Gradio draws an answer in several steps
const COPIED_MS = 2000;
let rows = 0, coming = false, followed = 0;
function follow() {
  const box = document.querySelector('#conversation .bubble-wrap');
  const all = box ? box.querySelectorAll('.message-row') : [];
  const comes = Boolean(box && box.querySelector('.ia-streaming'));
  if (all.length !== rows || (comes && !coming)) followed = Infinity;
  if (followed === Infinity && !comes) followed = performance.now() + SETTLED_MS;
  [rows, coming] = [all.length, comes];
  if (!rows || performance.now() > followed) return;
  const newest = all[rows - 1], question = all[rows - 2];
  const fits = question && question.matches('.user-row') && question.offsetHeight < box.clientHeight / 3;
  const first = fits ? question : newest;
  box.scrollTop += first.getBoundingClientRect().top - box.getBoundingClientRect().top - 8;
}
for (const gesture of ['wheel', 'touchmove', 'pointerdown', 'keydown']) {
  document.addEventListener(gesture, (event) => {
    if (event.target.closest && event.target.closest('#conversation')) followed = 0;
  }, { capture: true, passive: true });
}
document.documentElement.lang = navigator.language || 'en';
new MutationObserver(() => {
  for (const message of document.querySelectorAll('#conversation [data-testid][aria-label*="<"]')) {
    message.removeAttribute('aria-label');
  }
  const chinese = document.documentElement.lang.startsWith('zh');
  for (const [kind, said] of [['submit', chinese ? '发送' : 'Send'], ['stop', chinese ? '停止' : 'Stop']]) {
    const button = document.querySelector(`#question .${kind}-button:not([aria-label])`);
    if (button) button.setAttribute('aria-label', said);
  }
  const label = document.querySelector('#question label:has(textarea:not([aria-label])) > span');
  if (label) label.parentElement.querySelector('textarea').setAttribute('aria-label', label.textContent.trim());
  follow();
}).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ['aria-label'] });
document.addEventListener('click', (event) => {
  const mark = event.target.closest && event.target.closest('a.ia-mark');
  if (!mark) return;
  const quote = document.getElementById(mark.getAttribute('href').slice(1));
  const source = quote && quote.closest('details');
  if (!source) return;
  event.preventDefault();
  for (const former of document.querySelectorAll('mark.ia-here')) former.classList.remove('ia-here');
  quote.classList.add('ia-here');
  source.open = true;
  source.querySelector('summary').focus({ preventScroll: true });
  show(source);
}, true);
document.addEventListener('toggle', (event) => {
  if (event.target.matches && event.target.matches('details.ia-source[open]')) show(event.target);
}, true);
function show(source) {
  for (const box of source.querySelectorAll('blockquote')) {
    const quote = box.querySelector('mark.ia-here') || box.querySelector('mark');
    if (quote) box.scrollTop = quote.offsetTop - 40;
  }
  const quote = source.querySelector('mark.ia-here') || source.querySelector('mark');
  for (const part of [source, quote.closest('.ia-passage'), quote]) part.scrollIntoView({ block: 'nearest' });
}
document.addEventListener('click', (event) => {
  const button = event.target.closest && event.target.closest('button.ia-copy');
  if (!button) return;
  const passage = button.closest('.ia-passage'), source = button.closest('.ia-source');
  const followed = passage.querySelectorAll('mark.ia-here'), link = passage.querySelector('a.ia-link');
  const quotes = followed.length ? followed : passage.querySelectorAll('mark');
  const [opening, closing] = passage.querySelector('blockquote').lang === 'zh' ? '「」' : '“”';
  const field = document.createElement('textarea');
  field.value = [
    ...[...quotes].map((quote) => opening + quote.textContent + closing),
    [...source.querySelectorAll('.ia-title, .ia-by')].map((part) => part.textContent).filter(Boolean).join(' · '),
    ...(link ? [link.href.replace(/#?:~:.*/, '')] : []), // a link to the text leads to the passage's first quote
  ].join('\\n');
  field.style.cssText = 'position: fixed; top: 0; opacity: 0';
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy'); // navigator.clipboard is there over HTTPS alone
  field.remove();
  button.focus({ preventScroll: true });
  if (!copied) return;
  button.classList.add('ia-told');
  setTimeout(() => button.classList.remove('ia-told'), COPIED_MS);
});
document.addEventListener('click', (event) => {
  const button = event.target.closest && event.target.closest('#filter > button');
  if (button) setTimeout(() => button.parentElement.lastElementChild.scrollIntoView({ block: 'nearest' }));
});
</script>
"""

HEAD = f'{ICON}<style media="(max-width: 40rem)">{NARROW}</style><style media="print">{PRINT}</style>{SCRIPT}'
"""What stands in the head of the page beside Gradio's own."""


def build_theme() -> Any:
    """Build Gradio's theme from fonts that every system has; nothing is loaded from elsewhere."""
    import gradio as gr

    return gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.stone,
        radius_size=gr.themes.sizes.radius_lg,
        font=["system-ui", "-apple-system", "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "sans-serif"],
        font_mono=["ui-monospace", "monospace"],
    )
