// Evidence opened at once, citations copied, and the details of an address opened.
(function () {
  "use strict";
  function each(selector, act) { document.querySelectorAll(selector).forEach(act); }

  each(".copy", function (button) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(button.previousElementSibling.textContent).then(function () {
        button.textContent = "Copied";
      });
    });
  });

  each(".expand", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var open = button.dataset.open !== "yes";
      each("details.fact", function (details) { details.open = open; });
      button.dataset.open = open ? "yes" : "";
      button.textContent = open ? "Close all evidence" : "Show all evidence";
    });
  });

  // Browsers open the details of a fragment themselves; old ones don't.
  function reveal() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var details = target && target.closest("details");
    if (details && !details.open) { details.open = true; target.scrollIntoView(); }
  }
  addEventListener("hashchange", reveal);
  reveal();
})();
