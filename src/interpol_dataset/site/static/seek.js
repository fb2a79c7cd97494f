// Find in a long list.
(function () {
  "use strict";
  var box = document.querySelector(".seek");
  if (!box) return;
  var input = box.querySelector("input");
  var items = Array.prototype.map.call(document.querySelectorAll(".index li"), function (element) {
    return { element: element, text: element.textContent.toLowerCase() };
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
    box.querySelector("span").textContent = words.length ? shown + " found" : "";
  });
})();
