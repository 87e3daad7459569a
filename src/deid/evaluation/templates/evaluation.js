"use strict";
// Draws the mistakes from the JSON of the page, a hundred at a time. Text is only ever set as
// textContent, so nothing that a sample holds can become markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const [DOCUMENT, KIND, HARM, GOLD, FOUND, STATE, COUNTED, START, LEAKED, EXCESS, RECOGNIZERS, PIECES] = Array(12).keys();
  const list = document.getElementById("mistakes"), end = document.getElementById("end");
  const count = document.getElementById("count"), form = document.getElementById("filters");
  const AT_ONCE = 100;
  let chosen = [], drawn = 0;

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const title = (type) => data.types[type][1];

  const row = (mistake) => {
    const item = element("article", "mistake harm" + mistake[HARM]);
    const head = element("div", "head");
    head.append(element("b", "kind kind" + mistake[KIND], data.kinds[mistake[KIND]]));
    const found = mistake[FOUND].map(title).join("、");
    const types = mistake[GOLD] < 0 ? found : title(mistake[GOLD]) + (mistake[KIND] === 1 ? " → " + found : "");
    head.append(element("span", "types", types));
    head.append(element("span", "harm", data.harms[mistake[HARM]]));
    if (mistake[LEAKED]) head.append(element("span", "soft", data.words.leaked + " " + mistake[LEAKED]));
    if (mistake[EXCESS]) head.append(element("span", "soft", data.words.excess + " " + mistake[EXCESS]));
    if (!mistake[COUNTED]) head.append(element("span", "soft", data.words.not_counted));
    if (mistake[STATE] >= 0) head.append(element("b", "state state" + mistake[STATE], data.states[mistake[STATE]]));
    head.append(element("span", "place", data.documents[mistake[DOCUMENT]] + " : " + mistake[START]));
    const body = element("p", "text");
    for (const [text, what] of mistake[PIECES]) body.append(what ? element("mark", "is" + what, text) : text);
    item.append(head, body);
    if (mistake[RECOGNIZERS]) item.append(element("div", "by", mistake[RECOGNIZERS]));
    return item;
  };

  const draw = (most) => {
    const some = document.createDocumentFragment();
    const until = Math.min(chosen.length, drawn + most);
    for (; drawn < until; drawn++) some.append(row(chosen[drawn]));
    list.append(some);
    const shown = data.words.shown.replace("{shown}", chosen.length).replace("{total}", data.mistakes.length);
    count.textContent = chosen.length ? shown : shown + " · " + data.words.no_errors;
  };

  const textOf = (mistake) => mistake[PIECES].map((piece) => piece[0]).join("").toLowerCase();

  const choose = () => {
    const value = (name) => (form.elements[name] ? form.elements[name].value : "");
    const is = (name, number) => value(name) === "" || Number(value(name)) === number;
    const words = value("text").trim().toLowerCase(), document_ = value("document").trim().toLowerCase();
    const all = form.elements.uncounted.checked;
    chosen = data.mistakes.filter((m) =>
      (all || m[COUNTED]) && is("kind", m[KIND]) && is("harm", m[HARM]) && is("state", m[STATE]) &&
      (value("type") === "" || m[GOLD] === Number(value("type")) || m[FOUND].includes(Number(value("type")))) &&
      (!document_ || data.documents[m[DOCUMENT]].toLowerCase().includes(document_)) &&
      (!words || textOf(m).includes(words)));
    if (value("order") === "document") chosen.sort((a, b) => a[DOCUMENT] - b[DOCUMENT] || a[START] - b[START]);
    list.textContent = "";
    drawn = 0;
    draw(AT_ONCE);
  };

  const fill = (name, labels, counts) => {
    const select = form.elements[name];
    if (!select) return;
    labels.map((label, number) => [label, number, counts[number] || 0])
      .filter(([, , many]) => many)
      .sort(name === "type" ? (a, b) => b[2] - a[2] : () => 0)
      .forEach(([label, number, many]) => {
        const option = element("option", "", label + " (" + many + ")");
        option.value = number;
        select.append(option);
      });
  };
  const tally = (column) => {
    const counts = {};
    for (const mistake of data.mistakes) {
      const seen = column === GOLD ? new Set([mistake[GOLD], ...mistake[FOUND]]) : [mistake[column]];
      for (const number of seen) counts[number] = (counts[number] || 0) + 1;
    }
    return counts;
  };

  fill("type", data.types.map(([name, said]) => (said === name ? name : said + " " + name)), tally(GOLD));
  fill("kind", data.kinds, tally(KIND));
  fill("harm", data.harms, tally(HARM));
  fill("state", data.states, tally(STATE));
  form.addEventListener("submit", (event) => event.preventDefault());
  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(choose, 120); });
  new IntersectionObserver((seen) => {
    if (seen[0].isIntersecting && drawn < chosen.length) draw(AT_ONCE);
  }, { rootMargin: "1200px" }).observe(end);
  window.addEventListener("beforeprint", () => draw(5000));
  choose();
})();
