// Evidence opened at once, citations copied, and the details of an address opened.
(function () {
  "use strict";
  function each(selector, act) { document.querySelectorAll(selector).forEach(act); }

  if (navigator.clipboard) each(".cite pre", function (text) {
    var button = document.createElement("button");
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(text.textContent).then(function () { button.textContent = "Copied"; });
    });
    text.after(button);
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

  // A figure is cited as its operation is, with its own title, note and address; its source first.
  var citing = document.querySelector(".citing");
  function cite(fact, path) {
    var line = fact.querySelector("summary > span").textContent.trim();
    var status = fact.querySelector("em").textContent;
    var page = location.pathname.split("/").pop();
    var record = page.replace(".html", "");
    var name = document.querySelector("h1").textContent;
    // Where all say the same, none is marked; a heading without a colon is of those that don't count.
    var only = fact.querySelector("h3 + b");
    var taken = fact.querySelector(".taken") || (only && /:$/.test(only.previousElementSibling.textContent) && only);
    var link = taken && taken.parentNode.querySelector("p a[href^=http]");
    var source = link && Array.prototype.find.call(document.querySelectorAll(".sources a"), function (one) { return one.href === link.href; });
    var original = citing.querySelector(".original");
    original.hidden = !source;
    citing.querySelector(".note").textContent = "The page that says it comes first.";
    original.querySelector("pre").textContent = source ? source.textContent + ". " +
      source.closest("li").querySelector("small").textContent.replace(/ · what rests on it$/, "") + ". " + link.href : "";
    citing.querySelectorAll("pre:not(.original pre)").forEach(function (text) {
      text.dataset.whole = text.dataset.whole || text.textContent;
      text.textContent = text.dataset.whole
        .replace(name, name + ", " + line)
        .replace(new RegExp("([Rr])ecord " + record), function (found, first) {
          return (first === "R" ? "F" : "f") + "act " + path + " of the record " + record + ", status " + status;
        })
        .replace(page, page + "#" + encodeURI(path));
    });
    citing.querySelector("h2").textContent = "Cite “" + line + "”";
    citing.scrollIntoView({ block: "center" });
  }
  if (citing) each(".case .fact > div[id]", function (open) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "quote";
    button.textContent = "Cite it";
    button.addEventListener("click", function () { cite(open.closest("details"), open.id); });
    open.lastElementChild.appendChild(button);
  });

  var languages = {};
  each(".sources a[hreflang]", function (link) { languages[link.href] = link.hreflang; });

  // A number is looked for in its source as the language of that writes it; a small one is often a word.
  var SIZES = { million: 1e6, billion: 1e9, trillion: 1e12 };
  each("[id^='outcomes/'] p a[href^=http], [id='country_count'] p a[href^=http]", function (source) {
    var value = source.closest("p");
    while (value && value.tagName !== "B") value = value.previousElementSibling;
    var found = value && value.textContent.match(/([\d,.]*\d)(?: (.illion))?/);
    var number = found && found[1].replace(/,/g, "") * (SIZES[found[2]] || 1);
    if (!(number >= 10) || source.protocol.indexOf("http") || /\.pdf$/i.test(source.pathname)) return;
    var style = SIZES[found[2]] ? { notation: "compact", compactDisplay: "long", maximumFractionDigits: 2 } : { useGrouping: "always" };
    var link = document.createElement("a");
    link.className = "passage";
    link.href = source.href.split("#")[0] + "#:~:text=" + encodeURIComponent(number.toLocaleString(languages[source.href] || "en", style)) +
      (SIZES[found[2]] || number < 1000 ? "" : "&text=" + number);
    link.textContent = "the passage";
    source.after(", ", link);
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
