/*
 * Lists of clients. Everything here makes quicker what links and forms can do without it.
 *
 * data-density         button: close or roomy rows, remembered in a cookie that says no more than that
 * data-pop             <details> that holds a form: Esc and a click elsewhere close it
 * data-op / data-ops   the comparison chosen; what belongs to certain comparisons only
 * data-narrow          typing shortens the list (data-narrowed) beside it
 * data-move            moves its line of a list (data-sort-item) up or down
 * data-closes          form in a dialog: sending it closes the dialog
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
  doc.addEventListener("htmx:load", (event) => ready(event.target));
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
  ready(doc);
})();
