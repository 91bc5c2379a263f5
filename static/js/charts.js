/*
 * Draws <canvas data-chart="ID" data-kind="bar|stacked|line"> from the JSON block with that id:
 *   {"labels": [...], "series": [{"label": "...", "code": "proactive", "values": [...]}]}
 * Colours come from the page's tokens, so light and dark follow the system; a type keeps its colour.
 */
(() => {
  "use strict";
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const PLAIN = ["--action", "--quiet", "--line-strong", "--ink"];
  const drawn = [];

  function colour(series, index) {
    return token(series.code ? `--type-${series.code}` : PLAIN[index % PLAIN.length]);
  }
  function dataset(series, index, kind) {
    const fill = colour(series, index);
    const shared = { label: series.label, data: series.values, backgroundColor: fill, borderColor: fill };
    if (kind === "line") return { ...shared, borderWidth: 2, pointRadius: 2.5, tension: 0.2, borderDash: index ? [5, 4] : [] };
    return { ...shared, borderColor: token("--ground"), borderWidth: kind === "stacked" ? { top: 1 } : 0, borderRadius: 2, maxBarThickness: 44 };
  }
  function options(kind) {
    const stacked = kind === "stacked";
    return {
      maintainAspectRatio: false,
      animation: false,
      interaction: { mode: "index", intersect: false },
      scales: {
        x: { stacked, grid: { display: false }, border: { color: token("--line-strong") }, ticks: { color: token("--quiet") } },
        y: { stacked, beginAtZero: true, grid: { color: token("--line") }, border: { display: false }, ticks: { color: token("--quiet"), precision: 0, maxTicksLimit: 6 } },
      },
      plugins: { legend: { position: "bottom", align: "start", labels: { color: token("--ink"), boxWidth: 12, boxHeight: 12, padding: 14 } } },
    };
  }
  function draw(canvas) {
    const { labels, series } = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
    const kind = canvas.dataset.kind;
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 12.5;
    drawn.push(new Chart(canvas, {
      type: kind === "line" ? "line" : "bar",
      data: { labels, datasets: series.map((each, index) => dataset(each, index, kind)) },
      options: options(kind),
    }));
  }
  const drawAll = () => {
    drawn.splice(0).forEach((chart) => chart.destroy());
    document.querySelectorAll("canvas[data-chart]").forEach(draw);
  };
  drawAll();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  document.body.addEventListener("htmx:afterSettle", (event) => event.target.querySelector("canvas[data-chart]") && drawAll());
  window.addEventListener("beforeprint", () => drawn.forEach((chart) => chart.resize()));
})();
