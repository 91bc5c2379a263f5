// Follow-ups dropped on another day. The "Move to" menu does the same by keyboard: a drop fills in its form.
(() => {
  const calendar = document.querySelector("[data-calendar]");
  if (!calendar) return;
  let held = null;
  const dayOf = (event) => event.target.closest("[data-day]");
  const clear = () => calendar.querySelectorAll(".is-target, .is-held").forEach((one) => one.classList.remove("is-target", "is-held"));
  calendar.addEventListener("dragstart", (event) => {
    held = event.target.closest("[data-entry]");
    if (!held) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.querySelector("a").textContent);
    held.classList.add("is-held");
  });
  calendar.addEventListener("dragend", () => {
    held = null;
    clear();
  });
  calendar.addEventListener("dragover", (event) => {
    const day = dayOf(event);
    if (!held || !day || day.contains(held)) return;
    event.preventDefault();
    day.classList.add("is-target");
  });
  calendar.addEventListener("dragleave", (event) => {
    const day = dayOf(event);
    if (day && !day.contains(event.relatedTarget)) day.classList.remove("is-target");
  });
  calendar.addEventListener("drop", (event) => {
    const day = dayOf(event);
    if (!held || !day || day.contains(held)) return;
    event.preventDefault();
    const form = held.querySelector("[data-move]");
    form.querySelector("input[name=day]").value = day.dataset.day;
    form.requestSubmit();
  });
})();
