// Light or dark, before the page is painted; pictures by arrow keys. Runs in every page's head.
(function () {
  "use strict";
  var root = document.documentElement;
  function kept() { try { return localStorage.getItem("theme"); } catch (error) { return null; } }
  if (kept()) root.dataset.theme = kept();
  root.classList.add("script");

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "theme";
    button.setAttribute("aria-label", "Switch between light and dark");
    document.querySelector(".top").appendChild(button);
    button.addEventListener("click", function () {
      var dark = root.dataset.theme
        ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch (error) { /* not kept */ }
    });
  });

  // A picture is one tab stop; the arrow keys go on in it.
  document.addEventListener("keydown", function (event) {
    var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    var chart = step && event.target.closest && event.target.closest("svg.chart");
    if (!chart) return;
    var links = Array.prototype.slice.call(chart.querySelectorAll("a"));
    var next = links[links.indexOf(event.target.closest("a")) + step];
    if (!next) return;
    event.preventDefault();
    links.forEach(function (link) { link.setAttribute("tabindex", link === next ? "0" : "-1"); });
    next.focus();
  });
})();
