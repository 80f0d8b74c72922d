/* Small things around a questionnaire: reading aloud, characters that are left, a start that is counted once. */
(function () {
  "use strict";

  function each(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }

  /* Reading aloud by the browser itself; nothing leaves the device that the browser does not send. */
  each("[data-read]", function (button) {
    var voice = window.speechSynthesis;
    if (!voice || !window.SpeechSynthesisUtterance) { return; }
    var start = button.textContent;
    function rest() { button.textContent = start; button.setAttribute("aria-pressed", "false"); }
    button.hidden = false;
    rest();
    button.addEventListener("click", function () {
      var isBusy = button.getAttribute("aria-pressed") === "true";
      voice.cancel();
      if (isBusy) { rest(); return; }
      var text = Array.prototype.map.call(document.querySelectorAll(button.dataset.read), readable).join("\n");
      var spoken = new window.SpeechSynthesisUtterance(text);
      spoken.lang = button.closest("[lang]").lang;
      spoken.onend = rest;
      spoken.onerror = rest;
      button.textContent = button.dataset.stop;
      button.setAttribute("aria-pressed", "true");
      voice.speak(spoken);
    });
    window.addEventListener("pagehide", function () { voice.cancel(); });
  });

  function readable(place) {
    var parts = place.querySelectorAll("h2, p, legend, label, option");
    return Array.prototype.filter.call(parts, function (part) { return part.offsetParent !== null && part.value !== ""; })
      .map(function (part) { return part.textContent.trim(); }).filter(Boolean).join(". ");
  }

  each("[data-left]", function (place) {
    var field = document.getElementById(place.dataset.left);
    function count() { place.textContent = place.dataset.words.replace("#", field.maxLength - field.value.length) + "."; }
    field.addEventListener("input", count);
    field.addEventListener("dashboard:written", count);
    count();
  });

  each("[data-submission]", function (field) {
    if (window.crypto && window.crypto.randomUUID) { field.value = window.crypto.randomUUID(); }
  });

  each("[data-opened]", function (place) {
    var visit = window.performance.getEntriesByType("navigation")[0];
    if (visit && visit.type !== "navigate") { return; }
    window.fetch(place.dataset.opened, { method: "POST", keepalive: true }).catch(function () { /* it only counts */ });
  });

  each("form[data-once]", function (form) {
    var button = form.querySelector("button[type=submit]");
    form.addEventListener("submit", function (event) {
      if (button.getAttribute("aria-disabled") === "true") { event.preventDefault(); }
      button.setAttribute("aria-disabled", "true");
    });
    window.addEventListener("pageshow", function () { button.removeAttribute("aria-disabled"); });
  });
})();
