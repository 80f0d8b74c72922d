/* A view is kept by the address at the moment of keeping: filters change it without a new page. */
(function () {
  "use strict";

  function fillAddress(event) {
    var form = event.target;
    if (!form.classList || !form.classList.contains("save-view")) { return; }
    form.elements.adres.value = window.location.pathname + window.location.search;
  }

  document.addEventListener("submit", fillAddress, true);
})();
