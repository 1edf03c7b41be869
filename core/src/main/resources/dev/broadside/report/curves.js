/** What the charts show of a transaction, a timer, or of all. */
broadside.curves = (() => {
  const { units, axes } = broadside;
  const FEW = 3; // points, which are drawn as such since they make no curve

  /** A curve of points (x, y); what is absent leaves a gap. */
  function curve(label, tone, points, format, look = {}) {
    return {
      label, tone, format,
      data: points,
      pointRadius: points.length <= FEW ? 3 : 0,
      pointHitRadius: 0,
      ...look,
    };
  }

  /** The middle of each interval, in seconds; the last one may be cut short by the run's end. */
  function middles(series, end) {
    return series.count.map((_, i) => (begin(series, i) + Math.max(begin(series, i), until(series, i, end))) / 2);
  }

  const begin = (series, i) => i * series.intervalSeconds;

  const until = (series, i, end) =>
    i === series.count.length - 1 && end > begin(series, i)
      ? Math.min(begin(series, i + 1), end)
      : begin(series, i + 1);

  /** A number for each interval as a rate; none for a last one too short to tell. */
  function perSecond(series, values, end) {
    return values.map((value, i) => {
      const width = until(series, i, end) - begin(series, i);
      return width < series.intervalSeconds / 2 && i > 0 ? null : value / width;
    });
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
      order: 9,
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

  function times(summary, run) {
    const { series } = summary;
    const xs = middles(series, run.durationSeconds);
    const line = (label, field, look) =>
      curve(label, field, summary.service.count ? points(xs, series[field]) : [], units.time, look);
    return [
      line("p50", "p50"), line("p90", "p90"), line("p95", "p95"), line("p99", "p99"),
      line("Max", "max", { borderWidth: 1, borderDash: [3, 3] }),
      users(run.expectedUsers, xs),
    ];
  }

  function failures(summary, run) {
    const { series } = summary;
    const xs = middles(series, run.durationSeconds);
    const format = (value, i) => `${units.count(value)} of ${units.count(series.count[i])} (${units.share(value, series.count[i])})`;
    return [
      curve("Failed", "bad", points(xs, series.failures), format, {
        type: "bar",
        barPercentage: 1,
        categoryPercentage: 0.9,
        maxBarThickness: 20,
      }),
      users(run.expectedUsers, xs),
    ];
  }

  function distribution(summary) {
    const line = (label, tone, latencies, look) =>
      curve(label, tone, places(latencies), units.time, look);
    return [
      line("Succeeded", "p95", summary.service),
      line("Failed", "bad", summary.failed, { borderDash: [5, 3] }),
    ];
  }

  /** The longest has no place on an axis of nines: it stands where the count ends. */
  function places({ count, distribution = [] }) {
    return distribution.map(([percentile, y]) => ({
      x: percentile < 100 ? axes.nines(percentile) : Math.max(1, Math.log10(count)),
      y,
      percentile,
    }));
  }

  return { throughput, times, failures, distribution };
})();
