/* The search page. Nothing of the index is asked for until somebody searches. What is shown is text, never markup. */
const root = new URL("..", import.meta.url);
const FEW = 10;
const NONE = "There is no search here at the moment. The lists below gather everything that is published.";
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];
/* They stand on every page: looking them up would cost the reader much and find nothing. */
const EVERYWHERE = new Set("a an and are as at be for in is of on or that the this to was we with".split(" "));

const at = (name) => document.getElementById("ab-search" + (name && "-" + name));
const form = at(""), field = at("words"), said = at("said"), list = at("results"), button = at("more");
const selects = [...form.querySelectorAll("select")];

let engine, results = [], shown = 0, turn = 0, busy = false;

function load() {
  engine ??= import(new URL("pagefind/pagefind.js", root)).then(async (pagefind) => {
    await pagefind.options({ baseUrl: root.pathname, noWorker: true });
    return pagefind;
  });
  return engine;
}

function make(tag, name, text) {
  const element = document.createElement(tag);
  if (name) { element.className = name; }
  if (text) { element.textContent = text; }
  return element;
}

/* An excerpt comes as HTML, with < and > escaped and the words that were found in <mark>. */
function excerpt(html) {
  const paragraph = make("p", "ab-item-summary");
  paragraph.dir = "auto";
  html.replace(/[^.!?]$/, "$& …").split(/<\/?mark>/).forEach((part, index) => {
    const text = part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    paragraph.append(index % 2 ? make("mark", "", text) : text);
  });
  return paragraph;
}

function day(text) {
  const time = make("time", "", text);
  time.dateTime = text;
  const [year, month, date] = text.split("-").map(Number);
  if (MONTHS[month - 1] && date) { time.textContent = `${date} ${MONTHS[month - 1]} ${year}`; }
  return time;
}

function show(page) {
  const item = make("li", "ab-item"), facts = make("p", "ab-meta");
  const link = make("a", "ab-item-title", page.meta.title || page.url);
  link.href = page.url;
  link.dir = "auto";
  for (const name of ["kind", "severity"]) {
    for (const value of page.filters[name] ?? []) { facts.append(make("span", "ab-badge", value), " "); }
  }
  if (page.meta.date) { facts.append(day(page.meta.date)); }
  item.append(link, facts, excerpt(page.excerpt));
  list.append(item);
  return link;
}

async function more() {
  const mine = turn, batch = results.slice(shown, shown + FEW);
  const pages = await Promise.all(batch.map((result) => result.data()));
  if (mine !== turn) { return null; }
  shown += batch.length;
  const links = pages.map(show);
  list.hidden = !shown;
  button.hidden = shown >= results.length;
  return links[0];
}

function count(found, words, chosen) {
  const what = [`“${words}”`, ...Object.values(chosen)].join(", ");
  const n = found.results.length;
  if (n) { return `${n} ${n === 1 ? "result" : "results"} for ${what}.`; }
  const others = Object.keys(chosen).length ? found.unfilteredResultCount : 0;
  return `Nothing found for ${what}. ` + (others
    ? `There ${others === 1 ? "is 1" : `are ${others}`} when it is not narrowed down.`
    : "Try fewer words, or others that mean the same, or look through the lists below.");
}

/* Without words Pagefind would fetch the whole index, so a filter alone is no search. */
function looked(words) {
  const rare = words.split(/\s+/).filter((word) => word && !EVERYWHERE.has(word.toLowerCase()));
  return words.includes('"') ? words : rare.join(" ");
}

/* Shows what the address asks for, so that a search can be linked to, and gone back to. */
async function run() {
  const asked = new URLSearchParams(location.search), chosen = {}, mine = ++turn;
  const words = (asked.get("q") ?? "").trim();
  field.value = words;
  for (const select of selects) {
    select.value = asked.get(select.name) ?? "";
    if (select.selectedIndex < 0) { select.value = ""; }
    if (select.value) { chosen[select.name] = select.value; }
  }
  const narrowed = Object.keys(chosen).length > 0;
  if (narrowed) { at("narrow").open = true; }
  list.replaceChildren();
  list.hidden = button.hidden = true;
  [results, shown] = [[], 0];
  said.textContent = "";
  const query = looked(words);
  if (!query) {
    if (words) { said.textContent = `“${words}” stands on nearly every page: add a word that does not.`; }
    else if (narrowed) { said.textContent = "Which word? The lists below can be looked through without one."; }
    return;
  }
  try {
    const found = await (await load()).search(query, { filters: chosen });
    if (mine !== turn) { return; }
    results = found.results;
    await more();
    if (mine === turn) { said.textContent = count(found, words, chosen); }
  } catch {
    if (mine === turn) { said.textContent = NONE; }
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const asked = String(new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim())));
  history.pushState(null, "", location.pathname + (asked && `?${asked}`));
  run();
});
button.addEventListener("click", async () => {
  if (busy) { return; }
  busy = true;
  try { (await more())?.focus(); } catch { said.textContent = NONE; } finally { busy = false; }
});
addEventListener("popstate", run);

at("without").hidden = true;
form.hidden = false;
run();
