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

  // A figure is cited as its operation is, with its own title, note and address.
  var citing = document.querySelector(".citing");
  each(".quote", function (button) {
    button.hidden = !citing;
    button.addEventListener("click", function () {
      var fact = button.closest("details");
      var path = fact.querySelector(".open").id;
      var line = fact.querySelector(".say").textContent.trim();
      var status = fact.querySelector(".badge").textContent;
      var page = location.pathname.split("/").pop();
      citing.querySelectorAll("pre").forEach(function (text) {
        text.dataset.whole = text.dataset.whole || text.textContent;
        text.textContent = text.dataset.whole
          .replace(citing.dataset.name, citing.dataset.name + ", " + line)
          .replace(new RegExp("([Rr])ecord " + citing.dataset.record), function (found, first) {
            return (first === "R" ? "F" : "f") + "act " + path + " of the record " + citing.dataset.record + ", status " + status;
          })
          .replace(page, page + "#" + encodeURI(path));
      });
      citing.querySelector("h2").textContent = "Cite “" + line + "”";
      citing.scrollIntoView({ block: "center" });
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
