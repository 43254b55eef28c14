"""What runs in the reader's browser beside Streamlit: a turn to dark, what counts as a step back, and paper.
Everything else that happens on a page happens on the server."""

from __future__ import annotations

import streamlit as st

from dashboards.texts import Texts

# Streamlit repaints its own widgets when the system turns dark and tells the script nothing: what the script drew
# kept the colours of before, dark words on a dark ground. The pause lets it repaint first.
# Charts and tables are drawn for the width of the screen: for the paper they are made smaller, or it would cut them.
# And it makes a step in the browser's history of every parameter that a page adds to its own address: six presses of
# Back to leave the court's page. A step is what the reader did: what follows without another act completes it, and
# what a page added before this script was there is passed over.
# Streamlit's own words ("No results") are English and cannot be set: on pages in another language they are put into it
# where they appear, as they stand in the catalogue.
SCRIPT = """
const said = (node, words) => {
  const text = node.nodeValue.trim();
  if (Object.hasOwn(words, text)) node.nodeValue = node.nodeValue.replace(text, words[text]);
};
const inWords = (root, words) => {
  if (root.nodeType === Node.TEXT_NODE) return said(root, words);
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) said(walk.currentNode, words);
  for (const field of root.querySelectorAll("[placeholder]")) {
    if (Object.hasOwn(words, field.placeholder)) field.placeholder = words[field.placeholder];
  }
};
export default function ({ data, setTriggerValue }) {
  window.galleryWords = data ?? {};
  if (!window.gallerySpeaks) {
    window.gallerySpeaks = new MutationObserver((changes) => {
      for (const { target, type, addedNodes } of changes) {
        if (type === "characterData") said(target, window.galleryWords);
        for (const node of addedNodes) inWords(node, window.galleryWords);
      }
    });
    window.gallerySpeaks.observe(document.body, { childList: true, subtree: true, characterData: true });
  }
  inWords(document.body, window.galleryWords);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const turned = () => setTimeout(() => setTriggerValue("turned", dark.matches ? "dark" : "light"), 200);
  dark.addEventListener("change", turned);
  if (!window.galleryStep) {
    const drawn = () => document.querySelectorAll('[data-testid="stPlotlyChart"], [data-testid="stDataFrame"]');
    window.addEventListener("beforeprint", () => drawn().forEach((each) => {
      each.style.zoom = Math.min(1, 690 / each.offsetWidth, 760 / each.offsetHeight) || 1;
    }));
    window.addEventListener("afterprint", () => drawn().forEach((each) => { each.style.zoom = ""; }));
    const step = (window.galleryStep = { isOpen: false });
    const { history } = window;
    const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
    const kept = (state) => ({ ...state, isStep: true });
    for (const act of ["pointerdown", "keydown"]) {
      window.addEventListener(act, () => { step.isOpen = true; }, true);
    }
    replace(kept(history.state), "");
    history.replaceState = (state, ...rest) => replace(kept(state), ...rest);
    history.pushState = (state, ...rest) => {
      (step.isOpen ? push : replace)(kept(state), ...rest);
      step.isOpen = false;
    };
    window.addEventListener("popstate", (event) => { if (!event.state?.isStep) history.back(); });
  }
  return () => dark.removeEventListener("change", turned);
}
"""


def watch(t: Texts) -> None:
    """Puts the script on the page; it shows nothing."""
    words = {english: said for english, said in t.glossary("streamlit").items() if english != said}
    watching = st.components.v2.component("in_browser", js=SCRIPT)
    watching(key="in_browser", data=words, on_turned_change=lambda: None, height=0)
