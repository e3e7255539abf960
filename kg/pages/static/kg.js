"use strict";
// Completion of names, the search page of a site of files, and SPARQL without a new page.
(() => {
  const make = (name, text, attributes = {}) => {
    const node = document.createElement(name);
    node.textContent = text;
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };

  // The same folding as on the server: without case, accents and punctuation.
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]/g, "")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").trim();

  // --- A site of files has its names in a script: [[path, label, kind, [names]], …]
  let loading;
  const all = (place) => loading ||= new Promise((done) => {
    const script = make("script", "", { src: place });
    script.addEventListener("load", () => done((window.kgNames || []).map(([path, label, kind, names]) =>
      ({ path, label, kind, names, keys: [label, ...names].map(fold) }))));
    script.addEventListener("error", () => done([]));
    document.head.append(script);
  });
  const rank = (keys, wanted) => {
    let best = 9;
    for (const key of keys) {
      const here = key === wanted ? 0 : key.startsWith(wanted) ? 1 : ` ${key}`.includes(` ${wanted}`) ? 2
        : key.includes(wanted) || wanted.split(" ").every((w) => ` ${key}`.includes(` ${w}`)) ? 3 : 9;
      best = Math.min(best, here);
    }
    return best;
  };
  const among = async (place, typed, most) => {
    const wanted = fold(typed);
    if (!wanted) return [];
    const root = place.replace(/static\/names\.js$/, "");
    const found = (await all(place)).map((entry, n) => [rank(entry.keys, wanted), n, entry])
      .filter(([r]) => r < 9).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return found.slice(0, most).map(([, , e]) => ({
      id: e.path, label: e.label, kind: e.kind, href: root + e.path,
      name: e.names[e.keys.slice(1).findIndex((k) => rank([k], wanted) < 9)] || e.label,
    }));
  };
  const ask = async (place, typed) => {
    const clocks = new URLSearchParams(location.search);
    const query = new URLSearchParams({ q: typed });
    for (const name of ["on", "as_of"]) if (clocks.get(name)) query.set(name, clocks.get(name));
    const answer = await fetch(`${place}?${query}`);
    return answer.ok ? (await answer.json()).hits : [];
  };
  const find = (place, typed, most) => place.endsWith(".js") ? among(place, typed, most) : ask(place, typed);

  // --- A combobox (ARIA Authoring Practices, list autocomplete with manual selection)
  const complete = (input, number) => {
    const list = make("ul", "", { role: "listbox", id: `options-${number}`, "aria-label": "Matches", class: "options" });
    list.hidden = true;
    input.after(list);
    for (const [key, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
      input.setAttribute(key, value);
    }
    let hits = [], at = -1, turn = 0;
    const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const pick = (hit) => {
      if (input.form.classList.contains("search")) { location.href = hit.href; return; }
      input.value = hit.id;
      close();
    };
    const mark = (n) => {
      at = n;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === n)));
      if (n < 0) { input.removeAttribute("aria-activedescendant"); return; }
      input.setAttribute("aria-activedescendant", list.children[n].id);
      list.children[n].scrollIntoView({ block: "nearest" });
    };
    const show = (found) => {
      hits = found;
      list.replaceChildren(...found.map((hit, n) => {
        const item = make("li", "", { role: "option", id: `${list.id}-${n}`, "aria-selected": "false" });
        item.append(make("bdi", hit.label));
        const more = [hit.name !== hit.label ? hit.name : "", hit.kind].filter(Boolean).join(" · ");
        if (more) item.append(make("small", more, { dir: "auto" }));
        item.addEventListener("mousedown", (event) => { event.preventDefault(); pick(hit); });
        return item;
      }));
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(!!found.length));
      mark(-1);
    };
    input.addEventListener("input", async () => {
      const mine = ++turn;
      if (!input.value.trim()) { close(); return; }
      await new Promise((done) => setTimeout(done, 90));
      if (mine !== turn) return;
      const found = await find(input.dataset.complete, input.value, 12).catch(() => []);
      if (mine === turn && document.activeElement === input) show(found);
    });
    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); mark((at + 1) % hits.length); }
      if (event.key === "ArrowUp") { event.preventDefault(); mark((at - 1 + hits.length) % hits.length); }
      if (event.key === "Escape") { event.preventDefault(); close(); }
      if (event.key === "Enter" && at >= 0) { event.preventDefault(); pick(hits[at]); }
    });
    input.addEventListener("blur", close);
  };
  document.querySelectorAll("input[data-complete]").forEach(complete);
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input, textarea, select");
    if (event.key === "/" && !busy && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      document.querySelector("input[type=search]").focus();
    }
  });

  // --- The search page of a site of files
  const hits = document.querySelector("#hits[data-static]");
  if (hits) {
    const typed = (new URLSearchParams(location.search).get("q") || "").slice(0, 200);
    const box = document.querySelector("main input[type=search]");
    box.value = typed;
    if (typed) {
      among(box.dataset.complete, typed, 60).then((found) => {
        hits.replaceChildren(...found.map((hit) => {
          const item = make("li", ""), link = make("a", "", { href: hit.href });
          link.append(make("bdi", hit.label));
          item.append(link, make("span", ` ${hit.kind}`, { class: "kind" }));
          return item;
        }));
        document.querySelector("#found").textContent = `${found.length} ${found.length === 1 ? "thing" : "things"} for “${typed}”.`;
      });
    }
  }

  // --- SPARQL: the protocol's own answer, when the server offers it
  const form = document.querySelector("form[data-sparql]");
  const answer = document.querySelector("#answer");
  const table = ({ head, results, boolean }) => {
    if (boolean !== undefined) return [make("p", boolean ? "yes" : "no")];
    const rows = results.bindings.map((row) => {
      const line = make("tr", "", { role: "row" });
      line.append(...head.vars.map((name) => {
        const cell = make("td", "", { role: "cell", "data-name": name });
        cell.append(make("bdi", row[name] ? row[name].value : ""));
        return cell;
      }));
      return line;
    });
    const grid = make("table", "", { role: "table" });
    const [top, body] = [make("thead", "", { role: "rowgroup" }), make("tbody", "", { role: "rowgroup" })];
    const names = make("tr", "", { role: "row" });
    names.append(...head.vars.map((name) => make("th", name, { role: "columnheader", scope: "col" })));
    top.append(names);
    body.append(...rows);
    grid.append(make("caption", "Answer"), top, body);
    return [make("p", `${rows.length} ${rows.length === 1 ? "row" : "rows"}.`, { class: "range" }), grid];
  };
  if (form) {
    form.addEventListener("submit", async (event) => {
      const clocks = [...new FormData(form)].filter(([name, value]) => name !== "query" && value);
      if (clocks.length || !/^\s*(#.*\n|\s|PREFIX\s[^>]*>|BASE\s[^>]*>)*(SELECT|ASK)\b/i.test(form.query.value)) return;
      event.preventDefault();
      answer.replaceChildren(make("p", "Running …"));
      try {
        const reply = await fetch(form.dataset.sparql, {
          method: "POST",
          headers: { Accept: "application/sparql-results+json", "Content-Type": "application/sparql-query" },
          body: form.query.value,
        });
        if (!reply.ok) throw new Error(String(reply.status));
        answer.replaceChildren(make("h2", "Answer"), ...table(await reply.json()));
        const link = new URLSearchParams({ query: form.query.value });
        history.replaceState(null, "", `${location.pathname}?${link}`);
      } catch {
        form.submit(); // the page itself says what is wrong, and where
      }
    });
  }
})();
