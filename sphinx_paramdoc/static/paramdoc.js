/* Two buttons below each table, which copy what it shows as Markdown or as CSV. Without this script nothing is lost. */

(() => {
  const words = { copy: "Copy as {form}", copied: "Copied", failed: "Not copied", ...document.currentScript?.dataset };
  const text = cell => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll(".headerlink").forEach(each => each.remove());
    copy.querySelectorAll("sup").forEach(each => each.replaceWith(` [${each.textContent}]`));
    copy.querySelectorAll(".paramdoc-below").forEach(each => each.replaceWith(` (${each.textContent})${each.nextSibling ? ";" : ""}`));
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const plain = cell => {
    const number = cell.classList.contains("paramdoc-number") && cell.textContent.match(/^\s*([\d,]+)(?=\s|$)/);
    return number ? number[1].replaceAll(",", "") : text(cell);
  };
  const depth = row => {
    let around = 0;
    for (let inner = row.closest(".paramdoc-inner"); inner; inner = inner.parentElement.closest(".paramdoc-inner")) around++;
    return around;
  };
  const shown = table => [...table.querySelectorAll("tbody tr:not(.paramdoc-inside)")]
    .filter(row => !row.closest("thead, [hidden], tr[hidden] + .paramdoc-inside, details:not([open])"));
  const cells = row => [...row.children].filter(cell => !cell.hidden);
  const head = table => cells(table.tHead.rows[0]);

  const markdown = table => {
    const line = words => `| ${words.map(word => word.replaceAll("|", "\\|")).join(" | ")} |`;
    const sides = head(table).map(cell => (cell.classList.contains("paramdoc-number") ? "---:" : "---"));
    const indented = row => cells(row).map((cell, i) => (i ? "" : "\u00a0\u00a0".repeat(depth(row))) + text(cell));
    const lines = [line(head(table).map(text)), line(sides), ...shown(table).map(row => line(indented(row)))];
    const { formula, notes } = below(table);
    if (table.dataset.note) lines.push("", table.dataset.note);
    for (const each of formula?.children ?? []) lines.push("", each.textContent.trim());
    if (notes) lines.push("", ...[...notes.children].filter(note => note.offsetHeight).map((note, i) => `[${i + 1}] ${note.textContent.trim()}`));
    return lines.join("\n") + "\n";
  };
  // a theme may have put the table into a box
  const alone = table => (table.parentElement.children.length === 1 ? table.parentElement : table);
  const below = table => {
    const found = {};
    for (let next = alone(table).nextElementSibling; next; next = next.nextElementSibling) {
      if (next.classList.contains("paramdoc-law")) found.formula = next;
      else if (next.classList.contains("paramdoc-notes")) found.notes = next;
      else if (!next.classList.contains("paramdoc-copy")) break;
    }
    return found;
  };
  const csv = table => {
    const quoted = word => (/[",\n]/.test(word) ? `"${word.replaceAll('"', '""')}"` : word);
    const lines = [head(table).map(text), ...shown(table).map(row => cells(row).map(plain))];
    if (table.dataset.note) lines.push(head(table).map((_, i) => (i ? "" : table.dataset.note)));
    return lines.map(words => words.map(quoted).join(",")).join("\r\n") + "\r\n";
  };

  const copy = async words => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(words);
    const field = document.createElement("textarea");
    field.value = words;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("the browser does not let a page copy");
  };

  const button = (table, name, written) => {
    const made = document.createElement("button");
    const told = () => (table.dataset.note ? ` (${table.dataset.note.split(":")[0]})` : "");
    const label = () => {
      made.textContent = words.copy.replace("{form}", name) + told();
      made.disabled = table.dataset.note === ""; // there is nothing to copy
    };
    made.type = "button";
    table.addEventListener("paramdoc-note", label);
    label();
    made.addEventListener("click", async () => {
      try {
        await copy(written(table));
        made.textContent = words.copied;
      } catch {
        made.textContent = words.failed;
      }
      setTimeout(label, 1500);
    });
    return made;
  };

  const begin = () => {
    for (const table of document.querySelectorAll("table.paramdoc")) {
      const bar = document.createElement("div");
      bar.className = "paramdoc-copy";
      bar.append(button(table, "Markdown", markdown), button(table, "CSV", csv));
      (below(table).formula ?? alone(table)).after(bar);
    }
  };
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", begin) : begin();
})();
