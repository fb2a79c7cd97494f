// Find in a long list. What is folded is opened where something is found, and folded again after.
(function () {
  "use strict";
  var box = document.querySelector(".seek");
  if (!box) return;
  var input = box.querySelector("input");
  var folds = Array.prototype.map.call(document.querySelectorAll("main details"), function (element) {
    return { element: element, open: element.open };
  });
  var items = Array.prototype.map.call(document.querySelectorAll(".index li"), function (element) {
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
})();
