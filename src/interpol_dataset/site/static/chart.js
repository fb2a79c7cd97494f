// Pictures to take away: as SVG, and as PNG that is drawn here, each with its source and licence.
(function () {
  "use strict";
  var WIDTH = 760, SCALE = 72, TOP = 44, BOTTOM = 40;
  var STYLES = ["fill", "stroke", "stroke-width", "stroke-linejoin", "paint-order", "font-size", "font-family", "text-anchor"];

  function element(name, attributes, text) {
    var made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    made.textContent = text || "";
    return made;
  }
  function colour(name) { return getComputedStyle(document.body)[name]; }

  function drawn(chart) {
    var height = chart.height.baseVal.value;
    var all = element("svg", { xmlns: "http://www.w3.org/2000/svg", width: WIDTH, height: height + TOP + BOTTOM });
    var copy = chart.cloneNode(true);
    var styled = copy.querySelectorAll("*");
    chart.querySelectorAll("*").forEach(function (one, at) {
      var style = getComputedStyle(one);
      STYLES.forEach(function (name) { styled[at].setAttribute(name, style.getPropertyValue(name)); });
      styled[at].removeAttribute("href");
    });
    copy.setAttribute("x", 16 + SCALE);
    copy.setAttribute("overflow", "visible");
    copy.setAttribute("y", TOP);
    copy.setAttribute("width", WIDTH - 32 - SCALE);
    var font = { x: 16, fill: colour("color"), "font-family": "sans-serif" };
    var version = document.querySelector(".foot p").textContent.match(/^Version \S+/);
    all.appendChild(element("rect", { width: "100%", height: "100%", fill: colour("backgroundColor") }));
    all.appendChild(element("text", Object.assign({ y: 26, "font-size": 16, "font-weight": 700 }, font), chart.getAttribute("aria-label")));
    all.appendChild(copy);
    all.appendChild(element("text", Object.assign({ y: height + TOP + 26, "font-size": 11 }, font),
      "INTERPOL interventions, with evidence. " + (version ? version[0] + ", " : "") + new Date().toISOString().slice(0, 10) +
      ". CC BY 4.0. Independent, not affiliated with INTERPOL."));
    return all;
  }

  function save(href, name) {
    var link = document.createElement("a");
    link.href = href;
    link.download = name;
    link.click();
  }
  function take(chart, kind) {
    var svg = drawn(chart);
    var name = document.querySelector("h1").textContent.toLowerCase().replace(/[^a-z0-9]+/g, "-") + "." + kind;
    var href = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
    if (kind === "svg") return save(href, name);
    var image = new Image();
    image.addEventListener("load", function () {
      var canvas = document.createElement("canvas");
      canvas.width = image.width * 2;
      canvas.height = image.height * 2;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      save(canvas.toDataURL("image/png"), name);
    });
    image.src = href;
  }

  document.querySelectorAll(".figure-box").forEach(function (figure) {
    var chart = figure.querySelector("svg.chart");
    var row = document.createElement("p");
    row.className = "data";
    ["svg", "png"].forEach(function (kind) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = "Save as " + kind.toUpperCase();
      button.addEventListener("click", function () { take(chart, kind); });
      row.appendChild(button);
    });
    figure.appendChild(row);
  });
})();
