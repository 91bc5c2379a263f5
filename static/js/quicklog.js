/*
 * The quick log by keyboard. Without this it is a form of radio buttons and checkboxes like any other.
 *
 * data-quicklog         the form; key L goes to one that stands in the page
 * data-keys             a group of chips: the key shown on a chip (its input's data-key) chooses it
 * data-roving           a group of checkboxes that is one stop of the Tab key; arrows move inside it
 * data-rows             repeatable rows (data-row-of); data-add-row: the button that adds one
 * data-picker           search box and list of clients: arrows move, Enter takes the first
 * data-keep=ADDRESS     a log form: what is typed is kept on the server, for this form alone
 * data-call             button of a log form: times a running call
 */
(() => {
  "use strict";
  const doc = document;
  const all = (selector, within = doc) => [...within.querySelectorAll(selector)];

  // -- chips --------------------------------------------------------------------------------------
  function choose(input) {
    input.checked = input.type === "checkbox" ? !input.checked : true;
    input.focus();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function move(group, from, by) {
    const inputs = all("input[type=checkbox]", group);
    const to = inputs[(inputs.indexOf(from) + by + inputs.length) % inputs.length];
    inputs.forEach((each) => (each.tabIndex = each === to ? 0 : -1));
    to.focus();
  }
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  doc.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const group = event.target.closest("[data-keys]");
    if (!group || !event.target.matches("input[type=radio], input[type=checkbox]")) return;
    const chosen = all("input[data-key]", group).find((each) => each.dataset.key === event.key.toLowerCase());
    if (chosen) {
      event.preventDefault();
      choose(chosen);
    } else if ("roving" in group.dataset && STEPS[event.key]) {
      event.preventDefault();
      move(group, event.target, STEPS[event.key]);
    }
  });
  function rove(within) {
    all("[data-roving]", within).forEach((group) => {
      const inputs = all("input[type=checkbox]", group);
      const first = inputs.find((each) => each.checked) ?? inputs[0];
      inputs.forEach((each) => (each.tabIndex = each === first ? 0 : -1));
    });
  }

  // -- L in a page that has its own -----------------------------------------------------------------
  doc.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "l" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select") || doc.querySelector("dialog[open]")) return;
    const text = doc.querySelector("main [data-quicklog].quicklog-inline textarea");
    if (!text) return;
    event.preventDefault();
    text.focus();
    text.scrollIntoView({ block: "center" });
  }, true);

  // -- rows -----------------------------------------------------------------------------------------
  doc.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-row]");
    if (!button) return;
    const rows = all("[data-row-of]", button.closest("[data-rows]"));
    const row = rows[rows.length - 1].cloneNode(true);
    const number = rows.length + 1;
    all("[id], [for]", row).forEach((each) => {
      const name = each.id ? "id" : "for";
      each.setAttribute(name, each.getAttribute(name).replace(/\d+(?=\D*$)/, String(number)));
    });
    all("input", row).forEach((each) => (each.value = ""));
    button.before(row);
    row.querySelector("input").focus();
  });

  // -- which client -----------------------------------------------------------------------------------
  doc.addEventListener("keydown", (event) => {
    const picker = event.target.closest("[data-picker]");
    if (!picker || event.isComposing) return;
    const stops = [picker.querySelector("input[type=search]"), ...all(".pick-list a", picker)];
    const at = stops.indexOf(event.target);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      stops[Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), stops.length - 1)]?.focus();
    } else if (event.key === "Enter" && at === 0) {
      event.preventDefault();
      // What is listed answers what was typed; or the answer is still under way, and its first line is meant.
      if (stops[0].value.trim() === (stops[0].dataset.found ?? "")) stops[1]?.click();
      else picker.dataset.takeFirst = "1";
    }
  });
  doc.body.addEventListener("htmx:afterSettle", (event) => {
    const picker = event.target.closest?.("[data-picker]");
    if (picker && event.target.id === "picked") found(picker);
    settle(event.target);
  });
  function found(picker) {
    const box = picker.querySelector("input[type=search]");
    box.dataset.found = box.value.trim();
    if (!picker.dataset.takeFirst) return;
    delete picker.dataset.takeFirst;
    picker.querySelector(".pick-list a")?.click();
  }

  // -- what is typed is kept ------------------------------------------------------------------------
  // Every form has a draft of its own. One request at a time; the last words are sent when the page goes.
  const keeping = new WeakMap(); // form -> {timer, busy, again}
  const remembered = (form) => `draft:${doc.body.dataset.user}:log:${form.elements.client?.value}`;
  const RUNNING = () => `draft:${doc.body.dataset.user}:call`;
  function keepSoon(form) {
    const state = keeping.get(form) ?? {};
    keeping.set(form, state);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => keep(form), 600);
  }
  async function keep(form, leaving = false) {
    const state = keeping.get(form);
    if (!state || form.dataset.sending || !form.isConnected) return;
    clearTimeout(state.timer);
    if (state.busy && !leaving) return void (state.again = true);
    const sent = new FormData(form);
    ["files", "idempotency_key", "csrfmiddlewaretoken", "shape", "back"].forEach((name) => sent.delete(name));
    const token = doc.querySelector("meta[name=csrf-token]").content;
    state.busy = true;
    state.dirty = false;
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: sent, headers: { "X-CSRFToken": token, "HX-Request": "true" }, keepalive: leaving });
      if (!answer.ok) throw new Error(answer.status);
      const { draft, version } = await answer.json();
      if (form.dataset.logged) drop(draft, token);
      form.elements.draft.value = draft;
      form.elements.draft_version.value = version;
      sessionStorage.setItem(remembered(form), draft);
      if (!form.elements.call_ended.value && form.elements.call_started.value) {
        sessionStorage.setItem(RUNNING(), JSON.stringify({ draft, started: form.elements.call_started.value }));
      }
      delete form.dataset.dirty;
      say(form, "kept");
    } catch {
      form.dataset.dirty = "1";
      say(form, "notKept");
    }
    state.busy = false;
    if (state.again) {
      state.again = false;
      keepSoon(form);
    }
  }
  const drop = (draft, token) => fetch(`${doc.querySelector("[data-keep]")?.dataset.keep ?? "/interactions/log/drafts/"}${draft}/drop/`, { method: "POST", headers: { "X-CSRFToken": token, "HX-Request": "true" } });
  function say(form, word) {
    const place = form.querySelector("[data-kept]");
    if (place) place.textContent = place.dataset[word];
  }
  ["input", "change"].forEach((name) => doc.addEventListener(name, (event) => {
    const form = event.target.form;
    if (!form?.dataset.keep || event.target.type === "file") return;
    keepSoon(form);
    keeping.get(form).dirty = true;
  }));
  window.addEventListener("pagehide", () => all("form[data-keep]").forEach((form) => keeping.get(form)?.dirty && keep(form, true)));
  // Logged: the draft is gone with it, and the call over.
  doc.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset?.keep) return;
    clearTimeout(keeping.get(form)?.timer);
    if (event.submitter?.hasAttribute("formaction")) return;
    const draft = form.elements.draft.value;
    if (draft && sessionStorage.getItem(remembered(form)) === draft) sessionStorage.removeItem(remembered(form));
    if (draft && call()?.draft === draft) sessionStorage.removeItem(RUNNING());
    if (keeping.get(form)?.busy) form.dataset.logged = "1";
    showPill();
  });
  // The same tab opened again: its own unfinished words come back by themselves.
  function restore(within) {
    all("form[data-keep]", within).forEach((form) => {
      const mine = sessionStorage.getItem(remembered(form));
      const line = mine && !form.elements.draft.value && form.querySelector(`[data-draft-line="${CSS.escape(mine)}"] a`);
      if (line) htmx.ajax("GET", line.getAttribute("hx-get"), { target: form, swap: "outerHTML" });
    });
  }

  // -- pasted text keeps its paragraphs ---------------------------------------------------------------
  const BLOCKS = "p, div, li, tr, blockquote, h1, h2, h3, h4, h5, h6, pre, section, article, header, footer, table, ul, ol";
  function textOf(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    all("script, style, head, title", page).forEach((each) => each.remove());
    all("br", page).forEach((each) => each.replaceWith("\n"));
    all("li", page).forEach((each) => each.prepend("- "));
    all("td, th", page).forEach((each) => each.append("\t"));
    all("p, blockquote, h1, h2, h3, h4, h5, h6", page).forEach((each) => each.append("\n"));
    all(BLOCKS, page).forEach((each) => (each.before("\n"), each.append("\n")));
    return page.body.textContent;
  }
  const tidy = (text) => text.replace(/\r\n?/g, "\n").replace(/[\u00a0\u202f]/g, " ").replace(/[\u200b\u2060\ufeff]/g, "").replace(/[ \t]+$/gm, "").replace(/\n{3,}/g, "\n\n").trim();
  doc.addEventListener("paste", (event) => {
    const box = event.target;
    if (box.name !== "note" || !box.closest("[data-quicklog]")) return;
    const plain = event.clipboardData.getData("text/plain");
    const html = event.clipboardData.getData("text/html");
    const text = tidy(html && !plain.trim().includes("\n") ? textOf(html) : plain);
    if (!text) return;
    event.preventDefault();
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // -- a running call -----------------------------------------------------------------------------------
  function call() {
    try {
      return JSON.parse(sessionStorage.getItem(RUNNING()));
    } catch {
      return null;
    }
  }
  const since = (started, ended) => {
    const seconds = Math.max(0, Math.floor(((ended ? new Date(ended) : new Date()) - new Date(started)) / 1000));
    return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  };
  doc.addEventListener("click", (event) => {
    const button = event.target.closest("[data-call]");
    if (!button) return;
    const { call_started: started, call_ended: ended, minutes } = button.form.elements;
    if (!started.value || ended.value) {
      started.value = new Date().toISOString();
      ended.value = "";
      const written = button.form.querySelector("input[name=channel]:is([value=email], [value=letter], [value=instant_message]):checked");
      if (written) button.form.querySelector("input[name=channel][value=phone]").checked = true;
    } else {
      ended.value = new Date().toISOString();
      sessionStorage.removeItem(RUNNING());
      if (minutes && !minutes.value) minutes.value = Math.max(1, Math.ceil((new Date(ended.value) - new Date(started.value)) / 60000));
    }
    tickCalls();
    started.dispatchEvent(new Event("input", { bubbles: true }));
  });
  function tickCalls() {
    all("[data-call]").forEach((button) => {
      const { call_started: started, call_ended: ended } = button.form.elements;
      const running = Boolean(started.value && !ended.value);
      button.classList.toggle("is-running", running);
      button.querySelector("span").textContent = running ? button.dataset.stop : button.dataset.start;
      button.querySelector("use").setAttribute("href", button.querySelector("use").getAttribute("href").replace(/#.*/, running ? "#player-stop" : "#player-play"));
      button.querySelector("output").textContent = started.value ? since(started.value, ended.value) : "";
    });
    showPill();
  }
  function showPill() {
    const running = call();
    const open = running && all("form[data-keep]").some((form) => form.elements.draft.value === running.draft && form.offsetParent);
    let pill = doc.querySelector("body > .call-pill");
    if (!running || open) return pill?.remove();
    if (!pill) {
      pill = doc.querySelector("#call-pill")?.content.firstElementChild.cloneNode(true);
      if (!pill) return undefined;
      pill.href = `${pill.getAttribute("href")}?draft=${running.draft}`;
      doc.body.append(pill);
    }
    return (pill.querySelector("output").textContent = since(running.started));
  }
  setInterval(() => (doc.querySelector("[data-call].is-running") || call()) && tickCalls(), 1000);

  function settle(within) {
    rove(within);
    all("[data-call]", within).forEach((button) => (button.hidden = false));
    restore(within);
    tickCalls();
    all("[data-add-row]", within).forEach((button) => (button.hidden = false));
  }
  settle(doc);
})();
