/* Saves the answers of a screen as they are given. Without this script every button saves.

   What is not confirmed stands in memory only. One save is under way at a time; it is repeated unchanged until
   the server answers, so that the server can tell a repetition from a later answer. */
(function () {
  "use strict";

  var form = document.getElementById("vragen");
  if (!form) { return; }

  var DEBOUNCE_MS = 600, PATIENCE_MS = 15000, SLOW_MS = 1000, WAITS_S = [1, 2, 4, 8];
  var words = form.dataset;
  var line = document.getElementById("opslaan-stand");
  var known = Number(form.elements.versie.value);
  var confirmed = JSON.parse(form.elements.getoond.value);
  var dirty = new Set(), conflicts = new Map();
  var cleared = new Set();
  var underWay = null, failures = 0, isStopped = false, after = null, isLeaving = false;
  var debounce = 0, retry = 0, slow = 0;

  function controls(key) {
    return Array.prototype.filter.call(form.elements, function (each) { return each.name === key; });
  }

  function read(key) {
    var all = controls(key), first = all[0];
    if (first.type === "radio") {
      var chosen = all.find(function (each) { return each.checked; });
      return chosen ? chosen.value : null;
    }
    if (first.type === "checkbox") {
      return all.filter(function (each) { return each.checked; }).map(function (each) { return each.value; });
    }
    if (first.tagName === "SELECT") {
      return all.map(function (each) { return each.value; }).filter(Boolean);
    }
    return first.value === "" ? null : first.value;
  }

  function write(key, value) {
    var list = value === null ? [] : [].concat(value).map(String);
    controls(key).forEach(function (each, place) {
      if (each.type === "radio" || each.type === "checkbox") {
        each.checked = list.indexOf(each.value) >= 0;
      } else if (each.tagName === "SELECT") {
        each.value = list[place] || "";
      } else {
        each.value = list[0] || "";
        each.dispatchEvent(new Event("dashboard:written", { bubbles: true }));
      }
    });
  }

  function box(key) {
    var first = controls(key)[0];
    return first && (first.closest(".other") || first.closest("[data-field]") || first.closest(".field"));
  }

  function isOther(key) { return /\.anders$/.test(key); }

  /* Own words count only beside their option; writing them chooses it. */
  function chooseOther(key) {
    var base = key.replace(/\.anders$/, "");
    var option = controls(base).find(function (each) { return each.value === "anders"; });
    if (option && !option.checked && read(key) !== null) { option.checked = true; dirty.add(base); }
  }

  function isAsked(key) {
    if (!isOther(key)) { return true; }
    return [].concat(read(key.replace(/\.anders$/, "")) || []).indexOf("anders") >= 0;
  }

  function touch(key) {
    if (isOther(key)) { chooseOther(key); }
    dirty.add(key);
    window.clearTimeout(debounce);
    debounce = window.setTimeout(flush, DEBOUNCE_MS);
  }

  /* Takes back what was chosen, with the own words beside it; the button goes, so focus goes to the first choice. */
  function clear(key) {
    [key, key + ".anders"].filter(function (each) { return each in confirmed; }).forEach(function (each) {
      write(each, null);
      cleared.add(each);
      dirty.add(each);
    });
    controls(key)[0].focus();
    say(words.cleared);
    flush();
  }

  function say(text, isBad) {
    window.clearTimeout(slow);
    if (line.textContent !== text) { line.textContent = text; }
    line.classList.toggle("bad", Boolean(isBad));
  }

  function take() {
    var values = {};
    dirty.forEach(function (key) { if (isAsked(key) || cleared.has(key)) { values[key] = read(key); } });
    dirty.clear();
    return values;
  }

  function flush() {
    window.clearTimeout(debounce);
    if (underWay || isStopped) { return; }
    var values = take();
    if (!Object.keys(values).length) { settle(); return; }
    underWay = values;
    send();
  }

  function post(body) {
    var token = form.elements.csrf_token;
    var headers = { "Content-Type": "application/json", "Accept": "application/json" };
    if (token) { headers["X-CSRFToken"] = token.value; }
    var stop = new AbortController();
    var timer = window.setTimeout(function () { stop.abort(); }, PATIENCE_MS);
    return window.fetch(words.save, {
      method: "POST", headers: headers, body: JSON.stringify(body), keepalive: true, signal: stop.signal
    }).finally(function () { window.clearTimeout(timer); });
  }

  function send() {
    window.clearTimeout(retry);
    window.clearTimeout(slow);
    slow = window.setTimeout(function () { say(words.saving); }, SLOW_MS);
    post({ versie: known, antwoorden: underWay })
      .then(function (answer) {
        var isOurs = /json/.test(answer.headers.get("Content-Type") || "");
        if (!isOurs || answer.status >= 500 || answer.status === 429) { throw new Error("again"); }
        return answer.json().then(function (reply) { return heard(answer.status, reply); });
      })
      .catch(function () { again(words.notSaved); });
  }

  function heard(status, reply) {
    if (status === 200 || status === 409 || status === 422) { accept(reply); return null; }
    if (form.elements.csrf_token && (status === 400 || status === 401)) { return renew(reply.fout); }
    isStopped = true;
    after = null;
    say(words.stopped + " " + (reply.fout || ""), true);
    return null;
  }

  /* The session ended: once somebody has logged in again, in another window, its token lets us go on. */
  function renew(reason) {
    return window.fetch(window.location.pathname, { headers: { "Accept": "text/html" } })
      .then(function (answer) { return answer.text(); })
      .then(function (text) {
        var page = new DOMParser().parseFromString(text, "text/html");
        var token = page.querySelector("#vragen input[name=csrf_token]");
        if (token) { form.elements.csrf_token.value = token.value; }
        again(words.notSaved + ". " + reason);
      });
  }

  function again(text) {
    say(text, true);
    if (after) { say(words.wait, true); }
    var wait = WAITS_S[Math.min(failures, WAITS_S.length - 1)];
    failures += 1;
    retry = window.setTimeout(send, wait * 1000);
  }

  function accept(reply) {
    var sent = underWay;
    underWay = null;
    failures = 0;
    known = reply.versie;
    Object.keys(sent).forEach(function (key) {
      showError(key, reply.fouten[key] || "");
      showHeed(key, reply.let_op[key] || []);
      if (reply.botsing[key]) { showConflict(key, reply.botsing[key]); }
      else if (!reply.fouten[key]) { confirmed[key] = sent[key]; }
    });
    takeOver(reply.nieuw);
    var isCleared = Object.keys(sent).some(function (key) { return cleared.delete(key); });
    if (Object.keys(reply.fouten).length < Object.keys(sent).length) { say((isCleared ? words.cleared + " " : "") + reply.om); }
    flush();
  }

  /* What was answered elsewhere comes to stand here too, unless somebody is changing it here. */
  function takeOver(news) {
    var changed = Object.keys(news).filter(function (key) {
      return controls(key).length && !dirty.has(key) && key in confirmed;
    });
    changed.forEach(function (key) { write(key, news[key]); confirmed[key] = news[key]; });
    if (changed.length) { say(words.changed); }
  }

  function settle() {
    form.elements.versie.value = known;
    form.elements.getoond.value = JSON.stringify(confirmed);
    if (after && conflicts.size) { after = null; conflicts.values().next().value.focus(); }
    if (after) { var go = after; after = null; isLeaving = true; go(); }
  }

  function showError(key, text) {
    var place = box(key), id = key + "-fout", old = document.getElementById(id);
    if (old) { old.remove(); }
    controls(key).forEach(function (each) {
      if (each.type === "radio") { return; }
      if (text) { each.setAttribute("aria-invalid", "true"); } else { each.removeAttribute("aria-invalid"); }
    });
    var told = place.tagName === "FIELDSET" ? place : controls(key)[0];
    var others = (told.getAttribute("aria-describedby") || "").split(" ").filter(function (each) { return each && each !== id; });
    if (text) {
      var note = part("p", text, "error");
      note.id = id;
      place.appendChild(note);
      others.push(id);
    }
    if (others.length) { told.setAttribute("aria-describedby", others.join(" ")); } else { told.removeAttribute("aria-describedby"); }
  }

  function showHeed(key, lines) {
    var place = document.querySelector('[data-heed="' + key + '"]');
    if (place) { place.replaceChildren.apply(place, lines.map(function (text) { return part("p", text); })); }
  }

  function showConflict(key, other) {
    var old = conflicts.get(key) || document.getElementById(key + "-elders");
    if (old) { old.remove(); }
    var note = part("div", "", "notice warn elsewhere");
    note.tabIndex = -1;
    note.setAttribute("role", "alert");
    note.append(part("p", words.elsewhere), part("p", words.there + " " + other.tekst), part("p", words.here + " " + spoken(key)));
    note.append(choice(words.keep, function () { done(key, note); touch(key); flush(); }), " ",
      choice(words.take, function () { done(key, note); dirty.delete(key); write(key, other.daar); confirmed[key] = other.daar; }));
    box(key).appendChild(note);
    conflicts.set(key, note);
    confirmed[key] = other.daar;
  }

  function done(key, note) {
    note.remove();
    conflicts.delete(key);
    controls(key)[0].focus();
  }

  function spoken(key) {
    var texts = controls(key).filter(function (each) { return each.tagName === "SELECT" ? each.value : each.checked; })
      .map(function (each) { return each.tagName === "SELECT" ? each.selectedOptions[0].textContent : each.parentNode.textContent.trim(); });
    var value = read(key);
    return texts.join(", ") || (typeof value === "string" && value) || words.nothing;
  }

  function part(name, text, kind) {
    var made = document.createElement(name);
    made.textContent = text;
    if (kind) { made.className = kind; }
    return made;
  }

  function choice(text, act) {
    var button = part("button", text, "btn");
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  }

  function isSettled() { return !underWay && !dirty.size && !conflicts.size; }

  function leave(go) {
    after = go;
    if (!underWay && conflicts.size) { settle(); return; }
    if (failures) { say(words.wait, true); send(); }
    flush();
  }

  function named(event) { return event.target.name && event.target.name in confirmed ? event.target.name : ""; }

  form.addEventListener("input", function (event) { if (named(event)) { touch(named(event)); } });
  form.addEventListener("change", function (event) { if (named(event)) { touch(named(event)); } });
  form.addEventListener("focusout", function (event) { if (dirty.has(event.target.name)) { flush(); } });
  form.addEventListener("click", function (event) {
    var button = event.target.closest("[data-clear]");
    if (!button || isStopped) { return; }
    event.preventDefault();
    clear(button.dataset.clear);
  });
  form.addEventListener("submit", function (event) {
    if (isLeaving || isStopped || isSettled()) { isLeaving = true; settle(); return; }
    var button = event.submitter;
    event.preventDefault();
    leave(function () { form.requestSubmit(button); });
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[href^='/']") : null;
    if (!link || isStopped || isSettled() || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    leave(function () { window.location.assign(link.href); });
  });
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") { flush(); } });
  window.addEventListener("online", function () { if (failures && underWay) { send(); } });
  window.addEventListener("pagehide", function () {
    if (isStopped || isLeaving || (!underWay && !dirty.size)) { return; }
    var sent = underWay || {}, last = Object.assign({}, sent), fresh = {};
    dirty.forEach(function (key) { if (isAsked(key) || cleared.has(key)) { fresh[key] = read(key); } });
    post({ versie: known, antwoorden: Object.assign(last, fresh), eerder: sent }).catch(function () { /* the page is gone */ });
  });
  window.addEventListener("beforeunload", function (event) { if (!isLeaving && failures) { event.preventDefault(); } });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { isLeaving = false; flush(); } });
})();
