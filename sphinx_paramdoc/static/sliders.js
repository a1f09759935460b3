/* Sliders: a table follows from its formula. */

for (const place of document.querySelectorAll(".paramdoc-law-data")) {
  const { names, base, least, words, columns, hides, executed, whole, text, rows } = JSON.parse(place.dataset.law);
  const all = (around, what) => [...around.querySelectorAll(what)];
  const next = what => all(document, what).find(it => place.compareDocumentPosition(it) & 4);
  const written = (number, how) => number.toLocaleString("en", how);
  const fill = (text, values) => text.replace(/{(.+?)}/g, (_, name) => values[name] ?? "…");
  const share = part => {
    const tenths = total && (2000n * part + total) / (2n * total);
    if (!tenths) return part ? "< 0.1 %" : "0 %";
    if (tenths === 1000n) return part === total ? "100 %" : "> 99.9 %";
    return `${tenths / 10n}.${tenths % 10n} %`;
  };
  const size = bytes => {
    const power = Math.min(((bytes.toString(2).length - 1) / 10) | 0, 5);
    return power ? `${written(Number(bytes) / 1024 ** power, { minimumFractionDigits: 2, maximumFractionDigits: 2, roundingMode: "halfEven" })} ${" KMGTP"[power]}iB` : `${bytes} B`;
  };

  const inputs = all(place, "input"), [list, reset, output] = all(place, "button, select, output");
  const table = next("table.paramdoc"), law = next(".paramdoc-law > p"), values = document.createElement("p");
  const lines = all(table, "tbody tr:not(.paramdoc-inside, thead tr)"), last = lines.length - 1;
  const opens = line => all(line.parentNode, ":scope.paramdoc-opening summary")[0];
  // Layers without rows share one.
  for (const { behind } of rows.slice(lines.length)) {
    const line = lines[behind], more = line.cloneNode(true);
    more.className = more.id = "";
    opens(line) ? line.parentNode.nextElementSibling.prepend(more) : line.after(more);
    lines.push(more);
  }
  const cells = all(table, "tbody :is(summary, tr:not(.paramdoc-inside) > *)").map(cell => [cell, [...cell.childNodes]]);

  const given = [], errors = [], now = {};
  let wrong, total;
  const product = ([number, ...of]) => of.reduce((by, i) => by * given[i], BigInt(number));
  const value = sum => {
    if (!sum || wrong) return null;
    const [below, ...above] = sum.map(product), made = above.reduce((sum, it) => sum + it, 0n);
    return made < 0n || !below || made % below ? null : made / below;
  };
  const restore = changed => {
    for (const [cell, before] of cells) cell.replaceChildren(...before);
    for (const line of all(table, "colgroup, tr:not(.paramdoc-inside)"))
      for (const i of hides) line.children[i]?.toggleAttribute("hidden", changed);
    lines.forEach((line, i) => (line.hidden = i > last));
    values.remove();
  };
  const show = (line, i) => {
    const { sums, says, called, there } = rows[i], number = value(there), found = {};
    const put = (name, html) => Object.assign(line.children[columns.indexOf(name)] ?? {}, { innerHTML: html.replace(/[\d,]{20,}/g, it => it.replace(/,|\d{9}/g, "$&<wbr>")) });
    line.hidden = wrong ? i > last : there && !number;
    if (called && called.repeat !== `${number}`) {
      const what = number === null ? {} : { number: written(number), last: BigInt(called.before) + number };
      put("layer", fill(called[number === 1n ? "one" : "several"], what));
      if (called.opens) opens(line)?.replaceChildren(fill(words.one, what));
    }
    for (const name in sums) {
      const count = i === last && name === "params" ? total : value(sums[name]);
      const html = count === null ? "" : name === "size" ? size(count) : written(count);
      put(name, (found[`=${name}`] = html));
      if (name === "params" && i !== last) put("share", html && `<span class="paramdoc-share" style="--paramdoc-share: calc(100% * ${count} / ${total})">${share(count)}`);
    }
    for (const name in says) put(name, found["=params"] ? fill(says[name], { ...now, ...found, "=": written(number ?? "") }) : "");
  };
  const tell = () => {
    const is = at => !wrong && `${at}` === `${given}`;
    wrong = errors.find(Boolean);
    const changed = !is(base), run = 1 + executed.findIndex(([at]) => is(at));
    const [, sum, why] = executed[run - 1] ?? [];
    wrong ??= why ?? whole.find(([sum]) => value(sum) === null)?.[1];
    total = sum ? BigInt(sum) : value(rows[last].sums.params);
    const how = words[run ? "executed" : "formula"], count = written(total ?? "");
    restore(changed);
    if (changed) lines.forEach(show);
    values.innerHTML = fill(text, { ...now, "=": count });
    if (changed && count) law.after(values);
    reset.ariaDisabled = !changed;
    list.selectedIndex = run;
    output.textContent = [count && fill(words.says, { count, how }), wrong].filter(Boolean).join("; ");
    if (changed) table.dataset.note = count && `${how}: ${fill(words.at, now)}`;
    else delete table.dataset.note;
    table.dispatchEvent(new Event("paramdoc-note"));
    for (const mark of all(place, "i")) mark.hidden = !`${given}`.match(mark.dataset.at);
  };
  const set = (typed, i) => {
    const [field, slider] = inputs.slice(2 * i), digits = typed.trim().replace(/(?<=\d)[,_\s](?=\d{3}(?!\d))/g, "");
    const fault = !digits ? "empty" : !/^-?\d+$/.test(digits) ? "wrong" : digits[40] ? "long" : BigInt(digits) < least[i] ? "least" : "";
    errors[i] = fault && `${names[i]}: ${fill(words[fault], { number: least[i] })}`;
    field.ariaInvalid = !!fault;
    field.value = typed;
    if (fault) return;
    given[i] = BigInt(digits);
    now[names[i]] = slider.ariaValueText = written(given[i]);
    slider.value = digits;
    slider.classList.toggle("paramdoc-beyond", given[i] < slider.min || given[i] > slider.max);
  };
  const setAll = to => (to.forEach(set), tell());

  inputs.forEach((it, i) => (it.oninput = () => (set(it.value, i >> 1), tell())));
  reset.onclick = () => setAll(base);
  list.onchange = () => setAll(executed[list.selectedIndex - 1][0]);
  addEventListener("beforeprint", () => restore(false));
  addEventListener("afterprint", tell);
  place.hidden = false;
  setAll(base);
}
