/* Says three minutes before a session ends that it will, and lets one key keep it. Every answer of the server, in
   this window or another, starts the time anew. */
(function () {
  "use strict";

  var meta = document.querySelector("meta[name=session-minutes]");
  if (!meta) { return; }
  var MINUTE = 60000;
  var NOTICE = 3;
  var OUT = "U bent intussen uitgelogd. Kopieer eerst wat u hier heeft getypt en niet bewaard, en log dan opnieuw in.";
  var AWAY = "De server is nu niet te bereiken. Probeer het over een minuut nog eens.";
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
    var early = limit - NOTICE * MINUTE - idle;
    if (idle >= limit) { return; }
    if (early > 0) { window.clearTimeout(timer); timer = window.setTimeout(look, early); return; }
    warn(Math.max(1, Math.round((limit - idle) / MINUTE)));
  }

  function warn(minutes) {
    if (open) { return; }
    var title = element("h2", { id: "sessie-titel", textContent: "Bent u er nog?" });
    var left = minutes === 1 ? "1 minuut" : minutes + " minuten";
    var words = element("p", { textContent: "Over " + left + " logt het dashboard u uit, omdat u al een tijd niets deed." });
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
      var isOut = answer.type === "opaqueredirect" || answer.status === 401;
      stay.disabled = false;
      if (!answer.ok) { words.textContent = isOut ? OUT : AWAY; }
    }).catch(function () {
      stay.disabled = false;
      words.textContent = AWAY;
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
