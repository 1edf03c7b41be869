/** The errors, each with a sample to unfold. */
broadside.errors = (() => {
  const { dom, units } = broadside;
  const FIRST = 30;
  const section = document.getElementById("errors");
  const list = dom.element("ul", { class: "errors" });
  const more = dom.element("button", { type: "button", class: "more", onclick: showAll });
  let errors = [];
  let all = false;
  section.append(list, more);

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
    dom.keyed(list, all ? errors : errors.slice(0, FIRST), ({ text }) => text, item, update);
    dom.show(more, !all && errors.length > FIRST);
    dom.text(more, `Show all ${units.count(errors.length)}`);
  }

  function item({ text, sample }) {
    const head = [dom.element("b"), dom.element("span", { class: "text" }, text), dom.element("span", { class: "muted" })];
    if (!sample) return dom.element("li", {}, dom.element("div", { class: "error" }, ...head));
    return dom.element("li", {}, dom.element("details", {}, dom.element("summary", { class: "error" }, ...head), describe(sample)));
  }

  function update(child, { count, firstSeenSeconds, lastSeenSeconds }) {
    dom.text(child.querySelector("b"), units.count(count));
    const [first, last] = [units.clock(firstSeenSeconds), units.clock(lastSeenSeconds)];
    dom.text(child.querySelector(".muted"), count > 1 ? `${first} to ${last}` : first);
  }

  /** The transaction that was the first with this error. */
  function describe({ label, group, startSeconds, serviceMillis, error, timersMillis }) {
    const facts = [
      ["Transaction", label],
      ["Group", group],
      ["Began at", units.clock(startSeconds)],
      ["Took", units.time(serviceMillis)],
      ...Object.entries(timersMillis).slice(0, 50).map(([name, millis]) => [`Timer ${name}`, units.time(millis)]),
    ];
    return dom.element("div", { class: "sample" },
      dom.element("dl", {}, ...facts.flatMap(([name, value]) => [dom.element("dt", {}, name), dom.element("dd", {}, value)])),
      dom.element("pre", {}, error));
  }

  return { show };
})();
