// Claims with one verdict only.
(function () {
  "use strict";
  var box = document.querySelector(".verdicts");
  if (!box) return;
  box.hidden = false;
  box.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    var pressed = button.getAttribute("aria-pressed") !== "true";
    box.querySelectorAll("button").forEach(function (one) { one.setAttribute("aria-pressed", one === button && pressed); });
    document.querySelectorAll(".paragraph").forEach(function (paragraph) {
      var shown = 0;
      paragraph.querySelectorAll(".claim").forEach(function (claim) {
        claim.hidden = pressed && !claim.querySelector("em." + button.dataset.status);
        if (!claim.hidden) shown += 1;
      });
      paragraph.hidden = !shown;
    });
  });
})();
