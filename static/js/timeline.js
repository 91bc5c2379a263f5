/*
 * The call card and the timeline.
 *
 * Key C opens the call card of the client of the chosen or pointed-at row, else of the page.
 * data-pins=WORDS   a timeline whose contacts get a button that pins them
 */
(() => {
  "use strict";
  const doc = document;
  const body = doc.body;
  const all = (selector, within = doc) => [...within.querySelectorAll(selector)];
  const KEY = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
  const CLIENT = new RegExp(`^/clients/${KEY}/$`);
  const FOLLOW_UP = new RegExp(`^/follow-ups/${KEY}/$`);
  const CONTACT = new RegExp(`^/interactions/${KEY}/$`);

  // -- the call card ------------------------------------------------------------------------------
  let pointed = null;
  doc.addEventListener("mouseover", (event) => (pointed = event.target.closest("[data-row]")));
  const rowOf = (target) => target.closest?.("[data-row]") ?? doc.querySelector("main .is-current") ?? pointed;
  function keyIn(row, pattern) {
    const found = row && all("a[href]", row).map((link) => pattern.exec(link.pathname)).find(Boolean);
    return found ? found[1] : "";
  }
  const typing = (element) => element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  doc.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "c" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.defaultPrevented || typing(event.target) || doc.querySelector("dialog[open]")) return;
    const link = doc.querySelector("#card-link");
    const row = rowOf(event.target);
    const client = keyIn(row, CLIENT) || body.dataset.client;
    if (!link || !client) return;
    event.preventDefault();
    const followUp = keyIn(row, FOLLOW_UP);
    link.href = link.dataset.card.replace("00000000-0000-0000-0000-000000000000", client) + (followUp ? `?follow_up=${followUp}` : "");
    link.click();
  });
  // Logging from the card: the card makes room for the form.
  doc.addEventListener("click", (event) => {
    if (event.target.closest("#card-dialog [data-log]")) doc.querySelector("#card-dialog").close();
  }, true);

  // -- pins ---------------------------------------------------------------------------------------
  function addPins(within) {
    const stories = within.matches?.("[data-pins]") ? [within] : all("[data-pins]", within);
    const story = within.closest?.("[data-pins]");
    (story ? [story] : stories).forEach((list) => {
      all(".story-head", list).forEach((head) => {
        const link = head.querySelector("a[href]");
        if (!link || !CONTACT.test(link.pathname) || head.querySelector(".story-pin")) return;
        const button = doc.createElement("button");
        button.type = "button";
        button.className = "story-pin";
        button.title = list.dataset.pins;
        button.setAttribute("aria-label", `${list.dataset.pins}: ${link.textContent}`);
        button.dataset.pin = `${link.pathname}pin/`;
        button.innerHTML = doc.querySelector("#pin-sign")?.innerHTML ?? "";
        head.append(button);
      });
    });
  }
  doc.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pin]");
    if (button) htmx.ajax("POST", button.dataset.pin, { source: button, swap: "none" });
  });
  body.addEventListener("htmx:afterSettle", (event) => addPins(event.target));
  addPins(doc);
})();
