/** The errors, each with a sample to unfold: the first of them, or all if asked for or printed. */
broadside.errors = (() => {
  const { dom, units, theme } = broadside;
  const FIRST = 30;
  const MAX_TIMERS = 50;
  const section = document.getElementById("errors");
  const list = dom.element("ul", { class: "errors" });
  const more = dom.button("", showAll);
  let errors = [];
  let all = false;
  section.append(list, more);
  theme.onChange(draw);

  function show(run) {
    errors = run.errors;
    dom.show(section, errors.length > 0);
    draw();
  }

  function showAll() {
    all = true;
    draw();
  }

  function draw() {
    const shown = all || theme.isPrinting() ? errors : errors.slice(0, FIRST);
    dom.keyed(list, shown, ({ text }) => text, item, update);
    dom.show(more, shown.length < errors.length);
    dom.text(more, `Show all ${units.count(errors.length)}`);
  }

  function item({ text, sample }) {
    const row = dom.element(sample ? "summary" : "div", { class: "error" },
      dom.element("b"),
      dom.element("span", { class: "text" }, text),
      dom.element("span", { class: "muted" }));
    return dom.element("li", {}, sample ? dom.element("details", {}, row, describe(sample)) : row);
  }

  function update(child, { count, firstSeenSeconds, lastSeenSeconds }) {
    const [first, last] = [units.moment(firstSeenSeconds), units.moment(lastSeenSeconds)];
    dom.text(child.querySelector("b"), units.count(count));
    dom.text(child.querySelector(".muted"), first === last ? first : `${first} to ${last}`);
  }

  /** The transaction that was the first with this error. */
  function describe(sample) {
    const { label, group, startSeconds, latenessMillis, serviceMillis, error } = sample;
    const timers = Object.entries(sample.timersMillis).slice(0, MAX_TIMERS);
    const isScheduled = latenessMillis !== undefined;
    const facts = [
      ["Transaction", label],
      ["Group", group],
      ["Began at", units.moment(startSeconds)],
      ...(isScheduled ? [["After its intended start", units.time(latenessMillis)]] : []),
      ["Took", units.time(serviceMillis)],
      ...timers.map(([name, millis]) => [`Timer ${name}`, units.time(millis)]),
    ];
    const fact = ([name, value]) => [dom.element("dt", {}, name), dom.element("dd", {}, value)];
    return dom.element("div", { class: "sample" },
      dom.element("dl", {}, ...facts.flatMap(fact)),
      dom.element("pre", {}, error));
  }

  return { show };
})();
