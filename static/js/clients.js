/*
 * The client list: close or roomy rows, remembered in a cookie that says no more than that.
 * data-density: the button; data-density-table: the table it changes.
 */
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-density]");
    if (!button) return;
    const table = document.querySelector("[data-density-table]");
    const compact = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(compact));
    table?.classList.toggle("table-narrow", compact);
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `density=${compact ? "compact" : "roomy"}; path=/; max-age=31536000; samesite=lax${secure}`;
  });
})();
/*
 * The client form: fields that a kind of client does not have are put away while that kind is chosen.
 * data-kinds: the form; data-only="person" or "organisation": whom a field is for (a sole trader is both).
 */
(() => {
  "use strict";
  const form = document.querySelector("form[data-kinds]");
  const kind = form?.elements.namedItem("kind");
  if (!kind) return;
  const fit = () => {
    const person = kind.value === "person";
    const both = kind.value === "sole_trader";
    form.querySelectorAll("[data-only]").forEach((cell) => {
      const fits = both || (cell.dataset.only === "person") === person;
      cell.hidden = !fits && !cell.querySelector(".field-error");
    });
  };
  kind.addEventListener("change", fit);
  fit();
})();
