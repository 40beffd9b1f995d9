"use strict";
// Search, filters, sorting and the colour scheme. All content is visible without this script.
(function () {
  var root = document.documentElement;
  root.classList.add("has-script");

  var theme = document.querySelector(".theme");
  var dark = root.dataset.theme === "dark" || (!root.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  function showTheme() { theme.setAttribute("aria-pressed", String(dark)); }
  showTheme();
  theme.addEventListener("click", function () {
    dark = !dark;
    root.dataset.theme = dark ? "dark" : "light";
    showTheme();
  });

  // Columns that get filter buttons if they have few different values.
  var filtered = ["accountType", "status", "change", "decision", "outcome", "verified", "privileged"];
  var mostChips = 12;
  // How long to filter rows before the browser may draw, in milliseconds.
  var slice = 12;
  var numbers = new Intl.NumberFormat("en");

  function DataTable(section) {
    var head = section.querySelector(".columns");
    if (!head) { return; }
    var blocks = Array.prototype.slice.call(section.querySelectorAll(".block"));
    var bodies = blocks.map(function (block) { return block.querySelector("tbody"); });
    var rows = [];
    bodies.forEach(function (body) { for (var row = body.firstElementChild; row; row = row.nextElementSibling) { rows.push(row); } });
    var original = rows.slice();
    var texts = new Map();
    var search = section.querySelector("input");
    var output = section.querySelector("output");
    var chips = section.querySelector(".chips");
    var wanted = new Map();
    var turn = 0;

    function textOf(row) {
      var text = texts.get(row);
      if (text === undefined) {
        text = row.textContent.toLowerCase();
        texts.set(row, text);
      }
      return text;
    }

    function fits(row, words) {
      var ok = true;
      wanted.forEach(function (values, column) {
        if (values.size && !values.has(row.cells[column].textContent)) { ok = false; }
      });
      if (!ok) { return false; }
      if (!words.length) { return true; }
      var text = textOf(row);
      return words.every(function (word) { return text.indexOf(word) >= 0; });
    }

    function show(shown) {
      var all = numbers.format(rows.length) + (rows.length === 1 ? " row" : " rows");
      output.textContent = shown === rows.length ? all : numbers.format(shown) + " of " + all;
    }

    // A new search replaces one that is still running.
    function apply() {
      var mine = ++turn;
      var words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      var place = 0;
      var shown = 0;
      function step() {
        if (mine !== turn) { return; }
        var end = performance.now() + slice;
        while (place < rows.length && performance.now() < end) {
          for (var last = Math.min(place + 200, rows.length); place < last; place++) {
            var hide = !fits(rows[place], words);
            if (rows[place].hidden !== hide) { rows[place].hidden = hide; }
            if (!hide) { shown++; }
          }
        }
        if (place < rows.length) { setTimeout(step, 0); return; }
        blocks.forEach(function (block, index) {
          block.hidden = !bodies[index].querySelector("tr:not([hidden])");
        });
        show(shown);
      }
      step();
    }

    var timer = 0;
    search.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(apply, 120);
    });

    function addChips(column) {
      var counts = new Map();
      for (var place = 0; place < rows.length; place++) {
        var value = rows[place].cells[column].textContent;
        if (value) { counts.set(value, (counts.get(value) || 0) + 1); }
        if (counts.size > mostChips) { return; }
      }
      if (counts.size < 2) { return; }
      var name = head.rows[0].cells[column].textContent;
      Array.from(counts.keys()).sort().forEach(function (value) {
        var chip = document.createElement("button");
        chip.type = "button";
        chip.setAttribute("aria-pressed", "false");
        chip.textContent = (value === "yes" || value === "no" ? name + ": " : "") + value + " " + numbers.format(counts.get(value));
        chip.addEventListener("click", function () {
          var on = chip.getAttribute("aria-pressed") !== "true";
          chip.setAttribute("aria-pressed", String(on));
          var values = wanted.get(column) || new Set();
          if (on) { values.add(value); } else { values.delete(value); }
          wanted.set(column, values);
          apply();
        });
        chips.appendChild(chip);
      });
    }

    var collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
    function sortBy(column, header) {
      var state = header.getAttribute("aria-sort");
      var next = state === "ascending" ? "descending" : state === "descending" ? null : "ascending";
      head.querySelectorAll("th").forEach(function (other) { other.removeAttribute("aria-sort"); });
      var sorted = original;
      if (next) {
        header.setAttribute("aria-sort", next);
        var sign = next === "ascending" ? 1 : -1;
        sorted = original.map(function (row) { return [row.cells[column].textContent, row]; })
          .sort(function (a, b) { return sign * collator.compare(a[0], b[0]); })
          .map(function (pair) { return pair[1]; });
      }
      var size = Math.ceil(sorted.length / bodies.length);
      bodies.forEach(function (body, index) {
        body.append.apply(body, sorted.slice(index * size, (index + 1) * size));
      });
      rows = sorted;
      apply();
    }

    show(rows.length);
    head.removeAttribute("aria-hidden");
    Array.prototype.forEach.call(head.rows[0].cells, function (header, column) {
      var button = header.querySelector("button");
      button.tabIndex = 0;
      button.addEventListener("click", function () { sortBy(column, header); });
      filtered.forEach(function (key) { if (header.classList.contains("c-" + key)) { addChips(column); } });
    });
    this.search = search;
  }

  var tables = Array.prototype.map.call(document.querySelectorAll("section.data"), function (section) { return new DataTable(section); });

  // "/" moves to the search field of the visible table.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || /input|textarea|select/i.test(event.target.tagName)) { return; }
    var searches = tables.map(function (table) { return table.search; }).filter(Boolean);
    var inSight = searches.filter(function (search) { return search.getBoundingClientRect().bottom > 0; })[0] || searches[0];
    if (inSight) {
      event.preventDefault();
      inSight.focus();
    }
  });
})();
