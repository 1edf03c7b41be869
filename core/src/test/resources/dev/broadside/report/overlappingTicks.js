// The labels of an axis that touch the next one, or stick out of their chart.
(() => {
  const faults = [];

  function box(scale, { label, options, font }) {
    const { ctx } = scale;
    ctx.font = font.string;
    const width = ctx.measureText(label).width;
    const [x, y] = options.translation;
    const left = { center: x - width / 2, right: x - width, left: x, end: x - width, start: x }[options.textAlign];
    return { label, left, right: left + width, top: y - font.lineHeight / 2, bottom: y + font.lineHeight / 2 };
  }

  const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

  for (const chart of Object.values(Chart.instances)) {
    for (const scale of Object.values(chart.scales).filter((scale) => scale.options.display)) {
      const boxes = scale.getLabelItems(chart.chartArea).map((item) => box(scale, item));
      boxes.forEach((each, i) => {
        if (i && touch(boxes[i - 1], each)) faults.push(`${scale.id}: ${boxes[i - 1].label}, ${each.label}`);
        if (each.left < 0 || each.right > chart.width) faults.push(`${scale.id}: ${each.label} sticks out`);
      });
    }
  }
  return faults;
})();
