/* The map with outlines: the server sends the look of every region, the outlines come by their own address once,
   and here one becomes the other. Called as a clientside callback with the figure that it fills. */
(function () {
  "use strict";

  var SORRY = "De grenzen konden niet worden geladen.<br>De tegelkaart en de tabel<br>hebben dezelfde cijfers.";
  var HALO = "#ffffff";
  var fetched = {};

  function fetchOutlines(href) {
    if (!fetched[href]) {
      fetched[href] = window.fetch(href, { credentials: "same-origin" }).then(function (response) {
        if (!response.ok) { throw new Error(String(response.status)); }
        return response.json();
      });
      fetched[href].catch(function () { delete fetched[href]; });
    }
    return fetched[href];
  }

  /* Rings are flat lists: x, y, x, y, … */

  function addRing(line, ring) {
    for (var at = 0; at < ring.length; at += 2) { line.x.push(ring[at]); line.y.push(ring[at + 1]); }
    line.x.push(ring[0], null);
    line.y.push(ring[1], null);
  }

  function sides(rings) {
    var found = new Map();
    rings.forEach(function (ring) {
      for (var at = 0; at < ring.length; at += 2) {
        var next = (at + 2) % ring.length;
        var from = ring[at] + "," + ring[at + 1], to = ring[next] + "," + ring[next + 1];
        // Neighbours run along a border in opposite directions: both sides go.
        if (found.get(to + " " + from)) { found.delete(to + " " + from); } else { found.set(from + " " + to, [from, to]); }
      }
    });
    return found;
  }

  /* The border around gemeenten together: the sides that only one of them has, one behind the other. */
  function around(rings, line) {
    var after = new Map();
    sides(rings).forEach(function (side) {
      after.set(side[0], (after.get(side[0]) || []).concat(side[1]));
    });
    function put(corner) {
      var numbers = corner === null ? [null, null] : corner.split(",").map(Number);
      line.x.push(numbers[0]);
      line.y.push(numbers[1]);
    }
    after.forEach(function (ends, start) {
      while (ends.length) {
        var at = start;
        put(at);
        while (after.get(at) && after.get(at).length) { at = after.get(at).pop(); put(at); }
        put(null);
      }
    });
  }

  function size(ring) {
    var twice = 0;
    for (var at = 0; at < ring.length; at += 2) {
      var next = (at + 2) % ring.length;
      twice += ring[at] * ring[next + 1] - ring[next] * ring[at + 1];
    }
    return Math.abs(twice);
  }

  /* The middle of the largest ring; of a hollow one that may lie outside it, which only the pointer notices. */
  function middle(rings) {
    var ring = rings.reduce(function (best, each) { return size(each) > size(best) ? each : best; });
    var x = 0, y = 0;
    for (var at = 0; at < ring.length; at += 2) { x += ring[at]; y += ring[at + 1]; }
    return [2 * x / ring.length, 2 * y / ring.length];
  }

  function lines(more) {
    return Object.assign({ type: "scatter", mode: "lines", x: [], y: [], hoverinfo: "skip", cliponaxis: false }, more);
  }

  function filled(look) {
    var pattern = look.hatching
      ? { fillpattern: { shape: look.hatching, fillmode: "overlay", bgcolor: look.color, fgcolor: look.ink, size: 6, solidity: 0.25 } }
      : {};
    return lines(Object.assign({ fill: "toself", fillcolor: look.color, line: { color: look.color, width: 0.5 } }, pattern));
  }

  function draw(told, areas) {
    var fills = told.looks.map(filled), members = {};
    var borders = lines({ line: { color: told.edge, width: 0.8 } });
    var points = { type: "scatter", mode: "markers", x: [], y: [], hovertext: [], hovertemplate: "%{hovertext}<extra></extra>", marker: { size: 1, opacity: 0 } };
    Object.keys(areas).forEach(function (code) {
      var region = told.regionOf[code] || code, known = told.regions[region];
      var fill = fills[known ? known[0] : told.outside];
      areas[code].forEach(function (ring) { addRing(fill, ring); });
      members[region] = (members[region] || []).concat(areas[code]);
      if (known) {
        var place = middle(areas[code]);
        points.x.push(place[0]);
        points.y.push(place[1]);
        points.hovertext.push(known[1]);
      }
    });
    Object.keys(members).forEach(function (region) { around(members[region], borders); });
    return fills.filter(function (fill) { return fill.x.length; }).concat([borders], own(told, members), [points]);
  }

  function own(told, members) {
    if (!members[told.own]) { return []; }
    var halo = lines({ line: { color: HALO, width: 6 } }), frame = lines({ line: { color: told.ink, width: 2.5 } });
    around(members[told.own], halo);
    around(members[told.own], frame);
    return [halo, frame];
  }

  function span(traces, axis) {
    var low = Infinity, high = -Infinity;
    traces.forEach(function (trace) {
      trace[axis].forEach(function (at) {
        if (at !== null) { low = Math.min(low, at); high = Math.max(high, at); }
      });
    });
    var edge = (high - low) / 50;
    return [low - edge, high + edge];
  }

  function label(told, traces, areas) {
    var codes = Object.keys(areas).filter(function (code) { return (told.regionOf[code] || code) === told.own; });
    if (!codes.length || !told.label) { return []; }
    var rings = codes.reduce(function (all, code) { return all.concat(areas[code]); }, []);
    var place = middle(rings), x = span(traces, "x"), y = span(traces, "y");
    return [Object.assign({ x: place[0], y: place[1], ax: x[0], ay: y[1], axref: "x", ayref: "y" }, told.label)];
  }

  function filledFigure(figure, outlines) {
    var told = figure.layout.meta, traces = draw(told, outlines.areas);
    var layout = Object.assign({}, figure.layout, {
      xaxis: Object.assign({}, figure.layout.xaxis, { range: span(traces, "x") }),
      yaxis: Object.assign({}, figure.layout.yaxis, { range: span(traces, "y") }),
      annotations: label(told, traces, outlines.areas),
    });
    return { data: traces, layout: layout };
  }

  function sorry(figure) {
    var words = Object.assign({}, figure.layout.annotations[0], { text: SORRY });
    return { data: [], layout: Object.assign({}, figure.layout, { annotations: [words] }) };
  }

  function drawOutlines(figure) {
    var told = figure && figure.layout && figure.layout.meta;
    if (!told || !told.href || figure.data.length) { return window.dash_clientside.no_update; }
    return fetchOutlines(told.href).then(
      function (outlines) { return filledFigure(figure, outlines); }
    ).catch(function () { return sorry(figure); });
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.dashboard = Object.assign(window.dash_clientside.dashboard || {}, { drawOutlines: drawOutlines });
})();
