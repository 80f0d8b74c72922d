/* Says three minutes before a session ends that it will, and lets one key keep it. Every answer of the server, in
   this window or another, starts the time anew. */
(function () {
  "use strict";

  var meta = document.querySelector("meta[name=session-minutes]");
  if (!meta) { return; }
  var MINUTE = 60000;
  var NOTICE = 3;
  var limit = Number(meta.content) * MINUTE;
  var last = Date.now();
  var timer = null;
  var open = null;
  var others = window.BroadcastChannel ? new BroadcastChannel("sessie") : null;

  function element(name, properties, children) {
    var made = Object.assign(document.createElement(name), properties);
    (children || []).forEach(function (child) { made.append(child); });
    return made;
  }

  function start() {
    last = Date.now();
    window.clearTimeout(timer);
    timer = window.setTimeout(look, limit - NOTICE * MINUTE);
    if (open) { open.close(); }
  }

  function tell() {
    start();
    if (others) { others.postMessage("gezien"); }
  }

  /* A sleeping computer stops the clock of a window: what counts is the time of day. */
  function look() {
    var idle = Date.now() - last;
    if (idle >= limit) { return; }
    if (idle >= limit - NOTICE * MINUTE) { warn(Math.max(1, Math.round((limit - idle) / MINUTE))); }
  }

  function warn(minutes) {
    if (open) { return; }
    var title = element("h2", { id: "sessie-titel", textContent: "Bent u er nog?" });
    var left = minutes === 1 ? "1 minuut" : minutes + " minuten";
    var words = element("p", { textContent: "Over " + left + " logt het dashboard u uit, omdat u al een tijd niets deed. Wat u hebt gekozen of getypt, blijft staan." });
    var stay = element("button", { type: "button", className: "btn p", textContent: "Ingelogd blijven" });
    open = element("dialog", { className: "dialog" }, [title, words, element("p", { className: "buttons" }, [stay])]);
    open.setAttribute("aria-labelledby", "sessie-titel");
    open.addEventListener("close", function () { open.remove(); open = null; });
    stay.addEventListener("click", function () { keep(words, stay); });
    document.body.append(open);
    open.showModal();
  }

  function keep(words, stay) {
    stay.disabled = true;
    window.fetch("/account", { method: "HEAD", redirect: "manual" }).then(function (answer) {
      stay.disabled = false;
      if (!answer.ok) { words.textContent = "U bent intussen uitgelogd. Log opnieuw in, in een ander venster. Wat u hier hebt getypt, blijft staan."; }
    }).catch(function () {
      stay.disabled = false;
      words.textContent = "Er is geen verbinding met de server. Controleer uw internetverbinding en probeer het nog eens.";
    });
  }

  var fetchFromNetwork = window.fetch;
  window.fetch = function () {
    return fetchFromNetwork.apply(this, arguments).then(function (answer) {
      if (answer.ok && new URL(answer.url || window.location.href).origin === window.location.origin) { tell(); }
      return answer;
    });
  };
  document.addEventListener("visibilitychange", look);
  if (others) { others.addEventListener("message", start); }
  tell();
}());
