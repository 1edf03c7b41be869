/** The axes of charts, with ticks at round places that have room for their labels. */
broadside.axes = (() => {
  const { units, theme } = broadside;
  const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400];
  const LABEL_WIDTH = 64;
  const LABEL_HEIGHT = 20;
  const LEFT_WIDTH = 64; // the same for all charts, so that their times stand below each other
  const RIGHT_WIDTH = 48;

  function axis(options) {
    return {
      border: { display: false },
      grid: { color: () => theme.colour("grid"), drawTicks: false },
      ...options,
      ticks: { color: () => theme.colour("muted"), maxRotation: 0, padding: 8, ...options.ticks },
    };
  }

  const spread = (scale) => scale.max - scale.min || 1;

  /** The time since the beginning of the run, in seconds. */
  function clock() {
    return axis({
      type: "linear",
      bounds: "data",
      min: 0,
      afterBuildTicks: (scale) => {
        const room = Math.max(2, Math.floor(scale.chart.width / LABEL_WIDTH) - 2);
        const step = STEPS.find((each) => spread(scale) / each <= room) ?? Math.ceil(spread(scale) / room / 86400) * 86400;
        scale.ticks = multiples(scale.min, scale.max, step).map((value) => ({ value }));
      },
      grid: { display: false },
      ticks: { autoSkip: false, callback: (value) => units.clock(value) },
    });
  }

  function multiples(min, max, step) {
    const values = [];
    for (let k = Math.ceil(min / step - 1e-9); k * step <= max + 1e-9; k++) values.push(k * step);
    return values;
  }

  function left(options) {
    return axis({ beginAtZero: true, ...options, afterFit: (scale) => (scale.width = LEFT_WIDTH) });
  }

  /** How long something took, in milliseconds; linear, or logarithmic where the reader wants it. */
  function times(logarithmic) {
    return left({
      type: logarithmic ? "logarithmic" : "linear",
      afterBuildTicks: (scale) => {
        if (scale.type === "logarithmic") scale.ticks = decades(scale).map((value) => ({ value }));
      },
      ticks: {
        maxTicksLimit: 7,
        autoSkip: !logarithmic,
        callback: (value, index, ticks) => units.timeTick(value, logarithmic ? value : ticks.at(-1).value),
      },
    });
  }

  /** 1, 2 and 5 of each decade, or as many as there is room for. */
  function decades(scale) {
    const room = Math.max(2, scale.chart.height / 2 / LABEL_HEIGHT);
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

  /** How many there were. */
  function counts(options) {
    return left({ ticks: { maxTicksLimit: 6, callback: (value) => units.tick(value), ...options } });
  }

  /** How many users were expected; on the right, and quiet. */
  function users() {
    return axis({
      position: "right",
      beginAtZero: true,
      grid: { drawOnChartArea: false, drawTicks: false },
      afterFit: (scale) => (scale.width = RIGHT_WIDTH),
      ticks: { maxTicksLimit: 4, precision: 0, callback: (value) => units.count(value) },
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
    const gap = (LABEL_WIDTH * spread(scale)) / scale.chart.width;
    const taken = [];
    for (const place of [...WHOLE, ...BETWEEN].map(nines)) {
      const inside = place >= scale.min - 1e-9 && place <= scale.max + 1e-9;
      if (inside && taken.every((other) => Math.abs(other - place) > gap)) taken.push(place);
    }
    return taken.sort((a, b) => a - b).map((value) => ({ value }));
  }

  return { clock, times, counts, users, percentiles, nines, percentileAt };
})();
