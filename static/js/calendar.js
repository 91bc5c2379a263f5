// Follow-ups dropped on another day. The "Move to" menu does the same by keyboard: a drop fills in its form.
(() => {
  const calendar = document.querySelector("[data-calendar]");
  if (!calendar) return;
  let held = null;
  calendar.addEventListener("dragstart", (event) => {
    held = event.target.closest("[data-entry]");
    if (held) event.dataTransfer.effectAllowed = "move";
  });
  calendar.addEventListener("dragover", (event) => {
    const day = event.target.closest("[data-day]");
    if (!held || !day) return;
    event.preventDefault();
    day.classList.add("is-target");
  });
  calendar.addEventListener("dragleave", (event) => {
    const day = event.target.closest("[data-day]");
    if (day && !day.contains(event.relatedTarget)) day.classList.remove("is-target");
  });
  calendar.addEventListener("drop", (event) => {
    const day = event.target.closest("[data-day]");
    if (!held || !day) return;
    event.preventDefault();
    const form = held.querySelector("[data-move]");
    const chosen = document.createElement("input");
    chosen.type = "hidden";
    chosen.name = "day";
    chosen.value = day.dataset.day;
    form.append(chosen);
    form.submit();
  });
})();
