// Draws the figures of a page with Observable Plot; the same numbers stand in a table below each.
document.addEventListener("DOMContentLoaded", function () {
  var dark = matchMedia("(prefers-color-scheme: dark)").matches;
  var line = dark ? "#8fc4ee" : "#17557f";
  var area = dark ? "#2b5577" : "#c5dcef";
  var second = dark ? "#d7a9f3" : "#7b3aa8";
  function time(text) {
    return new Date(text.length === 7 ? text + "-01T00:00:00Z" : text);
  }
  var draw = {
    bands: function (rows, size) {
      rows.forEach(function (row) { row.at = time(row.month); });
      return Plot.plot(Object.assign(size, {
        x: { type: "utc", label: null },
        y: { label: "USD", grid: true, zero: true, nice: true },
        marks: [
          Plot.areaY(rows, { x: "at", y1: "q1", y2: "q3", fill: area }),
          Plot.lineY(rows, { x: "at", y: "median", stroke: line, strokeWidth: 2 }),
          Plot.dot(rows, { x: "at", y: "median", fill: line, r: 3 }),
          Plot.tip(rows, Plot.pointerX({ x: "at", y: "median", title: function (row) {
            return row.month + "\nmedian " + row.median.toFixed(2) + " USD\n" +
              row.q1.toFixed(2) + " to " + row.q3.toFixed(2) + "\n" + row.n + " prices";
          } })),
        ],
      }));
    },
    prices: function (rows, size) {
      rows.forEach(function (row) { row.when = time(row.at); });
      var names = new Set(rows.map(function (row) { return row.series; }));
      if (names.size < 7) size.height -= 40;
      return Plot.plot(Object.assign(size, {
        x: { type: "utc", label: null },
        y: { label: "USD (log)", type: "log", grid: true, nice: true },
        color: { legend: names.size < 7, scheme: dark ? "Set2" : "Dark2" },
        marks: [
          Plot.line(rows, { x: "when", y: "usd", stroke: "series", z: "series", strokeOpacity: .45 }),
          Plot.dot(rows, { x: "when", y: "usd", fill: "series", r: 4 }),
          Plot.tip(rows, Plot.pointer({ x: "when", y: "usd", title: function (row) {
            return row.series + "\n" + row.raw + "\n" + row.usd.toFixed(2) + " " + row.measure;
          } })),
        ],
      }));
    },
    days: function (rows, size) {
      var long = [];
      rows.forEach(function (row) {
        long.push({ day: time(row.day + "T00:00:00Z"), n: row.offers, what: "offers" });
        long.push({ day: time(row.day + "T00:00:00Z"), n: row.wanted, what: "requests" });
      });
      return Plot.plot(Object.assign(size, {
        x: { type: "utc", label: null },
        y: { label: null, grid: true, ticks: 4 },
        color: { domain: ["offers", "requests"], range: [line, second], legend: false },
        marks: [
          Plot.rectY(long, { x: "day", y: "n", fill: "what", interval: "day" }),
          Plot.ruleY([0]),
        ],
      }));
    },
  };
  document.querySelectorAll("figure.chart").forEach(function (figure) {
    var rows = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    var place = figure.querySelector(".plot");
    if (!rows.length) return;
    var small = figure.classList.contains("small");
    var size = { width: place.clientWidth, height: small ? 150 : 268, marginLeft: 50 };
    var drawn = draw[figure.dataset.chart](rows, size);
    place.replaceChildren(drawn);
    // a legend of several lines takes its room from the chart, so that nothing moves or is cut off
    var over = place.scrollHeight - place.clientHeight;
    if (over > 0) {
      size.height -= over;
      place.replaceChildren(draw[figure.dataset.chart](rows, size));
    }
    // the place has one label for all of the figure
    place.querySelectorAll("[aria-label]").forEach(function (part) {
      part.removeAttribute("aria-label");
    });
  });
});
