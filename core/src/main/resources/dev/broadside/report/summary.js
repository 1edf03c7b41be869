/** The head of the page: what was run, how it went in a few figures, and whether that is enough. */
broadside.summary = (() => {
  const { dom, units, table: Table } = broadside;
  const find = (selector) => document.querySelector(selector);
  const [title, subtitle, verdict] = ["#head h1", "#head p", "#verdict"].map(find);
  const [section, tiles, nothing] = ["#summary", ".tiles", ".nothing"].map(find);
  const [notice, losses, thresholds] = [".notice", ".notice ul", ".thresholds"].map(find);

  const word = ({ passed, abort }) =>
    passed ? "holds" : abort ? "does not hold, ends the run" : "does not hold";

  const columns = [
    Table.text("Threshold", ({ threshold }) => threshold),
    { ...Table.text("Verdict", word), tone: ({ passed }) => (passed ? "ok" : "bad") },
    Table.text("Measured", ({ measured }) => measured),
  ];
  const verdicts = new Table("Thresholds", columns, (_, index) => index);
  thresholds.append(verdicts.element);

  function show(run) {
    document.title = `${run.title} – Broadside`;
    dom.text(title, run.title);
    dom.text(subtitle, `${units.instant(run.started)}, ${units.duration(run.durationSeconds)}`);
    dom.text(find("footer"), `Made by ${run.madeBy}`);
    dom.keyed(tiles, figures(run), ([name]) => name, tile, update);
    dom.show(section, true);
    dom.show(nothing, run.all.count === 0);
    showVerdicts(run);
    showLosses(run.counters);
  }

  /** Name, figure, what else is to be said of it, and whether it is bad. */
  function figures({ all, expectedUsers }) {
    const users = Math.max(0, ...expectedUsers.map(([, users]) => users));
    const failed = all.count ? units.share(all.failures, all.count) : "";
    return [
      ["Transactions", units.count(all.count)],
      ["Rate", units.rate(all.rate)],
      ["Failed", units.count(all.failures), failed, all.failures > 0],
      ...starts(all),
      ...(users ? [["Users", units.count(users), "expected"]] : []),
      time("Median", "p50", all),
      time("p95", "p95", all),
      time("p99", "p99", all),
      time("Max", "max", all),
    ];
  }

  /** Where there is a schedule: how many had to wait, and those that never ran if there are any. */
  function starts({ starts: all }) {
    if (!all) return [];
    const tile = (name, count, isBad) =>
      [name, units.count(count), units.share(count, all.scheduled), isBad];
    return [
      tile("Late", all.late, false),
      ...(all.dropped ? [tile("Dropped", all.dropped, true)] : []),
      ...(all.unstarted ? [tile("Unstarted", all.unstarted, true)] : []),
    ];
  }

  /** The response time, where there is a schedule, with the service time below it. */
  function time(name, field, { service, response }) {
    if (!response) return [name, units.time(service[field])];
    return [`${name} response`, units.time(response[field]), `${units.time(service[field])} service`];
  }

  function tile() {
    const note = dom.element("dd", { class: "muted" });
    return dom.element("div", {}, dom.element("dt"), dom.element("dd"), note);
  }

  function update(child, [name, figure, note = "", isBad = false]) {
    [name, figure, note].forEach((each, index) => dom.text(child.children[index], each));
    child.classList.toggle("bad", isBad);
  }

  function showVerdicts({ passed, thresholds: all, notes = [] }) {
    dom.show(verdict, all.length > 0 || !passed);
    dom.show(thresholds, all.length > 0);
    verdict.className = passed ? "ok" : "bad";
    dom.text(verdict, passed ? "Passed" : `Failed: ${faults(all, notes)}`);
    verdicts.show(all);
  }

  /** 1 of 3 thresholds, 1 note. */
  function faults(all, notes) {
    const broken = all.filter((each) => !each.passed).length;
    const failing = notes.filter(({ failure }) => failure).length;
    return [
      ...(broken ? [`${broken} of ${all.length} thresholds`] : []),
      ...(failing ? [`${failing} ${failing === 1 ? "note" : "notes"}`] : []),
    ].join(", ");
  }

  /** What was lost, refused or malformed is said where nobody misses it. */
  function showLosses(counters) {
    const some = Object.entries(counters).filter(([, count]) => count > 0);
    dom.show(notice, some.length > 0);
    dom.keyed(losses, some, ([name]) => name, loss, (child, [, count]) => {
      dom.text(child.lastChild, units.count(count));
    });
  }

  const loss = ([name]) =>
    dom.element("li", {}, dom.element("bdi", {}, name), " ", dom.element("b"));

  return { show };
})();
