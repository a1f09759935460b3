/* Sliders above a table that has a formula: what it shows follows from that. */

(() => {
  const make = (tag, fields, ...inside) => {
    const made = Object.assign(document.createElement(tag), fields);
    made.append(...inside);
    return made;
  };
  const written = number => number.toLocaleString("en");
  const count = number => written(number).split(/(?<=,)/).flatMap(digits => [make("wbr"), digits]);
  const share = (part, all) => {
    if (!part) return "0 %";
    const tenths = (2000n * part + all) / (2n * all);
    if (!tenths) return "< 0.1 %";
    if (tenths === 1000n) return part === all ? "100 %" : "> 99.9 %";
    return `${tenths / 10n}.${tenths % 10n} %`;
  };

  const begin = place => {
    const { base, least, words, columns, executed, whole, sum, text, rows } = JSON.parse(place.dataset.law);
    const names = Object.keys(base), given = {}, errors = {}, inputs = [...place.querySelectorAll("input")];
    const [reset, chosen, output] = place.querySelectorAll("button, select, output");
    const table = [...document.querySelectorAll("table.paramdoc")].find(each => place.compareDocumentPosition(each) & 4);
    const lines = [...table.querySelectorAll("tbody tr:not(.paramdoc-inside, thead tr)")], total = lines.at(-1);
    const inside = line => line.nextElementSibling?.querySelectorAll(":scope > td > details > :is(summary, p)") ?? [];
    const cells = lines.flatMap(line => [...line.children, ...inside(line)]).map(cell => [cell, [...cell.childNodes]]);
    const says = columns.includes("in-arguments") ? "in-arguments" : "explanation";
    const stays = ["layer", "class", "dtype", "params", "share", says];

    const product = ([number, powers]) =>
      Object.entries(powers).reduce((made, [name, power]) => made * given[name] ** BigInt(power), BigInt(number));
    const value = ([over, under]) => {
      const above = over.reduce((made, each) => made + product(each), 0n), below = product(under);
      return above < 0n || above % below ? null : above / below;
    };
    const filled = text => text.replace(/[\p{L}_][\p{L}\p{Nd}_]*/gu, word => (word in given ? written(given[word]) : word));
    const restore = hidden => {
      for (const [cell, before] of cells) cell.replaceChildren(...before);
      for (const line of table.querySelectorAll("colgroup, tr:not(.paramdoc-inside)"))
        columns.forEach((name, i) => line.children[i] && (line.children[i].hidden = hidden && !stays.includes(name)));
    };
    const put = (line, name, ...what) => line.children[columns.indexOf(name)]?.replaceChildren(...what);
    const rename = (line, [first, to, stem, before, repeat], many) => {
      if (many === BigInt(repeat)) return;
      const name = text => make("code", { className: "paramdoc-name" }, text);
      const last = many === 1n ? "" : many && stem ? make("span", {}, to, name(stem + (BigInt(before) + many))) : " …";
      const kind = line.querySelector(".paramdoc-class")?.cloneNode(true) ?? "";
      put(line, "layer", make("p", {}, name(first), last, " ", kind));
      inside(line).forEach((each, i) => (each.textContent = i ? "" : words.one.replace("{number}", many ?? "…")));
    };

    const tell = () => {
      const bad = names.find(name => errors[name]), changed = !!bad || names.some(name => given[name] !== BigInt(base[name]));
      const run = bad ? 0 : 1 + executed.findIndex(each => names.every((name, i) => BigInt(each[i]) === given[name]));
      const wrong = bad ? `${bad}: ${errors[bad]}` : whole.find(([sum]) => value(sum) === null)?.[1];
      const all = run ? BigInt(executed[run - 1].at(-1)) : wrong ? null : value(sum);
      const how = run ? words.executed : words.formula;
      restore(changed);
      lines.forEach((line, i) => {
        if (!changed) return;
        const { sum: own, text: as, of, one } = rows[i] ?? { sum, text };
        const found = wrong || !own ? null : value(own);
        if (of) rename(line, of, found && one ? found / value(one) : null);
        if (own?.[0].length === 0) return;
        const shown = line === total ? all : found;
        put(line, "params", ...(shown === null ? [] : line === total ? [make("strong", {}, ...count(all))] : count(shown)));
        put(line, says, found === null ? "" : filled(as));
        const style = found && `--paramdoc-share: ${Number((1000n * found) / all) / 10}%`;
        if (line !== total) put(line, "share", style ? make("span", { className: "paramdoc-share", style }, share(found, all)) : "");
      });
      reset.ariaDisabled = !changed;
      chosen.selectedIndex = run;
      const told = all === null ? "" : words.says.replace("{count}", written(all)).replace("{how}", how);
      output.textContent = [told, wrong].filter(Boolean).join("; ");
      delete table.dataset.note;
      if (changed) table.dataset.note = wrong || all === null ? "" : `${how}: ${names.map(name => `${name} = ${written(given[name])}`).join(", ")}`;
      table.dispatchEvent(new Event("paramdoc-note"));
    };
    const set = (name, typed) => {
      const text = `${typed}`.trim(), low = least[name], i = 2 * names.indexOf(name);
      const digits = /^-?\d+([,_\s]\d{3})*$/.test(text) ? text.replace(/[,_\s]/g, "") : "";
      const fault = !text ? "empty" : !digits ? "wrong" : digits.length > 40 ? "long" : BigInt(digits) < low ? "least" : "";
      errors[name] = fault && words[fault].replace("{number}", low);
      if (!fault) given[name] = BigInt(digits);
      inputs[i].ariaInvalid = !!fault;
      inputs[i].value = typed;
      if (!fault) inputs[i + 1].value = digits;
    };
    const setAll = values => {
      names.forEach((name, i) => set(name, values[i]));
      tell();
    };

    inputs.forEach((each, i) => (each.oninput = () => (set(names[i >> 1], each.value), tell())));
    reset.onclick = () => setAll(Object.values(base));
    chosen.onchange = () => setAll(executed[chosen.selectedIndex - 1] ?? Object.values(given));
    addEventListener("beforeprint", () => restore());
    addEventListener("afterprint", tell);
    place.hidden = false;
    reset.onclick();
  };

  document.querySelectorAll(".paramdoc-law-data").forEach(begin);
})();
