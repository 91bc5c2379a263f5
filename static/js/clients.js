/*
 * The client form: fields that a kind of client does not have are put away while that kind is chosen.
 * The reason for a grade is asked when the grade changes. data-kinds: the form; data-only="person" or "organisation": whom a field is for (a sole trader is both).
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

  // Whether a new name is a correction is asked once the name changes.
  const name = form.elements.namedItem("name");
  const mistyped = form.elements.namedItem("was_mistyped");
  const renamed = () => {
    mistyped.closest(".form-cell").hidden = name.value.trim() === name.defaultValue.trim();
  };
  if (mistyped) {
    name.addEventListener("input", renamed);
    renamed();
  }

  // Why the grade changes is asked once it does.
  const grade = form.elements.namedItem("grade");
  const reason = form.elements.namedItem("grade_reason");
  if (!reason) return;
  const before = [...grade.options].find((option) => option.defaultSelected)?.value ?? "";
  const ask = () => {
    const cell = reason.closest(".form-cell");
    cell.hidden = grade.value === before && !cell.querySelector(".field-error");
  };
  grade.addEventListener("change", ask);
  ask();
})();
