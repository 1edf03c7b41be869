/** One chart on the page: its heading, a link to it, and what the reader may do with it. */
broadside.plot = (() => {
  const { dom, theme } = broadside;
  const plots = [];

  Chart.defaults.animation = false;
  Chart.defaults.font.family = theme.colour("font");
  Chart.defaults.font.size = 12;
  theme.onChange(() => plots.forEach((plot) => plot.repaint()));

  /**
   * A chart without curves.
   *
   * @param id what links to it name
   * @param settings title, note, height in pixels, scales (called with whether times are to be
   *     logarithmic), canBeLogarithmic, tooltip (callbacks), mode (of the tooltip), shared (whether
   *     it is zoomed together with the others that share their x axis)
   */
  class Plot {
    constructor(id, settings) {
      this.settings = settings;
      this.logarithmic = false;
      this.link = dom.element("a", { href: `#${id}`, class: "anchor", "aria-label": `Link to ${settings.title}` }, "#");
      this.note = dom.element("span", { class: "muted" });
      this.reset = button("Reset zoom", () => this.resetZoom());
      this.log = button("Log scale", () => this.toggleScale());
      this.canvas = dom.element("canvas", { role: "img", "aria-label": settings.title });
      this.figure = dom.element("figure", { id, class: "plot" },
        dom.element("figcaption", {},
          dom.element("h3", {}, settings.title, this.link), this.note,
          dom.element("span", { class: "buttons" }, this.reset, this.log)),
        dom.element("div", { class: "canvas", style: `height: ${settings.height}px` }, this.canvas));
      dom.show(this.reset, false);
      dom.show(this.log, settings.canBeLogarithmic ?? false);
      plots.push(this);
    }

    /**
     * Draws the curves: datasets of Chart.js, in the same order each time, with a tone, the name of
     * a colour, instead of colours. What the reader has zoomed or hidden stays so.
     */
    show(curves, note, end) {
      dom.text(this.note, note);
      this.chart ??= this.create();
      curves.forEach((curve, index) => {
        this.chart.data.datasets[index] = Object.assign(this.chart.data.datasets[index] ?? {}, curve);
      });
      this.chart.options.scales.x.suggestedMax = end;
      this.repaint();
    }

    repaint() {
      if (!this.chart) return;
      for (const curve of this.chart.data.datasets) {
        curve.borderColor = theme.colour(curve.tone);
        curve.backgroundColor = theme.colour(curve.areaTone ?? curve.tone);
      }
      this.chart.update("none");
    }

    create() {
      const { tooltip, mode } = this.settings;
      return new Chart(this.canvas, {
        type: "line",
        data: { datasets: [] },
        options: {
          maintainAspectRatio: false,
          parsing: false,
          normalized: true,
          interaction: { mode, axis: "x", intersect: false },
          elements: { line: { borderWidth: 1.75, tension: 0 } },
          scales: this.settings.scales(false),
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
      const isZoomed = this.chart.isZoomedOrPanned();
      dom.show(this.reset, isZoomed);
      if (!this.settings.shared) return;
      const { min, max } = this.chart.scales.x;
      for (const other of plots) {
        if (other === this || !other.settings.shared || !other.chart) continue;
        if (isZoomed && !other.shows(min, max)) other.chart.zoomScale("x", { min, max }, "none");
        else if (!isZoomed && other.chart.isZoomedOrPanned()) other.chart.resetZoom("none");
      }
    }

    shows(min, max) {
      const { x } = this.chart.scales;
      const tolerance = (max - min) / 1000;
      return Math.abs(x.min - min) < tolerance && Math.abs(x.max - max) < tolerance;
    }

    resetZoom() {
      this.chart.resetZoom("none");
      this.zoomed();
    }

    toggleScale() {
      this.logarithmic = !this.logarithmic;
      dom.text(this.log, this.logarithmic ? "Linear scale" : "Log scale");
      this.chart.options.scales.y = this.settings.scales(this.logarithmic).y;
      this.chart.update("none");
    }
  }

  function button(text, onclick) {
    return dom.element("button", { type: "button", onclick }, text);
  }

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

  function tooltipLook(callbacks) {
    return {
      backgroundColor: () => theme.colour("tooltip"),
      titleColor: () => theme.colour("tooltip-text"),
      bodyColor: () => theme.colour("tooltip-text"),
      padding: 10,
      boxWidth: 10,
      boxHeight: 2,
      caretSize: 0,
      callbacks: {
        label: ({ dataset, raw, dataIndex }) => `${dataset.label}  ${dataset.format(raw.y, dataIndex)}`,
        ...callbacks,
      },
    };
  }

  return Plot;
})();
