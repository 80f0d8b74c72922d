/* Follow the number: an address that ends in #volg opens the card and brings it into view. */
(function () {
  "use strict";

  var ANCHOR = "volg";
  var isAsked = window.location.hash === "#" + ANCHOR;

  function isFollowing(event) {
    var link = event.target.closest && event.target.closest("a[href]");
    return Boolean(link) && new URL(link.href).hash === "#" + ANCHOR;
  }

  function open() {
    var card = document.getElementById(ANCHOR);
    if (!card) { return; }
    isAsked = false;
    card.open = true;
    card.scrollIntoView({ block: "start" });
    card.querySelector("summary").focus({ preventScroll: true });
  }

  /* Called when the card is filled; by then the rest of the address may have lost its last part. */
  function openFollowed() {
    if (isAsked) { window.requestAnimationFrame(open); }
    return window.dash_clientside.no_update;
  }

  document.addEventListener("click", function (event) { isAsked = isFollowing(event); }, true);
  window.addEventListener("hashchange", function () { if (window.location.hash === "#" + ANCHOR) { open(); } });
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.dashboard = Object.assign(window.dash_clientside.dashboard || {}, { openFollowed: openFollowed });
})();
