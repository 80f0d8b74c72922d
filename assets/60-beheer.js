/* Administration: follows jobs that run, and checks files before they are sent. All of it works without, too. */
(function () {
  "use strict";

  var EVERY_MS = 2000;

  function openJobs() {
    return Array.prototype.slice.call(document.querySelectorAll("[data-job]"));
  }

  /* A job that ended changes the whole page; one that goes on changes its words. */
  function show(states) {
    openJobs().forEach(function (place) {
      var now = states[place.dataset.job];
      if (!now) { return; }
      if (now.stand !== place.dataset.state && now.stand !== "bezig") { window.location.reload(); }
      place.dataset.state = now.stand;
      if (now.stap && place.textContent !== now.stap) { place.textContent = now.stap; }
    });
  }

  function follow() {
    var ids = openJobs().map(function (place) { return place.dataset.job; });
    if (!ids.length || document.hidden) { return; }
    window.fetch("/beheer/gegevens/stand?taken=" + ids.map(encodeURIComponent).join(","))
      .then(function (answer) { return answer.ok ? answer.json() : {}; })
      .then(show)
      .catch(function () { /* without a connection the words stay as they are */ });
  }

  function number(bytes) {
    return Math.round(bytes / 1048576).toLocaleString("nl-NL");
  }

  function fault(form, files) {
    var most = Number(form.dataset.mostBytes);
    var size = files.reduce(function (sum, file) { return sum + file.size; }, 0);
    if (files.length > Number(form.dataset.mostFiles)) {
      return "U koos " + files.length + " bestanden. Kies er ten hoogste " + form.dataset.mostFiles + " tegelijk.";
    }
    if (size > most) {
      return "Samen is dit " + number(size) + " MB; ten hoogste " + number(most) + " MB mag. Bied minder tegelijk aan.";
    }
    return "";
  }

  function say(form, words) {
    var input = form.querySelector("input[type=file]");
    var place = document.getElementById(input.id + "-fout");
    place.textContent = words;
    place.hidden = !words;
    input.setCustomValidity(words);
    if (words) { input.setAttribute("aria-invalid", "true"); } else { input.removeAttribute("aria-invalid"); }
  }

  function prepare(form) {
    var input = form.querySelector("input[type=file]");
    input.addEventListener("change", function () { say(form, fault(form, Array.from(input.files))); });
    form.addEventListener("submit", function () {
      var button = form.querySelector("button[type=submit]");
      button.setAttribute("aria-disabled", "true");
      button.textContent = "Bezig met versturen…";
    });
    ["dragover", "drop"].forEach(function (name) {
      form.addEventListener(name, function (event) {
        event.preventDefault();
        form.classList.toggle("over", name === "dragover");
        if (name === "drop" && event.dataTransfer.files.length) {
          input.files = event.dataTransfer.files;
          input.dispatchEvent(new Event("change"));
        }
      });
    });
    form.addEventListener("dragleave", function () { form.classList.remove("over"); });
  }

  document.querySelectorAll("form.drop").forEach(prepare);
  window.setInterval(follow, EVERY_MS);
})();
