/** The axes of charts, with ticks at round places that have room for their labels. */
broadside.axes = (() => {
  const { units, theme } = broadside;
  const DAY = 86400;
  const STEPS = [
    0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, DAY,
  ];
  const LABEL_GAP = 16;
  const LABEL_HEIGHT = 24;
  const OUTER_HEIGHT = 80; // of a chart, for its legend and the axis at the bottom

  /** The same for all charts, so that equal times stand below each other. */
  const leftWidth = (chart) => (chart.width < 500 ? 54 : 64);
  const rightWidth = (chart) => (chart.width < 500 ? 36 : 48);

  /** How wide what is between them is, or a little less. */
  const innerWidth = ({ chart }) => chart.width - leftWidth(chart) - rightWidth(chart);

  function widthOf(scale, label) {
    scale.ctx.font = `${Chart.defaults.font.size}px ${Chart.defaults.font.family}`;
    return scale.ctx.measureText(label).width;
  }

  function axis(options) {
    return {
      border: { display: false },
      grid: { color: () => theme.colour("grid"), drawTicks: false },
      ...options,
      ticks: { color: () => theme.colour("muted"), maxRotation: 0, padding: 8, ...options.ticks },
    };
  }

  const ticks = (values) => values.map((value) => ({ value }));

  const spread = (scale) => scale.max - scale.min || 1;

  /** The time since the beginning of the run, in seconds, in ticks of at least leastStep. */
  function clock() {
    return axis({
      type: "linear",
      bounds: "data",
      min: 0,
      afterBuildTicks: (scale) => {
        const label = `${units.clock(Math.floor(scale.max))}.0`;
        const room = Math.max(1, innerWidth(scale) / (widthOf(scale, label) + LABEL_GAP));
        const atLeast = Math.max(spread(scale) / room, scale.options.leastStep);
        scale.ticks = ticks(multiples(scale.min, scale.max, step(atLeast)));
      },
      grid: { display: false },
      ticks: { autoSkip: false, callback: (value) => units.clock(value) },
    });
  }

  const step = (atLeast) => STEPS.find((each) => each >= atLeast) ?? Math.ceil(atLeast / DAY) * DAY;

  function multiples(min, max, step) {
    const values = [];
    for (let k = Math.ceil(min / step - 1e-9); k * step <= max + 1e-9; k++) values.push(k * step);
    return values;
  }

  function left(options) {
    const afterFit = (scale) => (scale.width = leftWidth(scale.chart));
    return axis({ afterFit, ...options });
  }

  /** How long something took, in milliseconds; linear, or logarithmic where the reader wants it. */
  function times(logarithmic) {
    return left({
      type: logarithmic ? "logarithmic" : "linear",
      beginAtZero: !logarithmic,
      afterDataLimits: (scale) => {
        if (scale.type === "logarithmic") scale.min = least(scale);
      },
      afterBuildTicks: (scale) => {
        if (scale.type === "logarithmic") scale.ticks = ticks(decades(scale));
      },
      ticks: {
        maxTicksLimit: 7,
        autoSkip: !logarithmic,
        callback: (value, _, all) => units.timeTick(value, logarithmic ? value : all.at(-1).value),
      },
    });
  }

  /** The least value above zero; what took no time at all stands on the bottom, too. */
  function least(scale) {
    const { datasets } = scale.chart.data;
    const shown = scale.getMatchingVisibleMetas().flatMap(({ index }) => datasets[index].data);
    return shown.reduce((min, { y }) => (y > 0 && y < min ? y : min), scale.max);
  }

  /** 1, 2 and 5 of each decade, or as many as there is room for. */
  function decades(scale) {
    const room = Math.max(2, (scale.chart.height - OUTER_HEIGHT) / LABEL_HEIGHT);
    const [first, last] = [Math.floor(Math.log10(scale.min)), Math.ceil(Math.log10(scale.max))];
    for (const [digits, every] of [[[1, 2, 5], 1], [[1], 1], [[1], 2], [[1], 3]]) {
      const values = [];
      for (let power = first; power <= last; power += every) {
        values.push(...digits.map((digit) => Number(`${digit}e${power}`)));
      }
      const inside = values.filter((value) => value >= scale.min && value <= scale.max);
      if (inside.length <= room) return inside;
    }
    return [scale.min, scale.max];
  }

  const countTick = (value, _, all) => units.countTick(value, all.at(-1).value);

  /** How many there were. */
  function counts(options) {
    const ticks = { maxTicksLimit: 6, callback: countTick, ...options };
    return left({ beginAtZero: true, ticks });
  }

  /** How many users were expected; on the right, and quiet. */
  function users() {
    return axis({
      position: "right",
      beginAtZero: true,
      grid: { drawOnChartArea: false, drawTicks: false },
      afterFit: (scale) => (scale.width = rightWidth(scale.chart)),
      ticks: { maxTicksLimit: 4, precision: 0, callback: countTick },
    });
  }

  /** A percentile's place: how many nines it has. So the axis is that of log(1 / (1 - p)). */
  const nines = (percentile) => -Math.log10(1 - percentile / 100);

  const WHOLE = [0, 90, 99, 99.9, 99.99, 99.999, 99.9999, 99.99999, 99.999999, 99.9999999];
  const BETWEEN = [50, 75, 95, 99.5, 99.95, 99.995, 99.9995];

  function percentiles() {
    return axis({
      type: "linear",
      bounds: "data",
      min: 0,
      afterBuildTicks: (scale) => (scale.ticks = withRoom(scale)),
      ticks: { autoSkip: false, callback: (value) => `${percentileAt(value)} %` },
    });
  }

  const percentileAt = (place) => Number((100 - 100 * 10 ** -place).toPrecision(9));

  /** The whole nines first, then those between that still have room. */
  function withRoom(scale) {
    const taken = [];
    for (const percentile of [...WHOLE, ...BETWEEN]) {
      const value = nines(percentile);
      const pixels = (widthOf(scale, `${percentile} %`) + LABEL_GAP) / 2;
      const half = (pixels / innerWidth(scale)) * spread(scale);
      const inside = value >= scale.min - 1e-9 && value <= scale.max + 1e-9;
      const isFree = taken.every((other) => Math.abs(other.value - value) > other.half + half);
      if (inside && isFree) taken.push({ value, half });
    }
    return taken.sort((a, b) => a.value - b.value);
  }

  return { clock, times, counts, users, percentiles, nines, percentileAt };
})();
