// Search over names and other words. A name counts more than other words, a whole word more than a part.
(function () {
  "use strict";
  var input = document.getElementById("ask");
  var found = document.querySelector(".found");
  var hits = document.querySelector(".hits");
  var MOST = 60;
  var WEIGHT = { Operation: 6, Series: 8, Country: 8, "Crime area": 7, Figure: 6, Challenge: 4, Lesson: 4, Guide: 3, Organization: 3, Claim: 2, Source: 1 };

  function plain(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[-–'‘’"“”(),.:;/]+/g, " ");
  }
  var documents = window.SEARCH.map(function (entry) {
    return { kind: entry[0], name: entry[1], href: entry[2], key: " " + plain(entry[1]) + " ", more: " " + plain(entry[3]) + " " };
  });

  function score(entry, words) {
    var total = WEIGHT[entry.kind] || 1;
    for (var index = 0; index < words.length; index += 1) {
      var word = words[index];
      if (entry.key.indexOf(" " + word + " ") >= 0) total += entry.key.trim() === word ? 40 : 14;
      else if (entry.key.indexOf(" " + word) >= 0) total += 12;
      else if (entry.key.indexOf(word) >= 0) total += 5;
      else if (entry.more.indexOf(" " + word + " ") >= 0) total += 8;
      else if (entry.more.indexOf(" " + word) >= 0) total += 3;
      else return 0;
    }
    if (words.length > 1 && entry.key.trim() === words.join(" ")) total += 20;
    return total - Math.min(entry.key.length, 120) / 60;
  }

  function run() {
    var words = plain(input.value).split(/\s+/).filter(Boolean);
    hits.textContent = "";
    found.textContent = "";
    if (!words.length) return;
    var all = documents.map(function (entry) { return [score(entry, words), entry]; })
      .filter(function (pair) { return pair[0] > 0; })
      .sort(function (a, b) { return b[0] - a[0]; });
    found.textContent = all.length ? all.length.toLocaleString("en") + " found" + (all.length > MOST ? ", the first " + MOST + " shown" : "") : "Nothing found.";
    all.slice(0, MOST).forEach(function (pair) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      var kind = document.createElement("small");
      link.href = pair[1].href;
      link.textContent = pair[1].name;
      kind.textContent = pair[1].kind;
      item.appendChild(kind);
      item.appendChild(link);
      hits.appendChild(item);
    });
  }

  var later;
  input.value = new URLSearchParams(location.search).get("q") || "";
  input.addEventListener("input", function () {
    clearTimeout(later);
    later = setTimeout(function () {
      try { history.replaceState(null, "", input.value ? "?q=" + encodeURIComponent(input.value) : location.pathname); } catch (error) { /* no address */ }
      run();
    }, 80);
  });
  input.form.addEventListener("submit", function (event) { event.preventDefault(); run(); });
  run();
  if (!input.value) input.focus();
})();
