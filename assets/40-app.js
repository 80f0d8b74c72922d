/* What the browser does by itself: following links inside the page, keeping filters in the address, and saying
   in words what goes wrong. One namespace; no inline handlers. */
(function () {
  "use strict";

  var STATES = {
    failed: "Laden is niet gelukt. Probeer het nog eens. Lukt dat niet, geef dan het kenmerk door.",
    refused: "U heeft geen toegang tot deze pagina of gegevens.",
    offline: "Er is geen verbinding met de server. Controleer uw internetverbinding en probeer het nog eens.",
  };
  var UPDATE = "_dash-update-component";
  var waiting = 0;
  var waitTimer = null;
  var isFirstPage = true;

  function element(name, properties, children) {
    var made = Object.assign(document.createElement(name), properties || {});
    (children || []).forEach(function (child) { made.append(child); });
    return made;
  }

  function region(className, role) {
    var found = document.querySelector("." + className);
    if (!found) {
      found = element("div", { className: className });
      found.setAttribute("role", role);
      document.body.append(found);
    }
    return found;
  }

  /* Addresses */

  function navigate(href) {
    window.history.pushState({}, "", href);
    window.dispatchEvent(new PopStateEvent("popstate"));
    window.scrollTo(0, 0);
  }

  function isPage(url) {
    // Only the pages that Dash makes; what the server makes itself is an ordinary link.
    return url.origin === window.location.origin && /^\/regio\/[^/]+\/(overzicht|indicatoren)(\/[^/]+)?\/?$/.test(url.pathname) && !/\.(csv|xlsx)$/.test(url.pathname);
  }

  function onClick(event) {
    var link = event.target.closest && event.target.closest("a[href]");
    var isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented || link.target || link.hasAttribute("download")) { return; }
    var url = new URL(link.href);
    // The same page with other filters is loaded anew: Dash only hears of another path.
    if (!isPage(url) || url.pathname === window.location.pathname) { return; }
    event.preventDefault();
    navigate(url.pathname + url.search);
  }

  function onSubmit(event) {
    var select = event.target.querySelector && event.target.querySelector("select[name=regio]");
    if (!select) { return; }
    event.preventDefault();
    var rest = window.location.pathname.split("/").slice(3).join("/") || "overzicht";
    navigate("/regio/" + encodeURIComponent(select.value) + "/" + rest);
  }

  /* Words for what goes wrong */

  function showNotice(sentence, reference) {
    var close = element("button", { type: "button", className: "btn", textContent: "Sluiten" });
    var words = sentence + (reference ? " Kenmerk: " + reference + "." : "");
    var notice = element("div", { className: "notice error" }, [element("p", { textContent: words }), close]);
    close.addEventListener("click", function () { notice.remove(); });
    region("toasts", "alert").replaceChildren(notice);
  }

  /* This page keeps the figures with which it began; newer ones come with a new page. */
  function showNewer() {
    if (document.querySelector(".newer")) { return; }
    var reload = element("button", { type: "button", className: "btn", textContent: "Laad opnieuw" });
    var words = element("p", { textContent: "Er zijn intussen nieuwe cijfers gepubliceerd. Laad de pagina opnieuw om ze te zien." });
    reload.addEventListener("click", function () { window.location.reload(); });
    region("toasts", "alert").replaceChildren(element("div", { className: "notice newer" }, [words, reload]));
  }

  function showLogin() {
    if (document.querySelector("dialog.dialog[open]")) { return; }
    var next = encodeURIComponent(window.location.pathname + window.location.search);
    var login = element("a", { className: "btn p", href: "/inloggen?verlopen=1&next=" + next, textContent: "Opnieuw inloggen" });
    var close = element("button", { type: "button", className: "btn", textContent: "Nog niet" });
    var title = element("h2", { id: "login-title", textContent: "U bent uitgelogd" });
    var words = element("p", { textContent: "Uw sessie is voorbij. Log opnieuw in om verder te gaan. Wat u hier hebt gekozen of getypt, blijft staan." });
    var buttons = element("p", { className: "buttons" }, [login, close]);
    var dialog = element("dialog", { className: "dialog" }, [title, words, buttons]);
    dialog.setAttribute("aria-labelledby", "login-title");
    close.addEventListener("click", function () { dialog.close(); dialog.remove(); });
    document.body.append(dialog);
    dialog.showModal();
  }

  function fillPlaces(body, kind, sentence) {
    var outputs = [].concat(body.outputs || []);
    outputs.forEach(function (output) {
      var place = document.getElementById(output.id);
      if (output.property !== "children" || !place || place.id.startsWith("shell-") && place.id !== "shell-body") { return; }
      var message = { type: "P", namespace: "dash_html_components", props: { children: sentence, className: "state " + kind } };
      window.dash_clientside.set_props(output.id, { children: message });
    });
  }

  function report(status, answer, request) {
    var sentence = answer.fout || STATES.failed;
    if (status === 401) { showLogin(); return; }
    showNotice(sentence, answer.kenmerk);
    fillPlaces(request, status === 403 ? "refused" : "failed", status === 403 ? STATES.refused : STATES.failed);
  }

  function read(text) {
    try { return JSON.parse(text) || {}; } catch (error) { return {}; }
  }

  /* Waiting */

  function showBusy() { region("busy", "status").textContent = "Bezig met laden…"; }

  function wait(step) {
    waiting += step;
    window.clearTimeout(waitTimer);
    if (waiting > 0) { waitTimer = window.setTimeout(showBusy, 500); } else { region("busy", "status").textContent = ""; }
  }

  function watch(fetchFromNetwork) {
    return function (resource, options) {
      var address = typeof resource === "string" ? resource : resource.url;
      if (!String(address).includes(UPDATE)) { return fetchFromNetwork(resource, options); }
      var request = read(options && options.body);
      wait(1);
      return fetchFromNetwork(resource, options).then(function (response) {
        wait(-1);
        if (response.headers.get("X-Newer-Figures")) { showNewer(); }
        if (response.status < 400) { return response; }
        return response.text().then(function (text) {
          report(response.status, read(text), request);
          return new Response(null, { status: 204 }); // Dash then leaves everything as it is; the words are ours
        });
      }, function (error) {
        wait(-1);
        report(0, { fout: STATES.offline }, request);
        throw error;
      });
    };
  }

  /* What Dash calls */

  function firstChoice(id) {
    var field = document.getElementById(id);
    var options = field && field.tagName === "SELECT" ? Array.from(field.options) : [];
    var first = options.find(function (option) { return option.value; });
    return first ? first.value : "";
  }

  function keepFilters() {
    var values = window.dash_clientside.callback_context.inputs;
    var query = new URLSearchParams();
    Object.keys(values).forEach(function (key) {
      var name = key.split(".")[0].split("-").pop();
      if (values[key] && values[key] !== firstChoice(key.split(".")[0])) { query.set(name, values[key]); }
    });
    var search = query.toString() ? "?" + query : "";
    window.history.replaceState(window.history.state, "", window.location.pathname + search);
    return window.dash_clientside.no_update;
  }

  function announcePage(title) {
    if (title) {
      document.title = title;
      var heading = document.querySelector("h1");
      if (!isFirstPage && heading) { heading.focus({ preventScroll: true }); }
      isFirstPage = false;
    }
    return window.dash_clientside.no_update;
  }

  /* A tree of elements as one component: Dash takes eight seconds to wrap the cells of 342 rows one by one. */

  function draw(node) {
    if (node === null || typeof node !== "object") { return node; }
    if (node.type === "Still") { return draw(node.props.content); }
    var properties = Object.assign({}, node.props);
    var children = [].concat(properties.children === undefined ? [] : properties.children).map(draw);
    delete properties.children;
    return window.React.createElement.apply(null, [node.type.toLowerCase(), properties].concat(children));
  }

  function Still(properties) { return draw(properties.content); }

  window.dashboard = { Still: Still };
  window.fetch = watch(window.fetch.bind(window));
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.dashboard = { keepFilters: keepFilters, announcePage: announcePage };
})();
