/* All that a page does beyond being read: remember light or dark, open the menu, copy code. Every page works without. */
(function () {
  "use strict";
  var root = document.documentElement;
  var body = document.body;
  var KEY = "aboveboard.colours";
  root.classList.add("ab-js");

  function stored() {
    try { return localStorage.getItem(KEY); } catch (error) { return null; }
  }
  var fixed = body.getAttribute("data-md-color-scheme") !== "auto";
  if (!fixed && (stored() === "slate" || stored() === "default")) {
    body.setAttribute("data-md-color-scheme", stored());
  }

  function isDark() {
    var scheme = body.getAttribute("data-md-color-scheme");
    return scheme === "slate" || (scheme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  }

  function mountPalette() {
    var button = document.getElementById("ab-palette");
    if (!button || fixed) { return; }
    var word = button.querySelector("span");
    function say() { word.textContent = isDark() ? "Light" : "Dark"; }
    button.addEventListener("click", function () {
      var next = isDark() ? "default" : "slate";
      body.setAttribute("data-md-color-scheme", next);
      try { localStorage.setItem(KEY, next); } catch (error) { /* This visit only, then. */ }
      say();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", say);
    say();
    button.hidden = false;
  }

  function mountMenu() {
    var button = document.getElementById("ab-menu");
    var nav = document.getElementById("ab-nav");
    if (!button || !nav) { return; }
    function set(open) {
      button.setAttribute("aria-expanded", String(open));
      nav.classList.toggle("ab-open", open);
    }
    button.addEventListener("click", function () {
      set(button.getAttribute("aria-expanded") !== "true");
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
        set(false);
        button.focus();
      }
    });
    button.hidden = false;
  }

  function mountCopy() {
    if (!navigator.clipboard) { return; }
    document.querySelectorAll("article pre > code").forEach(function (code) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "ab-copy";
      button.textContent = "Copy";
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(code.textContent).then(function () {
          button.textContent = "Copied";
          setTimeout(function () { button.textContent = "Copy"; }, 2000);
        });
      });
      code.parentNode.parentNode.insertBefore(button, code.parentNode);
    });
  }

  /* What scrolls sideways can be reached by keyboard; what does not is no stop on the way. */
  function mountScroll() {
    document.querySelectorAll(".ab-scroll").forEach(function (region) {
      if (region.scrollWidth > region.clientWidth) {
        region.setAttribute("tabindex", "0");
      } else {
        region.removeAttribute("tabindex");
      }
    });
  }

  /* A link to a part of the page opens what it leads into. */
  function openTarget() {
    var name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch (error) { /* As it stands, then. */ }
    var target = name && document.getElementById(name);
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") { node.open = true; }
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    mountPalette();
    mountMenu();
    mountCopy();
    mountScroll();
    openTarget();
  });
  addEventListener("resize", mountScroll);
  document.addEventListener("toggle", mountScroll, true);
  addEventListener("hashchange", openTarget);
  addEventListener("beforeprint", function () {
    document.querySelectorAll("article details").forEach(function (details) { details.open = true; });
  });
})();
