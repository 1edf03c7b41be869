/** What the charts show of a transaction, a timer, or of all. */
broadside.curves = (() => {
  const { units, axes } = broadside;
  const FEW = 3; // points, which are drawn as such since they make no curve
  const STEP = 1 / 8; // from one point of a distribution to the next, in nines

  /** A curve of points (x, y); what is absent leaves a gap. */
  function curve(label, tone, points, format, look = {}) {
    return {
      label, tone, format,
      data: points,
      pointRadius: radii(points),
      pointHitRadius: 0,
      ...look,
    };
  }

  /** A point is seen where it is not part of a line. */
  function radii(points) {
    if (points.length <= FEW) return 3;
    const isGap = (i) => points[i]?.y == null;
    if (!points.some((_, i) => isGap(i))) return 0;
    return points.map((_, i) => (isGap(i - 1) && isGap(i + 1) ? 2 : 0));
  }

  /** How much of an interval belongs to the run, in seconds: its end may cut the last one short. */
  function width({ intervalSeconds }, i, end) {
    return Math.min(Math.max(end - i * intervalSeconds, 0), intervalSeconds);
  }

  /** The middle of each interval. What ended after the run stands right behind its end. */
  function middles(series, end) {
    return series.count.map((_, i) => i * series.intervalSeconds + width(series, i, end) / 2);
  }

  /** A number for each interval; none for the one that the end cuts too short to tell. */
  function telling(series, values, end) {
    const isWhole = (seconds) => seconds === 0 || seconds >= series.intervalSeconds / 2;
    return values.map((value, i) => (i === 0 || isWhole(width(series, i, end)) ? value : null));
  }

  function perSecond(series, values, end) {
    const rate = (value, seconds) => (value === null || seconds === 0 ? null : value / seconds);
    return telling(series, values, end).map((value, i) => rate(value, width(series, i, end)));
  }

  const points = (xs, ys) => xs.map((x, i) => ({ x, y: ys[i] }));

  /** The expected users, which change evenly between two of the points that are known. */
  function usersAt(known, x) {
    const next = known.findIndex(([at]) => at > x);
    if (next === 0) return 0;
    if (next < 0) return known.at(-1)[1];
    const [[at, users], [nextAt, nextUsers]] = [known[next - 1], known[next]];
    return users + ((nextUsers - users) * (x - at)) / (nextAt - at);
  }

  function users(known, xs) {
    const data = known.length ? points(xs, xs.map((x) => usersAt(known, x))) : [];
    return curve("Expected users", "users", data, (value) => units.count(Math.round(value)), {
      yAxisID: "users",
      areaTone: "users-area",
      borderWidth: 1,
      fill: "origin",
      order: 9, // behind all others
    });
  }

  function throughput(summary, run) {
    const { series } = summary;
    const xs = middles(series, run.durationSeconds);
    const rates = (values) => points(xs, perSecond(series, values, run.durationSeconds));
    const succeeded = series.count.map((count, i) => count - series.failures[i]);
    return [
      curve("Succeeded", "ok-curve", rates(succeeded), units.rate),
      curve("Failed", "bad", summary.failures ? rates(series.failures) : [], units.rate),
      users(run.expectedUsers, xs),
    ];
  }

  /** Where there is a schedule the response times, and behind them two of the service times. */
  function times(summary, run) {
    const { series } = summary;
    const { response } = series;
    const of = response ?? series;
    const xs = middles(series, run.durationSeconds);
    const line = (label, tone, values, look) => {
      const told = telling(series, values, run.durationSeconds);
      return curve(label, tone, told.map((y, i) => ({ x: xs[i], y })), units.time, look);
    };
    const service = (label, values, borderDash) =>
      line(label, "service", response ? values : [], { borderDash });
    return [
      line("p50", "p50", of.p50), line("p90", "p90", of.p90),
      line("p95", "p95", of.p95), line("p99", "p99", of.p99),
      line("Max", "max", of.max, { borderWidth: 1, borderDash: [3, 3] }),
      service("Service p50", series.p50, [2, 3]), service("Service p99", series.p99, [7, 5]),
      users(run.expectedUsers, xs),
    ];
  }

  function failures(summary, run) {
    const { series } = summary;
    const xs = middles(series, run.durationSeconds);
    const format = (value, i) => {
      const count = series.count[i];
      return `${units.count(value)} of ${units.count(count)} (${units.share(value, count)})`;
    };
    return [
      curve("Failed", "bad", points(xs, series.failures), format, {
        type: "bar",
        barPercentage: 1,
        categoryPercentage: 0.9,
        maxBarThickness: 20,
        borderWidth: 1, // so that one of six hundred is seen, too
      }),
      users(run.expectedUsers, xs),
    ];
  }

  function distribution({ service, response, failed }) {
    const line = (label, tone, latencies, look) =>
      curve(label, tone, places(latencies), units.time, look);
    return [
      line("Response", "p99", response ?? {}),
      response ? line("Service", "service", service) : line("Succeeded", "p95", service),
      line("Failed", "bad", failed, { borderDash: [5, 3] }),
    ];
  }

  /** The longest has no place on an axis of nines: it stands one step behind the last that has. */
  function places({ distribution = [] }) {
    const last = distribution.length > 1 ? axes.nines(distribution.at(-2)[0]) : 0;
    return distribution.map(([percentile, y]) => ({
      x: percentile < 100 ? axes.nines(percentile) : last + STEP,
      y,
      percentile,
    }));
  }

  return { throughput, times, failures, distribution };
})();
