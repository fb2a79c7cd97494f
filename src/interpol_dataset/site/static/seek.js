// Find in a long list, and order a table. What is folded is opened where something is found, and
// folded again after.
(function () {
  "use strict";
  var box = document.querySelector(".seek");
  if (!box) return;
  var input = box.querySelector("input");
  var folds = Array.prototype.map.call(document.querySelectorAll("main details"), function (element) {
    return { element: element, open: element.open };
  });
  var items = Array.prototype.map.call(document.querySelectorAll(".index li, tbody tr"), function (element) {
    var fold = element.closest("details");
    var heading = fold ? fold.querySelector("summary").textContent + " " : "";
    return { element: element, text: (heading + element.textContent).toLowerCase() };
  });
  box.hidden = false;
  input.addEventListener("input", function () {
    var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    items.forEach(function (item) {
      var fits = words.every(function (word) { return item.text.indexOf(word) >= 0; });
      item.element.hidden = !fits;
      if (fits) shown += 1;
    });
    folds.forEach(function (fold) {
      var found = Boolean(fold.element.querySelector("li:not([hidden])"));
      fold.element.hidden = !found;
      fold.element.open = words.length ? found : fold.open;
    });
    box.querySelector("span").textContent = words.length ? shown + " found" : "";
  });

  // Numbers begin with the largest, words with A; what has none comes last.
  function order(heading) {
    var at = heading.cellIndex, body = heading.closest("table").tBodies[0];
    var isNumber = heading.className === "n";
    var was = heading.getAttribute("aria-sort");
    var falls = was ? was === "ascending" : isNumber;
    function text(row) { return row.cells[at].textContent.trim(); }
    function compare(a, b) { return isNumber ? text(a) - text(b) : text(a).localeCompare(text(b)); }
    Array.prototype.slice.call(body.rows).sort(function (a, b) {
      return !text(a) - !text(b) || (falls ? compare(b, a) : compare(a, b));
    }).forEach(function (row) { body.appendChild(row); });
    heading.closest("tr").querySelectorAll("[aria-sort]").forEach(function (other) { other.removeAttribute("aria-sort"); });
    heading.setAttribute("aria-sort", falls ? "descending" : "ascending");
  }
  document.querySelectorAll(".sortable th[scope]").forEach(function (heading) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    button.addEventListener("click", function () { order(heading); });
    heading.replaceChildren(button);
  });
})();
