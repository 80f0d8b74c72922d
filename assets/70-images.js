/* Saves a chart as an image that says by itself what it shows and where its figures come from: title and summary
   above it, regions, source and product below it, on white. A png is the svg, painted. */
(function () {
  "use strict";

  var WIDTH = 800, EDGE = 24, LEAST_HEIGHT = 380;
  var SCALE = 1.5; // a png of 1200 px: sharp on a sheet of A4, with letters as large as those of the text around it
  var SVG = "http://www.w3.org/2000/svg";
  var FAMILY = "\"Source Sans 3\", system-ui, \"Segoe UI\", Roboto, sans-serif";
  var FONTS = { 400: "/assets/vendor/source-sans-3-latin-400-normal.woff2", 700: "/assets/vendor/source-sans-3-latin-700-normal.woff2" };
  var INK = "#1b2733", SOFT = "#4a5866";
  var STYLES = {
    title: { size: 22, weight: 700, line: 29, color: INK },
    summary: { size: 15, weight: 400, line: 21, color: SOFT },
    foot: { size: 13, weight: 400, line: 18, color: SOFT },
  };
  var SWATCH = 12;
  /* Shades of a map that are no plain colour, as in 11-maps.css. */
  var HATCHES = {
    bounded: { ground: "#86b5df", path: "M0 6L6 0M0 12L12 0M6 12L12 6" },
    missing: { ground: "#fff", path: "M0 3H12M0 6H12M0 9H12" },
    hidden: { ground: "#fff", path: "M0 6L6 0M0 12L12 0M6 12L12 6M0 6L6 12M0 0L12 12M6 0L12 6" },
    open: { ground: "#fff", path: "M3 3h0M9 3h0M6 6h0M3 9h0M9 9h0" },
  };
  var SAVED = "De afbeelding is opgeslagen.";
  var BUSY = "De afbeelding wordt gemaakt…";
  var FAILED = "De afbeelding kon niet worden gemaakt. Probeer het nog eens.";
  var fontRules = null;

  /* What is written around the chart */

  function today() {
    return new Date().toLocaleDateString("nl-NL", { day: "numeric", month: "long", year: "numeric" });
  }

  function linesAbove(figure) {
    return wrap(figure.dataset.imageTitle, STYLES.title).concat(wrap(figure.dataset.imageSummary, STYLES.summary));
  }

  function linesBelow(figure) {
    var told = figure.dataset;
    var facts = [told.imageRegion && "Uw regio: " + told.imageRegion, told.imageCounted && "n = " + told.imageCounted];
    var made = told.imageProduct + "  ·  afbeelding van " + today();
    return [facts.filter(Boolean).join("  ·  "), told.imageSource, made].reduce(function (lines, words) {
      return lines.concat(wrap(words, STYLES.foot));
    }, []);
  }

  var pen = document.createElement("canvas").getContext("2d");

  function width(words, style) {
    pen.font = style.weight + " " + style.size + "px " + FAMILY;
    return pen.measureText(words).width;
  }

  /* Words over as many lines as they need; a word wider than a line is cut where it must be. */
  function wrap(text, style) {
    var room = WIDTH - 2 * EDGE;
    var lines = [], line = "";
    String(text || "").split(" ").forEach(function (word) {
      if (line && width(line + " " + word, style) > room) { lines.push(line); line = ""; }
      line = line ? line + " " + word : word;
      while (width(line, style) > room) {
        var most = line.length - 1;
        while (width(line.slice(0, most), style) > room) { most -= 1; }
        lines.push(line.slice(0, most));
        line = line.slice(most);
      }
    });
    return lines.concat(line || []).map(function (words) { return { words: words, style: style }; });
  }

  /* The drawing */

  function make(name, properties, text) {
    var made = document.createElementNS(SVG, name);
    Object.keys(properties).forEach(function (key) { made.setAttribute(key, properties[key]); });
    if (text) { made.textContent = text; }
    return made;
  }

  function write(image, lines, top, left) {
    lines.forEach(function (line) {
      var style = line.style;
      image.append(make("text", { x: left || EDGE, y: top + style.size, fill: style.color, "font-size": style.size, "font-weight": style.weight, "font-family": FAMILY }, line.words));
      top += style.line;
    });
    return top;
  }

  /* What signs and shades mean, beside one another on as many lines as they need. */

  function writeLegend(image, figure, top) {
    var left = EDGE, style = STYLES.foot;
    figure.querySelectorAll(".signs li, .classes li").forEach(function (item) {
      var swatch = item.querySelector(".swatch");
      var words = Array.from(item.childNodes).map(function (part) { return part.textContent.trim(); }).join(" ").trim();
      var wide = width(words, style) + (swatch ? SWATCH + 6 : 0);
      if (left > EDGE && left + wide > WIDTH - EDGE) { left = EDGE; top += style.line; }
      if (swatch) { image.append(drawSwatch(swatch, left, top + 2)); }
      write(image, [{ words: words, style: style }], top, left + (swatch ? SWATCH + 6 : 0));
      left += wide + 18;
    });
    return left > EDGE ? top + style.line + 6 : top;
  }

  function drawSwatch(swatch, left, top) {
    var look = getComputedStyle(swatch);
    var kind = Object.keys(HATCHES).find(function (name) { return swatch.classList.contains(name); });
    var ground = kind ? HATCHES[kind].ground : look.backgroundColor;
    var group = make("g", { transform: "translate(" + left + " " + top + ")" });
    group.append(make("rect", { width: SWATCH, height: SWATCH, fill: ground, stroke: look.borderTopColor, "stroke-width": look.borderTopWidth }));
    if (kind) { group.append(make("path", { d: HATCHES[kind].path, stroke: INK, fill: "none", "stroke-linecap": "round" })); }
    return group;
  }

  function drawChart(graph) {
    var height = Math.max(LEAST_HEIGHT, graph.layout.height || graph.offsetHeight);
    var copy = JSON.parse(JSON.stringify({ data: graph.data, layout: graph.layout }));
    delete copy.layout.width;
    // A map keeps its shape by narrowing its axes to the screen it was drawn on; here it has another width.
    Object.values(copy.layout).filter(function (axis) { return axis && axis.constrain === "domain"; })
      .forEach(function (axis) { delete axis.domain; });
    copy.config = { staticPlot: true };
    var size = { format: "svg", width: WIDTH - 2 * EDGE, height: height, imageDataOnly: true };
    return window.Plotly.toImage(copy, size).then(function (text) {
      return new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    });
  }

  function base64(buffer) {
    return btoa(Array.from(new Uint8Array(buffer), function (byte) { return String.fromCharCode(byte); }).join(""));
  }

  /* An image cannot fetch a font, so it carries ours; without a connection it uses one of the machine's own. */
  function loadFonts() {
    fontRules = fontRules || Promise.all(Object.keys(FONTS).map(function (weight) {
      return window.fetch(FONTS[weight])
        .then(function (answer) { return answer.ok ? answer.arrayBuffer() : Promise.reject(answer.status); })
        .then(function (font) {
          return "@font-face{font-family:\"Source Sans 3\";font-weight:" + weight + ";src:url(data:font/woff2;base64," + base64(font) + ") format(\"woff2\")}";
        });
    })).catch(function () { fontRules = null; return []; });
    return fontRules;
  }

  function compose(figure, chart, rules) {
    var above = linesAbove(figure), below = linesBelow(figure);
    var image = make("svg", { xmlns: SVG, width: WIDTH, lang: "nl" });
    image.append(make("title", {}, figure.dataset.imageTitle), make("desc", {}, [figure.dataset.imageSummary, figure.dataset.imageSource].join(" ")));
    image.append(make("style", {}, rules.join("")), make("rect", { width: "100%", height: "100%", fill: "#fff" }));
    var top = writeLegend(image, figure, write(image, above, EDGE) + 8);
    chart.setAttribute("x", EDGE);
    chart.setAttribute("y", top);
    image.append(chart);
    top = write(image, below, top + Number(chart.getAttribute("height")) + 16) + EDGE;
    image.setAttribute("height", top);
    image.setAttribute("viewBox", "0 0 " + WIDTH + " " + top);
    return new Blob([new XMLSerializer().serializeToString(image)], { type: "image/svg+xml" });
  }

  function paint(drawing) {
    var address = URL.createObjectURL(drawing);
    var image = new Image();
    image.src = address;
    return image.decode().then(function () {
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * SCALE);
      canvas.height = Math.round(image.height * SCALE);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return new Promise(function (resolve, reject) {
        canvas.toBlob(function (blob) { if (blob) { resolve(blob); } else { reject(new Error("no image")); } }, "image/png");
      });
    }).finally(function () { URL.revokeObjectURL(address); });
  }

  /* Saving */

  function fileName(figure, kind) {
    var told = figure.dataset;
    var day = new Date().toLocaleDateString("sv-SE"); // 2026-11-02
    var words = [told.imageName || told.imageTitle, told.imageDate || day].join(" ").toLowerCase();
    var plain = words.normalize("NFD").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
    return plain.slice(-100) + "." + kind;
  }

  function save(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  function say(figure, words) { figure.querySelector(".said").textContent = words; }

  function saveImage(figure, kind) {
    var graph = figure.querySelector(".js-plotly-plot");
    say(figure, BUSY);
    return Promise.resolve()
      .then(function () { return Promise.all([drawChart(graph), loadFonts()]); })
      .then(function (made) {
        var drawing = compose(figure, made[0], made[1]);
        return kind === "png" ? paint(drawing) : drawing;
      })
      .then(function (blob) { save(blob, fileName(figure, kind)); say(figure, SAVED); })
      .catch(function () { say(figure, FAILED); });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button[data-save-image]");
    var figure = button && button.closest("figure");
    if (figure) { saveImage(figure, button.dataset.saveImage); }
  });
})();
