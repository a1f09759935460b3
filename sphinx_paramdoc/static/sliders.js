/* Sliders above a table that has a formula: rows and total are computed from it. */

(() => {
  const make = (tag, fields, ...inside) => {
    const made = Object.assign(document.createElement(tag), fields);
    made.append(...inside);
    return made;
  };
  const value = (sum, given) => {
    let above = 0n, below = 1n;
    for (const [top, bottom, powers] of sum) {
      let up = BigInt(top), down = BigInt(bottom);
      for (const [name, power] of Object.entries(powers))
        power > 0 ? (up *= given[name] ** BigInt(power)) : (down *= given[name] ** BigInt(-power));
      [above, below] = [above * down + up * below, below * down];
    }
    return below && !(above % below) ? above / below : null;
  };
  const pair = (name, one) => `${name} = ${one}`;
  const written = number => number.toLocaleString("en");
  const share = (part, all) => {
    if (!part) return "0 %";
    const tenths = (2000n * part + all) / (2n * all);
    if (!tenths) return "< 0.1 %";
    if (tenths === 1000n) return part === all ? "100 %" : "> 99.9 %";
    return `${tenths / 10n}.${tenths % 10n} %`;
  };

  const begin = (place, number) => {
    const law = JSON.parse(place.dataset.law), { words, columns, executed } = law, names = Object.keys(law.arguments);
    const table = [...document.querySelectorAll("table.paramdoc")].find(each => place.compareDocumentPosition(each) & 4);
    if (!table) return;
    const rows = [...table.querySelectorAll("tbody tr:not(.paramdoc-inside, thead tr)")], total = rows.pop();
    const counts = row => row.nextElementSibling?.querySelectorAll(":scope > td > details > :is(summary, p)") ?? [];
    const cells = [...rows, total].flatMap(row => [...row.children, ...counts(row)]).map(cell => [cell, [...cell.childNodes]]);
    const base = Object.fromEntries(names.map(name => [name, BigInt(law.arguments[name][0])]));
    const given = { ...base }, fields = {}, ticks = {};
    const says = columns.includes("in-arguments") ? "in-arguments" : "explanation";

    const put = (row, shown) =>
      [...row.children].forEach((cell, i) => {
        if (columns[i] !== "layer") cell.replaceChildren(shown[columns[i]] ?? "");
        else if (shown.layer) {
          cell.replaceChildren(shown.layer);
          for (const each of counts(row)) each.replaceChildren("…");
        }
      });
    const bar = (part, all) => {
      const style = `--paramdoc-share: ${Number((1000n * part) / (all || 1n)) / 10}%`;
      return make("span", { className: "paramdoc-share", style }, share(part, all));
    };

    const tell = () => {
      const changed = names.filter(name => given[name] !== base[name]);
      const wrong = law.whole.find(([sum]) => value(sum, given) === null);
      const all = wrong ? null : value(law.total, given);
      for (const [cell, inside] of cells) cell.replaceChildren(...inside);
      if (changed.length) {
        rows.forEach((row, i) => {
          const { sum, text, name } = law.rows[i];
          const found = sum && !wrong ? value(sum, given) : null;
          const shown = { layer: law.repeating.some(each => changed.includes(each)) && name };
          if (found !== null) {
            shown.params = written(found);
            shown[says] = text.replace(/[\p{L}_][\p{L}\p{Nd}_]*/gu, word => given[word] ?? word);
            if (all !== null) shown.share = bar(found, all);
          }
          put(row, shown);
        });
        put(total, { params: all === null ? "" : make("strong", {}, written(all)), [says]: wrong ? "" : words.formula });
      }
      const is = (one, i) => BigInt(one) === given[names[i]];
      names.forEach((name, i) => {
        const near = executed.filter(each => each.every((one, j) => j === i || is(one, j)));
        ticks[name].replaceChildren(...near.map(each => make("option", { value: each[i] })));
      });
      const at = executed.findIndex(each => each.every(is));
      reset.disabled = !changed.length;
      chosen.selectedIndex = at + 1;
      output.textContent = wrong ? wrong[1] : all === null ? "" : `${written(all)}, ${at < 0 ? words.formula : words.executed}`;
      table.dataset.note = changed.length ? `${words.formula}: ${changed.map(name => pair(name, given[name])).join(", ")}` : "";
      table.dispatchEvent(new Event("paramdoc-note"));
    };
    const set = (name, text, from) => {
      const fits = /^\s*\d{1,40}\s*$/.test(text);
      fields[name][0].ariaInvalid = !fits;
      if (!fits) return (output.textContent = `${name}: ${words.wrong}`);
      given[name] = BigInt(text);
      fields[name].forEach(each => each !== from && (each.value = text));
      tell();
    };

    const box = make("fieldset", { className: "paramdoc-sliders" }, make("legend", {}, words.legend));
    for (const [name, [now, min, max, step]] of Object.entries(law.arguments)) {
      const id = `paramdoc-${number}-${name}`, list = `${id}-list`;
      const field = make("input", { id, inputMode: "numeric", autocomplete: "off", value: now });
      const slider = make("input", { type: "range", min, max, step, value: now, ariaLabel: name });
      ticks[name] = make("datalist", { id: list });
      slider.setAttribute("list", list);
      fields[name] = [field, slider];
      fields[name].forEach(each => (each.oninput = () => set(name, each.value, each)));
      box.append(make("div", {}, make("label", { htmlFor: id }, name), slider, ticks[name], field));
    }
    const reset = make("button", { type: "button" }, words.reset);
    reset.onclick = () => names.forEach(name => set(name, `${base[name]}`));
    const settings = executed.map(each => each.map((one, i) => pair(names[i], one)).join(", "));
    const chosen = make("select", { ariaLabel: words.settings });
    chosen.append(...[words.settings, ...settings].map(each => make("option", {}, each)));
    chosen.onchange = () => executed[chosen.selectedIndex - 1]?.forEach((one, i) => set(names[i], `${one}`));
    const output = make("output");
    box.append(make("div", {}, reset, chosen, output));
    place.append(box);
    place.hidden = false;
    tell();
  };

  document.querySelectorAll(".paramdoc-law-data").forEach(begin);
})();
