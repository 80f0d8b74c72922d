/* What the browser tests measure on a page; each function gives the faults it finds, in words. */
window.looks = (function () {
  "use strict";

  const rect = element => element.getBoundingClientRect();
  const numbers = colour => colour.match(/[\d.]+/g).map(Number);
  const linear = part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

  function light(colour) {
    const [red, green, blue] = numbers(colour).map(part => linear(part / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(one, other) {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }

  /* The first colour below an element that nothing shows through. */
  function ground(element) {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if ((numbers(colour)[3] ?? 1) === 1) { return colour; }
    }
    return "rgb(255, 255, 255)";
  }

  function outlineFaults(element, style) {
    const around = parseFloat(style.outlineOffset) < 0 ? element : element.parentElement;
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) { return ["no outline"]; }
    return contrast(style.outlineColor, ground(around)) < 3 ? ["outline too faint"] : [];
  }

  /* What is wrong with how the focused element looks; null when the page itself has the focus. */
  function focused() {
    const element = document.activeElement;
    if (element === document.body) { return null; }
    const style = getComputedStyle(element), place = rect(element), faults = outlineFaults(element, style);
    const hasWords = !element.matches("select, .scroll");
    if (hasWords && contrast(style.color, ground(element)) < 4.5) { faults.push("words too faint"); }
    const edge = element.matches(".btn") ? contrast(style.borderColor, ground(element.parentElement)) : 21;
    if (edge < 3) { faults.push("no border"); }
    if (place.right <= 0 || place.left >= innerWidth || place.bottom <= 0) { faults.push("outside the screen"); }
    const isAgain = element === window.firstFocused;
    window.firstFocused = window.firstFocused || element;
    return { isAgain, faults: faults.map(fault => `${fault}: ${element.outerHTML.slice(0, 90)}`) };
  }

  function cellFaults(cell, box) {
    const range = document.createRange();
    range.selectNodeContents(cell);
    const words = range.getBoundingClientRect(), faults = [];
    const isFirst = cell.tagName === "CAPTION" || (cell.cellIndex < 2 && cell.colSpan === 1);
    if (words.width && words.right > rect(cell).right + 0.5) { faults.push("cut by its own box"); }
    if (isFirst && words.right > box.right + 0.5) { faults.push("outside the box"); }
    return faults.map(fault => `${fault}: ${cell.innerText}`);
  }

  /* Cells whose words are cut; caption and the first two columns must lie whole in the box that scrolls. */
  function cutCells() {
    const cells = document.querySelectorAll("table.table :is(th, td, caption:not(.visually-hidden))");
    return [...cells]
      .filter(cell => !cell.querySelector(".visually-hidden"))
      .flatMap(cell => cellFaults(cell, rect(cell.closest(".scroll"))));
  }

  function touches(one, other) {
    const a = rect(one), b = rect(other);
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }

  function isInside(element, box) {
    const own = rect(element), most = 0.5;
    return own.left >= box.left - most && own.right <= box.right + most
      && own.top >= box.top - most && own.bottom <= box.bottom + most;
  }

  /* Words of charts that are cut, and labels that lie over each other or over an axis. */
  function labels() {
    return [...document.querySelectorAll(".chart")].flatMap(chart => {
      const isShown = text => text.textContent.trim() && text.checkVisibility();
      const written = kind => [...chart.querySelectorAll(kind)].filter(isShown);
      const box = rect(chart.querySelector(".main-svg")), marks = written(".annotation text");
      const ticks = written(".xtick text, .ytick text");
      const cut = written("svg text").filter(text => !isInside(text, box)).map(text => `cut: ${text.textContent}`);
      const covers = marks.flatMap((mark, at) => [...marks.slice(at + 1), ...ticks]
        .filter(other => touches(mark, other))
        .map(other => `${mark.textContent} over ${other.textContent}`));
      return [...cut, ...covers];
    });
  }

  /* Tables under a chart that do not show, or only in part. */
  function hiddenTables() {
    const boxes = [...document.querySelectorAll("details .scroll")];
    return boxes
      .filter(box => !box.checkVisibility() || box.scrollHeight > box.clientHeight + 1)
      .map(box => box.getAttribute("aria-label"));
  }

  function moving() {
    return [...document.querySelectorAll("*")]
      .filter(each => {
        const style = getComputedStyle(each);
        const isChanging = style.transitionDuration.split(", ").some(time => time !== "0s");
        return isChanging || style.animationName !== "none";
      })
      .map(each => each.outerHTML.slice(0, 90));
  }

  /* Words of drawings and tabs with too little contrast; the labels of the position bar stand outside it. */
  function faintWords() {
    const under = each => (each.matches(".tag") ? each.closest(".position") : each);
    const paint = each => getComputedStyle(each)[each instanceof SVGElement ? "fill" : "color"];
    return [...document.querySelectorAll(".chart svg text, .position .tag, .tabs a")]
      .filter(each => each.textContent.trim() && contrast(paint(each), ground(under(each))) < 4.5)
      .map(each => each.textContent);
  }

  return { focused, cutCells, labels, hiddenTables, moving, faintWords };
})();
