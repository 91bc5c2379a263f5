/*
 * The quick log by keyboard. Without this it is a form of radio buttons and checkboxes like any other.
 *
 * data-quicklog         the form; key L goes to one that stands in the page
 * data-keys             a group of chips: the key shown on a chip (its input's data-key) chooses it
 * data-roving           a group of checkboxes that is one stop of the Tab key; arrows move inside it
 * data-rows             repeatable rows (data-row-of); data-add-row: the button that adds one
 * data-picker           search box and list of clients: arrows move, Enter takes the first
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

  function settle(within) {
    rove(within);
    all("[data-add-row]", within).forEach((button) => (button.hidden = false));
  }
  settle(doc);
})();
