// The list of operations: filters whose state is the address, and the selection as a file.
(function () {
  "use strict";
  var data = window.OPERATIONS;
  var form = document.querySelector(".filters");
  if (!data || !form) return;
  // Without a script the years are folds; with one there is one list, of which a page is shown.
  var list = document.createElement("ol");
  list.className = "list";
  var folds = document.querySelectorAll("details.year");
  document.querySelectorAll(".list > li").forEach(function (item) { list.appendChild(item); });
  folds[0].before(list);
  folds.forEach(function (fold) { fold.remove(); });
  var PAGE = 50;
  var room = PAGE;

  var NAMES = ["q", "from", "to", "area", "country", "role", "status", "series", "sort"];
  var at = {};
  data.columns.forEach(function (name, index) { at[name] = index; });
  var countries = {};
  form.querySelectorAll("[name=country] option").forEach(function (option) {
    countries[option.value] = option.textContent.replace(/ \(\d+\)$/, "");
  });
  var items = Array.prototype.map.call(list.children, function (element, index) {
    var row = data.rows[index];
    return {
      element: element,
      row: row,
      from: year(row[at.start] || row[at.announced] || row[at.end]),
      to: year(row[at.end] || row[at.announced] || row[at.start]),
      area: data.areas[index],
      country: split(row[at.countries]),
      role: [row[at.interpol_role] || "none"],
      status: [row[at.existence_status]],
      series: [row[at.series]],
      words: [element.textContent.toLowerCase(), data.aliases[index]].concat(
        split(row[at.countries]).map(function (code) { return countries[code].toLowerCase(); }),
        data.parts[index].map(function (body) { return data.bodies[body]; })
      ).join(" "),
      count: number(row[at.country_count]),
      arrests: data.arrests[index],
      complete: data.complete[index],
      place: index
    };
  });
  var sort = document.querySelector("[name=sort]");
  var shown = document.getElementById("shown");
  var active = document.querySelector(".active");
  var boxes = Array.prototype.slice.call(form.querySelectorAll("[type=checkbox]"));

  function split(text) { return text ? text.split(";") : []; }
  function year(day) { return day ? Number(String(day).slice(0, 4)) : null; }
  function number(text) { return Number(String(text || "").replace(/[^0-9.]/g, "")) || 0; }
  function field(name) { return form.querySelector("[name=" + name + "]"); }

  function read() {
    var query = new URLSearchParams(location.search);
    var state = {};
    NAMES.forEach(function (name) { state[name] = query.getAll(name).filter(Boolean); });
    return state;
  }

  function address(state) {
    var query = new URLSearchParams();
    NAMES.forEach(function (name) {
      state[name].forEach(function (value) {
        if (value && !(name === "sort" && value === "newest")) query.append(name, value);
      });
    });
    return location.pathname + (String(query) ? "?" + query : "");
  }

  function fill(state) {
    ["q", "from", "to", "country", "series"].forEach(function (name) {
      if (field(name).value !== (state[name][0] || "")) field(name).value = state[name][0] || "";
    });
    sort.value = state.sort[0] || "newest";
    boxes.forEach(function (box) { box.checked = state[box.name].indexOf(box.value) >= 0; });
  }

  function entered() {
    var state = {};
    NAMES.forEach(function (name) { state[name] = []; });
    ["q", "from", "to", "country", "series"].forEach(function (name) {
      if (field(name).value.trim()) state[name] = [field(name).value.trim()];
    });
    boxes.forEach(function (box) { if (box.checked) state[box.name].push(box.value); });
    state.sort = [sort.value];
    return state;
  }

  function test(state, skip) {
    var words = (state.q[0] || "").toLowerCase().split(/\s+/).filter(Boolean);
    var from = Number(state.from[0]) || 0;
    var to = Number(state.to[0]) || 9999;
    var dated = state.from.length || state.to.length;
    var lists = ["area", "country", "role", "status", "series"].filter(function (name) {
      return state[name].length && name !== skip;
    });
    return function (item) {
      if (dated && !(item.from !== null && item.from <= to && item.to >= from)) return false;
      for (var index = 0; index < lists.length; index += 1) {
        var wanted = state[lists[index]];
        if (!item[lists[index]].some(function (value) { return wanted.indexOf(value) >= 0; })) return false;
      }
      return words.every(function (word) { return item.words.indexOf(word) >= 0; });
    };
  }

  var ORDERS = {
    newest: function (a, b) { return a.place - b.place; },
    oldest: function (a, b) { return b.place - a.place; },
    name: function (a, b) { return a.row[at.name].localeCompare(b.row[at.name]); },
    countries: function (a, b) { return b.count - a.count || a.place - b.place; },
    arrests: function (a, b) { return b.arrests - a.arrests || a.place - b.place; }
  };
  var order = "newest";
  var chosen = items;
  var more = document.querySelector(".more");
  more.addEventListener("click", function () { room += PAGE; apply(read()); });

  function apply(state) {
    var keep = test(state);
    chosen = items.filter(keep);
    items.forEach(function (item) { item.element.hidden = true; });
    var wanted = ORDERS[state.sort[0]] ? state.sort[0] : "newest";
    if (wanted !== order) {
      order = wanted;
      var sorted = items.slice().sort(ORDERS[order]);
      sorted.forEach(function (item) { list.appendChild(item.element); });
    }
    chosen = chosen.slice().sort(ORDERS[order]);
    chosen.slice(0, room).forEach(function (item) { item.element.hidden = false; });
    more.hidden = chosen.length <= room;
    shown.textContent = chosen.length.toLocaleString("en");
    document.querySelector(".empty").hidden = chosen.length > 0;
    count(state);
    name(state);
    warn(state);
  }

  // A country that no list names may still have taken part.
  function warn(state) {
    var open = !state.country.length ? 0 : items.filter(test(state, "country")).filter(function (item) {
      return !item.complete && chosen.indexOf(item) < 0;
    }).length;
    var note = document.querySelector(".incomplete");
    note.hidden = !open;
    note.textContent = "Lists of countries are incomplete: " + open.toLocaleString("en") + " more " +
      (open === 1 ? "operation of this selection lists" : "operations of this selection list") +
      " no countries or only some of them.";
  }

  // How many operations each box would show, given the other filters.
  function count(state) {
    ["area", "role", "status"].forEach(function (facet) {
      var found = items.filter(test(state, facet));
      var counts = {};
      found.forEach(function (item) {
        item[facet].forEach(function (value) { counts[value] = (counts[value] || 0) + 1; });
      });
      boxes.forEach(function (box) {
        if (box.name === facet) box.parentNode.querySelector("small").textContent = counts[box.value] || 0;
      });
    });
  }

  // The filters that are set, each with a button that takes it away.
  function name(state) {
    active.textContent = "";
    NAMES.forEach(function (key) {
      state[key].forEach(function (value) {
        if (key === "sort") return;
        var button = document.createElement("button");
        button.type = "button";
        button.textContent = label(key, value) + " ×";
        button.setAttribute("aria-label", "Remove the filter " + label(key, value));
        button.addEventListener("click", function () {
          var next = read();
          next[key] = next[key].filter(function (other) { return other !== value; });
          go(next, true);
        });
        active.appendChild(button);
      });
    });
    active.hidden = !active.children.length;
  }

  function label(key, value) {
    if (key === "from" || key === "to") return key + " " + value;
    if (key === "q") return "“" + value + "”";
    var box = boxes.filter(function (one) { return one.name === key && one.value === value; })[0];
    if (box) return box.parentNode.querySelector("span").textContent;
    var option = Array.prototype.filter.call(form.querySelectorAll("[name=" + key + "] option"), function (one) {
      return one.value === value;
    })[0];
    return option ? option.textContent.replace(/ \(\d+\)$/, "") : value;
  }

  function go(state, isStep) {
    room = PAGE;
    var next = address(state);
    try { history[isStep ? "pushState" : "replaceState"](null, "", next); } catch (error) { /* no address */ }
    fill(state);
    apply(state);
  }

  // What a spreadsheet would run as a formula gets an apostrophe.
  function cell(value) {
    var text = value === null || value === undefined ? "" : String(value);
    if (/^[=+\-@\t\r]/.test(text)) text = "'" + text;
    return /[",\n\r]/.test(text) ? "\"" + text.replace(/"/g, "\"\"") + "\"" : text;
  }

  document.getElementById("csv").addEventListener("click", function (event) {
    var text = [data.columns].concat(chosen.map(function (item) { return item.row; }))
      .map(function (row) { return row.map(cell).join(","); }).join("\n") + "\n";
    event.target.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    event.target.download = "operations.csv";
  });

  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", function (event) {
    go(entered(), event.target.type === "checkbox" || event.target.tagName === "SELECT");
  });
  sort.addEventListener("change", function () { go(entered(), true); });
  addEventListener("popstate", function () { var state = read(); fill(state); apply(state); });
  document.querySelector(".clear").addEventListener("click", function () {
    var none = {};
    NAMES.forEach(function (key) { none[key] = []; });
    go(none, true);
  });

  var toggle = document.querySelector(".toggle");
  toggle.hidden = false;
  toggle.addEventListener("click", function () {
    var open = form.classList.toggle("shown");
    toggle.setAttribute("aria-expanded", open);
  });

  form.hidden = false;
  document.querySelector(".order").hidden = false;
  var first = read();
  fill(first);
  apply(first);
})();
