/** The head of the page: what was run, how it went in a few figures, and whether that is enough. */
broadside.summary = (() => {
  const { dom, units, table: Table } = broadside;
  const [title, subtitle, verdict] = ["#head h1", "#head p", "#verdict"].map((each) => document.querySelector(each));
  const section = document.getElementById("summary");
  const [tiles, notice, thresholds] = [".tiles", ".notice", ".thresholds"].map((each) => section.querySelector(each));

  const verdicts = new Table("Thresholds", [
    { title: "Threshold", left: true, value: ({ threshold }) => threshold, parts: ({ threshold }) => [threshold] },
    { title: "Measured", value: ({ measured }) => measured, parts: ({ measured }) => [measured] },
    { title: "Verdict", value: ({ passed }) => String(passed), parts: (row) => [word(row)], tone: ({ passed }) => (passed ? "ok" : "bad") },
  ], (_, index) => index);
  thresholds.append(verdicts.element);

  const word = ({ passed, abort }) => (passed ? "holds" : abort ? "does not hold, ends the run" : "does not hold");

  function show(run) {
    document.title = `${run.title} – Broadside`;
    dom.text(title, run.title);
    dom.text(subtitle, `${units.instant(run.started)}, ${units.duration(run.durationSeconds)}`);
    dom.text(document.querySelector("footer"), `Made by ${run.madeBy}`);
    dom.show(section, true);
    dom.keyed(tiles, figures(run), ([name]) => name, tile, update);
    showVerdicts(run);
    showLosses(run.counters);
  }

  /** Name, figure, what else is to be said of it, and whether it is bad. */
  function figures({ all, expectedUsers }) {
    const users = Math.max(0, ...expectedUsers.map(([, users]) => users));
    return [
      ["Transactions", units.count(all.count)],
      ["Rate", units.rate(all.rate)],
      ["Failed", units.count(all.failures), all.count ? units.share(all.failures, all.count) : "", all.failures > 0],
      ...(users ? [["Users", units.count(users), "expected at most"]] : []),
      ["Median", units.time(all.service.p50)],
      ["p95", units.time(all.service.p95)],
      ["p99", units.time(all.service.p99)],
      ["Max", units.time(all.service.max)],
    ];
  }

  const tile = () => dom.element("div", {}, dom.element("dt"), dom.element("dd"), dom.element("dd", { class: "muted" }));

  function update(child, [name, figure, note = "", isBad = false]) {
    [name, figure, note].forEach((each, index) => dom.text(child.children[index], each));
    child.classList.toggle("bad", isBad);
  }

  function showVerdicts({ passed, thresholds: all }) {
    const broken = all.filter((each) => !each.passed).length;
    dom.show(verdict, all.length > 0);
    dom.show(thresholds, all.length > 0);
    verdict.className = passed ? "ok" : "bad";
    dom.text(verdict, passed ? "Passed" : `Failed: ${broken} of ${all.length} thresholds`);
    verdicts.show(all);
  }

  /** What was lost, refused or malformed is said where nobody misses it. */
  function showLosses(counters) {
    const losses = Object.entries(counters).filter(([, count]) => count > 0);
    dom.show(notice, losses.length > 0);
    dom.text(notice, `Also counted: ${losses.map(([name, count]) => `${name} ${units.count(count)}`).join(", ")}.`);
  }

  return { show };
})();
