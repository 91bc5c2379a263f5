/*
 * Lists of clients. Everything here makes quicker what links and forms can do without it.
 *
 * data-density         button: close or roomy rows, remembered in a cookie that says no more than that
 * data-pop             <details> that holds a form: Esc and a click elsewhere close it
 * data-op / data-ops   the comparison chosen; what belongs to certain comparisons only
 * data-narrow          typing shortens the list (data-narrowed) beside it
 * data-move            moves its line of a list (data-sort-item) up or down
 * data-closes          form in a dialog: sending it closes the dialog
 * data-opens           what is put into this part of a dialog opens it
 * data-bulk            the bar that acts on ticked rows: data-bulk-count, data-bulk-all, data-bulk-page, data-bulk-none;
 *                      data-ticks-of names the list whose ticks are kept from page to page, data-bulk-said tells them
 * data-edit            head of a column whose cells are edited where they stand (data-edit=COLUMN): by a click, or E on the
 *                      current row (data-row=client). Rows leave to tellRows what would be the same in each of them
 * data-list-state      the list's address; a client's page (data-through) leads on from there with J and K
 *
 * From the server: "lists:saved" {"text", "undo": {"value", "version", "undo"}, "url", "word"} after a cell was saved.
 */
(() => {
  "use strict";
  const doc = document;
  const all = (selector, within = doc) => [...within.querySelectorAll(selector)];

  // -- density ------------------------------------------------------------------------------------
  function turnDensity(button) {
    const compact = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(compact));
    doc.querySelector("[data-density-table]")?.classList.toggle("table-narrow", compact);
    const secure = location.protocol === "https:" ? "; secure" : "";
    doc.cookie = `density=${compact ? "compact" : "roomy"}; path=/; max-age=31536000; samesite=lax${secure}`;
  }

  // -- forms that pop up ----------------------------------------------------------------------------
  function fitOps(form) {
    const op = form.querySelector("[data-op]")?.value;
    if (op === undefined) return;
    all("[data-ops]", form).forEach((part) => {
      part.hidden = !part.dataset.ops.split(" ").includes(op);
    });
  }
  function ready(within) {
    all(".filter-form", within).forEach((form) => {
      fitOps(form);
      if (!form.closest("[data-pop]")) return;
      const first = form.querySelector("[data-focus]") || form.querySelector("input[type=checkbox], input[type=radio], select");
      if (first?.offsetParent) first.focus();
    });
  }
  function closePops(except) {
    all("details[data-pop][open]").forEach((pop) => pop.contains(except) || (pop.open = false));
  }

  doc.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    closePops(event.target);
    const density = on("[data-density]");
    if (density) return turnDensity(density);
    const mover = on("[data-move]");
    if (mover) return move(mover);
    if (on("[data-bulk-none]")) return chooseNone();
    if (on("[data-cell-cancel]")) return closeCell(on("form"));
    const cell = on("td[data-edit]");
    if (cell && !on("a, button, input, select, textarea, label") && !getSelection().toString()) return openCell(cell);
    return undefined;
  });
  doc.addEventListener("keydown", (event) => {
    const pop = event.target.closest?.("details[data-pop][open]");
    if (!pop || event.key !== "Escape") return;
    pop.open = false;
    pop.querySelector("summary").focus();
    event.preventDefault();
  });
  doc.addEventListener("change", (event) => {
    if (event.target.matches("[data-op]")) fitOps(event.target.form);
  });
  doc.addEventListener("input", (event) => {
    if (!event.target.matches("[data-narrow]")) return;
    const words = event.target.value.trim().toLowerCase();
    all("li", event.target.form.querySelector("[data-narrowed]")).forEach((line) => {
      line.hidden = !line.textContent.toLowerCase().includes(words) && !line.querySelector(":checked");
    });
  });
  doc.addEventListener("htmx:load", (event) => {
    ready(event.target);
    tellRows();
    keepList();
    showTicks();
  });
  doc.addEventListener("submit", (event) => {
    if ("closes" in event.target.dataset) event.target.closest("dialog")?.close();
  });
  // A form in a dialog is asked for anew each time: what it was about may have changed.
  doc.addEventListener("click", (event) => {
    const id = event.target.closest("[data-dialog-open]")?.dataset.dialogOpen;
    const body = id && doc.querySelector(`#${id} [data-dialog-body]`);
    if (body) delete body.dataset.loaded;
  }, true);

  function move(button) {
    const item = button.closest("[data-sort-item]");
    const other = button.dataset.move === "1" ? item.nextElementSibling : item.previousElementSibling;
    if (!other) return;
    if (button.dataset.move === "1") other.after(item);
    else other.before(item);
    button.focus();
  }

  // -- acting on ticked rows ---------------------------------------------------------------------------
  // What is ticked is kept for the session by the list (data-ticks-of), so that it outlives the page of the list: ids
  // ticked, or with "all of this list" the exceptions.
  const TICKS = "ticks", LISTS_KEPT = 10;
  const bulkbar = () => doc.querySelector("[data-bulk]");
  const ticks = () => all("input[name=ids]");
  const wholeBox = () => doc.querySelector("[data-bulk-all]");
  const keptTicks = () => JSON.parse(sessionStorage.getItem(TICKS) ?? "[]");
  function chosen() {
    const kept = keptTicks().find(([list]) => list === bulkbar()?.dataset.ticksOf);
    const [, whole, ids] = kept ?? ["", false, []];
    return { whole: whole && Boolean(wholeBox()), ids: new Set(whole && !wholeBox() ? [] : ids) };
  }
  function choose({ whole, ids }) {
    const list = bulkbar()?.dataset.ticksOf;
    if (!list) return;
    const others = keptTicks().filter(([other]) => other !== list).slice(-LISTS_KEPT);
    if (whole || ids.size) others.push([list, whole, [...ids]]);
    sessionStorage.setItem(TICKS, JSON.stringify(others));
    showTicks();
  }
  const chooseNone = () => choose({ whole: false, ids: new Set() });
  function noteTicks() {
    const now = chosen();
    ticks().forEach((tick) => (tick.checked === now.whole ? now.ids.delete(tick.value) : now.ids.add(tick.value)));
    choose(now);
  }
  function tickPage(on) {
    ticks().forEach((tick) => (tick.checked = on));
    noteTicks();
  }
  function showTicks() {
    const bar = bulkbar();
    if (!bar) return;
    const { whole, ids } = chosen();
    ticks().forEach((tick) => (tick.checked = ids.has(tick.value) !== whole));
    const here = ticks().filter((tick) => ids.has(tick.value)).length;
    const count = bar.querySelector("[data-bulk-count]");
    const words = whole ? (ids.size ? count.dataset.but : "") : ids.size > here ? count.dataset.elsewhere : count.dataset.chosen;
    count.textContent = words.replace("{n}", ids.size).replace("{m}", ids.size - here);
    count.hidden = !words;
    bar.classList.toggle("is-on", whole || ids.size > 0);
    if (wholeBox()) wholeBox().checked = whole;
    const said = doc.querySelector("[data-bulk-said]");
    const heard = whole ? `${wholeBox().closest("label").textContent.trim()} ${count.textContent}` : ids.size ? count.textContent : "";
    if (said.textContent !== heard) said.textContent = heard;
    const page = doc.querySelector("[data-bulk-page]");
    if (page) {
      const on = ticks().filter((tick) => tick.checked).length;
      page.checked = on > 0 && on === ticks().length;
      page.indeterminate = on > 0 && on < ticks().length;
    }
  }
  let lastTick = null;
  doc.addEventListener("click", (event) => {
    if (!event.target.matches?.("input[name=ids]")) return;
    const rows = ticks();
    if (event.shiftKey && lastTick?.isConnected) {
      const [from, to] = [rows.indexOf(lastTick), rows.indexOf(event.target)].sort((a, b) => a - b);
      rows.slice(from, to + 1).forEach((tick) => (tick.checked = event.target.checked));
    }
    lastTick = event.target;
    noteTicks();
  });
  doc.addEventListener("change", (event) => {
    if (event.target.matches("[data-bulk-page]")) tickPage(event.target.checked);
    if (event.target.matches("[data-bulk-all]")) choose({ whole: event.target.checked, ids: new Set() });
  });
  doc.addEventListener("htmx:configRequest", (event) => {
    if (!event.target.matches?.("[data-bulk]")) return;
    const { whole, ids } = chosen();
    event.detail.parameters.delete("ids");
    if (ids.size) event.detail.parameters.append(whole ? "but" : "ids", [...ids].join(","));
  });
  // What was done is done: nothing stays ticked behind it.
  doc.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && event.detail.elt.matches?.(".bulk-form")) chooseNone();
  });
  window.addEventListener("pageshow", showTicks);
  doc.addEventListener("htmx:afterSwap", (event) => {
    if (!("opens" in event.target.dataset)) return;
    const dialog = event.target.closest("dialog");
    if (!dialog.open) dialog.showModal();
    const first = dialog.querySelector(".sheet-body :is(select, input:not([type=hidden]), [autofocus])");
    first?.focus();
  });

  // -- what fifty rows would say fifty times ------------------------------------------------------------
  // Which cells are edited in place (their head says it; the name, behind the tick, leads to the client), and whose tick it is.
  function tellRows() {
    const heads = [...(doc.querySelector("[data-density-table]")?.tHead.rows[0].cells ?? [])];
    const edited = heads.flatMap((head, at) => (at > 1 && "edit" in head.dataset ? [at] : []));
    all("[data-row=client]").forEach((row) => {
      edited.forEach((at) => (row.cells[at].dataset.edit = ""));
      row.querySelector("[name=ids]")?.setAttribute("aria-label", row.querySelector(".row-name").textContent);
    });
  }

  // -- editing a cell ------------------------------------------------------------------------------------
  function openCell(cell) {
    if (cell.querySelector("form")) return;
    all("[data-cell-form]").forEach(closeCell);
    const client = cell.closest("[data-row=client]")?.querySelector("[name=ids]").value;
    if (!client) return;
    htmx.ajax("GET", `${location.pathname}${client}/cell/${cell.closest("table").tHead.rows[0].cells[cell.cellIndex].dataset.edit}/`, { target: cell, swap: "innerHTML" }).then(() => {
      const input = cell.querySelector("select, textarea, input:not([type=hidden])");
      input?.focus();
      input?.select?.();
    });
  }
  function closeCell(form) {
    const cell = form.closest("td");
    htmx.ajax("GET", form.dataset.shown, { target: cell, swap: "innerHTML" }).then(() => {
      cell.closest("[data-row]")?.querySelector("a[href]")?.focus({ preventScroll: true });
    });
  }
  doc.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const form = event.target.closest?.("[data-cell-form]");
    if (form) {
      if (event.key === "Escape") closeCell(form);
      else if (event.key === "Tab") {
        const cells = all("td[data-edit]", form.closest("tr"));
        const next = cells[cells.indexOf(form.closest("td")) + (event.shiftKey ? -1 : 1)];
        if (!next || event.target !== lastField(form, event.shiftKey)) return;
        openCell(next);
      } else return;
      event.preventDefault();
      return;
    }
    if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = doc.querySelector("[data-row=client].is-current");
    if (!row || doc.querySelector("dialog[open]")) return;
    if (event.key.toLowerCase() === "e") {
      const cell = row.querySelector("td[data-edit]");
      if (cell) {
        openCell(cell);
        event.preventDefault();
      }
    } else if (event.key.toLowerCase() === "x") {
      const tick = row.querySelector("input[name=ids]");
      if (tick) {
        tick.checked = !tick.checked;
        lastTick = tick;
        noteTicks();
        event.preventDefault();
      }
    }
  });
  function lastField(form, backwards) {
    const fields = all("select, textarea, input:not([type=hidden])", form);
    return backwards ? fields[0] : fields[fields.length - 1];
  }
  doc.addEventListener("change", (event) => {
    // A choice is made with one click; text is sent by Enter or its button.
    if (!event.target.matches("[data-cell-form] select")) return;
    const reason = event.target.form.elements.namedItem("reason");
    if (reason) reason.focus();
    else event.target.form.requestSubmit();
  });
  doc.addEventListener("lists:saved", (event) => {
    const { text, undo, url, word } = event.detail;
    const cell = event.target.closest("td") ?? event.target;
    const list = doc.querySelector("#toasts");
    const line = doc.createElement("div");
    line.className = "toast-line";
    const said = doc.createElement("p");
    said.textContent = text;
    line.append(said);
    if (undo) {
      const button = doc.createElement("button");
      button.type = "button";
      button.className = "toast-undo";
      button.textContent = word;
      button.addEventListener("click", () => {
        line.remove();
        htmx.ajax("POST", url, { target: cell, swap: "innerHTML", values: undo });
      });
      line.append(button);
    }
    list.append(line);
    setTimeout(() => line.remove(), undo ? 10000 : 4000);
  });

  // -- through the list, client by client -------------------------------------------------------------------
  function keepList() {
    const state = doc.querySelector("[data-list-state]");
    if (state) sessionStorage.setItem("list", state.value);
  }
  tellRows();
  keepList();
  showTicks();
  ready(doc);
})();
