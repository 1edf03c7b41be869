/** One chart on the page: its heading, a link to it, and what the reader may do with it. */
broadside.plot = (() => {
  const { dom, theme } = broadside;
  const WIDE = 50; // so many times the least value
  const PAPER_WIDTH = 680; // in pixels, within the margins of A4
  const plots = [];

  Chart.defaults.animation = false;
  Chart.defaults.font.family = theme.colour("font");
  Chart.defaults.font.size = 12;
  theme.onChange(() => plots.forEach((plot) => plot.adapt()));

  /**
   * A chart without curves.
   *
   * @param id what links to it name
   * @param settings title; height, in pixels; scales, made for whether times are to be logarithmic;
   *     canBeLogarithmic; mode and tooltip, the callbacks of it; shared, whether it is zoomed
   *     together with the others that are
   */
  class Plot {
    constructor(id, settings) {
      this.settings = settings;
      this.choice = null; // of the reader: whether times are logarithmic
      this.title = dom.element("span");
      this.link = dom.element("a", { href: `#${id}`, class: "anchor" }, "#");
      this.note = dom.element("span", { class: "muted" });
      this.reset = dom.button("Reset zoom", () => this.zoomTo(null));
      this.log = dom.button("Log scale", () => this.toggleScale());
      this.canvas = dom.element("canvas", {
        role: "img",
        ondblclick: () => this.zoomTo(null),
      });
      this.figure = dom.element("figure", { id, class: "plot" },
        dom.element("figcaption", {},
          dom.element("h3", {}, this.title, this.link), this.note,
          dom.element("span", { class: "buttons" }, this.reset, this.log)),
        dom.element("div", { style: `height: ${settings.height}px` }, this.canvas));
      this.name(settings.title);
      dom.show(this.reset, false);
      plots.push(this);
    }

    /** Says what it shows. */
    name(title) {
      dom.text(this.title, title);
      this.link.setAttribute("aria-label", `Link to ${title}`);
      this.canvas.setAttribute("aria-label", title);
    }

    /**
     * Draws the curves: datasets of Chart.js, in the same order each time, with a tone, the name of
     * a colour, instead of colours. What the reader has zoomed or hidden stays so.
     */
    show(curves, note, end, leastStep) {
      this.say(note, true);
      this.chart ??= this.create();
      this.setScale(this.choice ?? (this.settings.canBeLogarithmic && isWide(curves)));
      const { datasets } = this.chart.data;
      curves.forEach((curve, i) => (datasets[i] = Object.assign(datasets[i] ?? {}, curve)));
      const { x, users } = this.chart.options.scales;
      Object.assign(x, { suggestedMax: end, leastStep });
      if (users) users.display = curves.at(-1).data.length > 0;
      this.repaint();
    }

    /** Says why there are no curves to draw. */
    sayInstead(note) {
      this.say(note, false);
    }

    say(note, isDrawn) {
      dom.text(this.note, note);
      dom.show(this.canvas.parentElement, isDrawn);
      dom.show(this.log, isDrawn && (this.settings.canBeLogarithmic ?? false));
    }

    repaint() {
      if (!this.chart) return;
      for (const curve of this.chart.data.datasets) {
        curve.borderColor = theme.colour(curve.tone);
        curve.backgroundColor = theme.colour(curve.areaTone ?? curve.tone);
      }
      this.chart.update();
    }

    /** Follows other colours, and the width of paper, which no event tells of. */
    adapt() {
      this.repaint();
      if (theme.isPrinting()) this.chart?.resize(PAPER_WIDTH, this.settings.height * 0.75);
      else this.chart?.resize();
    }

    create() {
      const { tooltip, mode } = this.settings;
      return new Chart(this.canvas, {
        type: "line",
        plugins: [airBelowLegend],
        data: { datasets: [] },
        options: {
          maintainAspectRatio: false,
          parsing: false,
          normalized: true,
          interaction: { mode, axis: "x", intersect: false },
          elements: { line: { borderWidth: 1.75, tension: 0 } },
          scales: this.settings.scales(false),
          layout: { padding: { right: 4 } },
          plugins: { legend: legend(), tooltip: tooltipLook(tooltip), zoom: this.zoom() },
        },
      });
    }

    zoom() {
      return {
        zoom: {
          mode: "x",
          drag: { enabled: true, threshold: 8, backgroundColor: "rgba(128, 128, 128, 0.2)" },
          wheel: { enabled: true, modifierKey: "ctrl" },
          onZoomComplete: () => this.zoomed(),
        },
        limits: { x: { min: "original", max: "original" } },
      };
    }

    /** Takes the others along, and offers the way back. */
    zoomed() {
      const { min, max } = this.chart.scales.x;
      const range = this.chart.isZoomedOrPanned() ? { min, max } : null;
      for (const plot of this.settings.shared ? plots.filter(isShared) : [this]) {
        if (plot !== this) plot.zoomTo(range);
        dom.show(plot.reset, range !== null);
      }
    }

    zoomTo(range) {
      if (range) this.chart.zoomScale("x", range, "none");
      else if (this.chart.isZoomedOrPanned()) this.chart.resetZoom("none");
    }

    toggleScale() {
      this.choice = !this.logarithmic;
      this.setScale(this.choice);
      this.chart.update();
    }

    setScale(logarithmic) {
      if (this.logarithmic === logarithmic) return;
      this.logarithmic = logarithmic;
      dom.text(this.log, logarithmic ? "Linear scale" : "Log scale");
      this.chart.options.scales.y = this.settings.scales(logarithmic).y;
    }
  }

  /** Whether the curves' values differ so much that all but the largest would be one line. */
  function isWide(curves) {
    const ofTimes = curves.filter((curve) => !curve.yAxisID);
    const values = ofTimes.flatMap(({ data }) => data.map(({ y }) => y)).filter((y) => y > 0);
    values.sort((a, b) => a - b);
    return values.at(-1) > WIDE * values[0];
  }

  const isShared = ({ settings, chart }) => settings.shared && chart;

  /** Names only those curves that there are. */
  function legend() {
    return {
      align: "start",
      labels: {
        boxWidth: 14,
        boxHeight: 2,
        padding: 14,
        color: () => theme.colour("text"),
        filter: (item, data) => data.datasets[item.datasetIndex].data.length > 0,
      },
    };
  }

  const airBelowLegend = {
    beforeInit: ({ legend }) => {
      const fit = legend.fit;
      legend.fit = function () {
        fit.call(this);
        this.height += 8;
      };
    },
  };

  function tooltipLook(callbacks) {
    return {
      backgroundColor: () => theme.colour("tooltip"),
      titleColor: () => theme.colour("tooltip-text"),
      bodyColor: () => theme.colour("tooltip-text"),
      padding: 10,
      boxWidth: 10,
      boxHeight: 2,
      boxPadding: 6,
      multiKeyBackground: "transparent",
      caretSize: 0,
      callbacks: {
        label: ({ dataset, raw, dataIndex }) =>
          raw.y == null ? "" : `${dataset.label}  ${dataset.format(raw.y, dataIndex)}`,
        ...callbacks,
      },
    };
  }

  return Plot;
})();
