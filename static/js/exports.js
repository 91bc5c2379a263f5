/*
 * The page that takes a list out.
 * data-export: the form; says that the file is on its way, since the page stays while the browser saves it.
 * data-columns: the columns, put away while cards are chosen, which have none.
 */
(() => {
  "use strict";
  const form = document.querySelector("form[data-export]");
  if (!form) return;
  const columns = form.querySelector("[data-columns]");
  const fit = () => {
    if (columns) columns.hidden = form.elements.namedItem("format").value.startsWith("vcf");
  };
  form.addEventListener("change", fit);
  form.addEventListener("submit", () => {
    const text = form.dataset.export;
    if (text) document.body.dispatchEvent(new CustomEvent("lawcrm:toast", { detail: { text } }));
  });
  fit();
})();
