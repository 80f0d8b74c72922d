/* Makes charts fit the paper, whose width differs from that of the screen they were drawn for, and opens tables. */
(function () {
  "use strict";

  function fit(chart) {
    chart.querySelectorAll(".main-svg").forEach(function (drawing) {
      var size = [drawing.getAttribute("width"), drawing.getAttribute("height")];
      drawing.setAttribute("viewBox", "0 0 " + size.join(" "));
    });
    chart.dataset.printed = "";
  }

  function unfit(chart) {
    chart.querySelectorAll(".main-svg").forEach(function (drawing) { drawing.removeAttribute("viewBox"); });
    delete chart.dataset.printed;
  }

  window.addEventListener("beforeprint", function () {
    document.querySelectorAll(".chart").forEach(fit);
    document.querySelectorAll("details:not([open])").forEach(function (each) {
      if (each.querySelector(".table")) { each.open = true; each.dataset.opened = ""; }
    });
  });

  window.addEventListener("afterprint", function () {
    document.querySelectorAll(".chart").forEach(unfit);
    document.querySelectorAll("details[data-opened]").forEach(function (each) {
      each.open = false;
      delete each.dataset.opened;
    });
  });
})();
