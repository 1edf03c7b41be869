/** Whose charts are shown: those of all, or of one transaction or timer. Links may say it, too. */
broadside.chooser = (() => {
  const { dom } = broadside;
  const ALL = "";
  const select = document.querySelector("#charts select");
  const listeners = [];

  const keyOf = (kind, name) => `${kind}/${name}`;

  /** What a link to charts of this label ends with. */
  const suffix = (key) => (key === ALL ? "" : `=${encodeURIComponent(key)}`);

  /** A link to the charts of one label. */
  const link = (kind, name) => `#charts${suffix(keyOf(kind, name))}`;

  const choices = new Map();

  const groups = ["transactions", "timers"].map((kind) => dom.element("optgroup", { label: kind }));
  select.append(dom.element("option", { value: ALL }, "all transactions"), ...groups);

  /** Offers those that have curves. */
  function show(run) {
    choices.clear();
    choices.set(ALL, run.all);
    for (const group of groups) {
      const labels = run[group.label].filter(({ series }) => series);
      for (const label of labels) choices.set(keyOf(group.label, label.name), label);
      options(group, labels);
      dom.show(group, labels.length > 0);
    }
    dom.show(select.parentElement, choices.size > 1);
  }

  function options(group, labels) {
    const value = ({ name }) => keyOf(group.label, name);
    const create = (label) => dom.element("option", { value: value(label) }, dom.name(label.name));
    dom.keyed(group, labels, value, create, () => {});
  }

  /** The figures of the one that is chosen, and what links to its charts end with. */
  function chosen() {
    const key = choices.has(select.value) ? select.value : ALL;
    return { summary: choices.get(key), suffix: suffix(key) };
  }

  /** Calls when another one is chosen. */
  function onChange(listener) {
    listeners.push(listener);
  }

  select.addEventListener("change", () => {
    history.replaceState(null, "", `#charts${suffix(select.value)}`);
    listeners.forEach((listener) => listener());
  });

  /** Goes where the address points: to a place, and at charts to those of a label. */
  function follow() {
    const [id, label] = location.hash.slice(1).split("=");
    const target = id && document.getElementById(id);
    if (!target) return;
    if (target.closest("#charts")) choose(label ? decoded(label) : ALL);
    target.scrollIntoView();
  }

  /** The text of a link, which people may have cut off or typed. */
  function decoded(label) {
    try {
      return decodeURIComponent(label);
    } catch {
      return label;
    }
  }

  function choose(key) {
    if (!choices.has(key) || key === select.value) return;
    select.value = key;
    listeners.forEach((listener) => listener());
  }

  addEventListener("hashchange", follow);
  return { show, chosen, onChange, link, follow };
})();
