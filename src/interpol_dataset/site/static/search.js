// Search over names, other words and figures. A name counts more than other words, a word more than
// a part of one, an operation or a thing more than a source; a word that is nowhere is corrected.
(function () {
  "use strict";
  var input = document.getElementById("ask");
  var found = document.querySelector(".found");
  var hits = document.querySelector(".hits");
  var MOST = 60;
  var WEIGHT = { Thing: 12, Operation: 9, Series: 10, Country: 10, "Crime area": 9, Figure: 11, Challenge: 4, Lesson: 4, Guide: 2, Organization: 3, Claim: 2, Source: 0 };

  // Without accents and signs, and with 1,337 and 1.337 as 1337.
  function plain(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "")
      .replace(/(\d)[,.\u00a0\u202f](?=\d{3}(?!\d))/g, "$1").replace(/[-–'‘’"“”(),:;/]+|\.(?!\d)/g, " ");
  }
  var known = {};
  var countries = {};
  window.SEARCH.forEach(function (entry) { if (entry[0] === "Country") countries[entry[2].slice(-8, -5)] = entry[1]; });
  function read(entry) {
    var key = " " + plain(entry[1]) + " ";
    var more = " " + plain(entry[3].replace(/\b[A-Z]{3}\b/g, function (code) { return countries[code] || code; })) + " ";
    if (entry[0] !== "Source") (key + more).split(/\s+/).forEach(function (word) { known[word] = true; });
    return {
      kind: entry[0], name: entry[1], href: entry[2], key: key, more: more,
      figures: (entry[4] || []).map(function (figure) { return { text: figure[0], path: figure[1], key: " " + plain(figure[0]) + " " }; })
    };
  }
  var documents = window.SEARCH.map(read);

  // Whether two words differ by so few letters that are wrong, missing or too many.
  function near(one, other, left) {
    var at = 0;
    if (Math.abs(one.length - other.length) > left) return false;
    while (at < one.length && one[at] === other[at]) at += 1;
    if (at === one.length && at === other.length) return true;
    if (!left) return false;
    var a = one.slice(at), b = other.slice(at);
    return near(a.slice(1), b.slice(1), left - 1) || near(a.slice(1), b, left - 1) || near(a, b.slice(1), left - 1);
  }
  function corrected(word) {
    if (word.length < 4 || /\d/.test(word)) return word;
    if (documents.some(function (entry) { return (entry.key + entry.more).indexOf(word) >= 0; })) return word;
    var words = Object.keys(known);
    for (var left = 1; left <= (word.length > 6 ? 2 : 1); left += 1) {
      var close = words.filter(function (other) { return other.length > 3 && near(word, other, left); });
      if (close.length) return close[0];
    }
    return word;
  }

  function worth(text, word, whole, begun, part) {
    if (text.indexOf(" " + word + " ") >= 0) return whole;
    if (text.indexOf(" " + word) >= 0) return begun;
    return part && text.indexOf(word) >= 0 ? part : 0;
  }

  // The figure of an operation with most of the words that are not in its name.
  function figure(entry, words) {
    var sought = words.filter(function (word) { return entry.key.indexOf(" " + word) < 0; });
    var best = null;
    entry.figures.forEach(function (one) {
      var has = sought.filter(function (word) { return worth(one.key, word, 1, /\d/.test(word) ? 0 : 1, 0); }).length;
      if (has && (!best || has > best.has)) best = { has: has, figure: one };
    });
    return best;
  }

  function score(entry, words) {
    var best = figure(entry, words);
    var total = 1 + (WEIGHT[entry.kind] || 0) + (best ? 6 * best.has : 0);
    for (var index = 0; index < words.length; index += 1) {
      var word = words[index];
      var gain = worth(entry.key, word, entry.key.trim() === word ? 40 : 14, 12, 5) || worth(entry.more, word, 8, 3, 0) ||
        (best && worth(best.figure.key, word, 8, /\d/.test(word) ? 0 : 3, 0));
      if (!gain) return null;
      total += gain;
    }
    if (words.length > 1 && entry.key.trim() === words.join(" ")) total += 20;
    return { entry: entry, figure: best && best.figure, score: total - Math.min(entry.key.length, 120) / 60 };
  }

  function show(hit) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var kind = document.createElement("small");
    link.href = hit.entry.href + (hit.figure ? "#outcomes/" + hit.figure.path : "");
    link.textContent = hit.entry.name + (hit.figure ? ": " + hit.figure.text : "");
    kind.textContent = hit.entry.kind;
    item.appendChild(kind);
    item.appendChild(link);
    hits.appendChild(item);
  }

  function run() {
    var typed = plain(input.value).split(/\s+/).filter(Boolean);
    hits.textContent = "";
    found.textContent = "";
    if (!typed.length) return;
    var words = typed.map(corrected);
    var all = documents.map(function (entry) { return score(entry, words); }).filter(Boolean)
      .sort(function (a, b) { return b.score - a.score; });
    found.textContent = (all.length ? all.length.toLocaleString("en") + " found" + (all.length > MOST ? ", the first " + MOST + " shown" : "") : "Nothing found") +
      (String(words) === String(typed) ? "." : " for “" + words.join(" ") + "”.");
    all.slice(0, MOST).forEach(show);
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

  // Sources are many, so they come after the first answer.
  var sources = document.createElement("script");
  sources.src = "data/sources.js";
  sources.addEventListener("load", function () { documents = documents.concat(window.SOURCES.map(function (entry) { return read(["Source"].concat(entry)); })); run(); });
  document.head.appendChild(sources);
})();
