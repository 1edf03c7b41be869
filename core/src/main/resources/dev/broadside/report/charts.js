/** The charts of a run. */
broadside.charts = (() => {
  const { dom, units, axes, curves, chooser, plot: Plot } = broadside;
  const section = document.getElementById("charts");
  let run;

  const FROM = "from the intended start, ";

  const overTime = (y) => (logarithmic) => ({
    x: axes.clock(),
    y: y(logarithmic),
    users: axes.users(),
  });

  /** From when to when an interval went. */
  const interval = ([{ raw, dataset }]) => {
    const half = dataset.data.length > 1 ? (dataset.data[1].x - dataset.data[0].x) / 2 : raw.x;
    return `${units.clock(Math.max(0, raw.x - half))} to ${units.clock(raw.x + half)}`;
  };

  const percentile = ([{ raw }]) => `${Number(raw.percentile.toPrecision(6))} % took at most`;

  const time = { mode: "index", shared: true, tooltip: { title: interval } };

  const plots = {
    throughput: new Plot("throughput", {
      ...time,
      title: "Throughput",
      height: 220,
      scales: overTime(() => axes.counts()),
    }),
    times: new Plot("times", {
      ...time,
      title: "Service time",
      height: 300,
      canBeLogarithmic: true,
      scales: overTime(axes.times),
    }),
    failures: new Plot("failures", {
      ...time,
      title: "Failures",
      height: 160,
      scales: overTime(() => axes.counts({ precision: 0 })),
    }),
    distribution: new Plot("distribution", {
      title: "Distribution",
      mode: "nearest",
      height: 300,
      canBeLogarithmic: true,
      scales: (logarithmic) => ({ x: axes.percentiles(), y: axes.times(logarithmic) }),
      tooltip: { title: percentile },
    }),
  };
  section.querySelector(".plots").append(...Object.values(plots).map((plot) => plot.figure));
  chooser.onChange(draw);

  /** Draws the run, or the same run as it is now. */
  function show(latest) {
    run = latest;
    chooser.show(run);
    dom.show(section, run.all.count > 0);
    if (run.all.count > 0) draw();
  }

  function draw() {
    const { summary, suffix } = chooser.chosen();
    const { intervalSeconds } = summary.series;
    const each = units.each(intervalSeconds);
    const end = run.durationSeconds;
    for (const [id, plot] of Object.entries(plots)) plot.link.hash = id + suffix;
    dom.show(plots.failures.figure, summary.failures > 0);
    const plot = (id, note) =>
      plots[id].show(curves[id](summary, run), note, end, intervalSeconds);
    plot("throughput", "per second");
    plots.times.name(summary.starts ? "Response time" : "Service time");
    if (summary.service.count) plot("times", `of successes, ${summary.starts ? FROM : ""}${each}`);
    else plots.times.sayInstead("no success");
    if (summary.failures) plot("failures", each);
    plots.distribution.show(curves.distribution(summary), "by percentile");
  }

  return { show };
})();
