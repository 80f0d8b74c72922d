/* Copies a sentence with its source, and says so. */
(function () {
  "use strict";

  var COPIED = "De zin is gekopieerd.";
  var FAILED = "Kopiëren is niet gelukt. Selecteer de zin en kopieer hem zelf.";

  /* Where the browser gives no clipboard: without https, or where it was refused. */
  function copyByHand(text) {
    var field = document.createElement("textarea");
    var focused = document.activeElement;
    field.value = text;
    field.className = "visually-hidden";
    document.body.append(field);
    field.select();
    var isCopied = document.execCommand("copy");
    field.remove();
    focused.focus();
    return isCopied ? Promise.resolve() : Promise.reject(new Error("not copied"));
  }

  function copy(text) {
    if (!navigator.clipboard) { return copyByHand(text); }
    return navigator.clipboard.writeText(text).catch(function () { return copyByHand(text); });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button[data-copy]");
    if (!button) { return; }
    var said = button.parentElement.querySelector(".said");
    Promise.resolve().then(function () { return copy(button.dataset.copy); }).then(
      function () { said.textContent = button.dataset.copied || COPIED; },
      function () { said.textContent = FAILED; }
    );
  });

  /* What was said is of the figures before; other figures have not been copied or saved. */
  document.addEventListener("change", function () {
    document.querySelectorAll(".said").forEach(function (said) { said.textContent = ""; });
  });
})();
