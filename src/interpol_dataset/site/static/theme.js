// Light or dark, before the page is painted. Runs in every page's head.
(function () {
  "use strict";
  var root = document.documentElement;
  function kept() { try { return localStorage.getItem("theme"); } catch (error) { return null; } }
  if (kept()) root.dataset.theme = kept();
  root.classList.add("script");

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector(".theme");
    button.hidden = false;
    button.addEventListener("click", function () {
      var dark = root.dataset.theme
        ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch (error) { /* not kept */ }
    });
  });
})();
