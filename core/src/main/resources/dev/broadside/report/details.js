/** What else there is to see: tables such as that of the turrets, counters, seeds, the configuration. */
broadside.details = (() => {
  const { dom, units, table: Table } = broadside;
  const tables = document.getElementById("tables");
  const counters = document.getElementById("counters");
  const configuration = document.getElementById("configuration");

  const counts = new Table("Also counted", [
    Table.text("What", ([name]) => name),
    {
      ...Table.number("Count", ([, count]) => count, units.count),
      tone: ([, count]) => (count ? "" : "muted"),
    },
  ], ([name]) => name);
  const json = dom.element("pre");
  const seeds = document.getElementById("seeds");
  const draws = new Table("Seeds", [
    Table.text("Of", ([name]) => name),
    { title: "Seed", value: ([, seed]) => seed, parts: ([, seed]) => [seed] },
  ], ([name]) => name);
  counters.append(counts.element);
  seeds.append(draws.element);
  configuration.append(json);

  function show(run) {
    const entries = Object.entries(run.counters);
    dom.show(counters, entries.length > 0);
    counts.show(entries);
    dom.keyed(tables, run.tables, shape, section, (child, { rows }) => child.table.show(rows));
    showSeeds(run.seeds ?? {});
    dom.show(configuration, Object.keys(run.configuration).length > 0);
    dom.text(json, JSON.stringify(run.configuration, null, 2));
  }

  /** With them, what was drawn at random is drawn so again. */
  function showSeeds(all) {
    dom.show(seeds, Object.keys(all).length > 0);
    draws.show(Object.entries(all));
  }

  /** Tells apart tables that cannot be shown in the same columns. */
  const shape = ({ title, columns, rows }) =>
    JSON.stringify([title, columns, columns.map((_, index) => isNumeric(rows, index))]);

  function section({ title, columns, rows }) {
    const id = `table-${title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
    const made = dom.element("section", { id }, dom.element("h2", {}, title));
    made.table = new Table(title, columns.map((name, i) => column(name, i, rows)), (_, i) => i);
    made.append(made.table.element);
    return made;
  }

  function column(title, index, rows) {
    if (!isNumeric(rows, index)) return Table.text(title, (row) => row[index]);
    return { title, value: (row) => number(row[index]), parts: (row) => [row[index]] };
  }

  const NUMBER = /^[-+]?[\d,]*\.?\d+( ?(%|ns|µs|ms|s|min|h|\/s))?$/;
  const IN_MILLIS = { ns: 1e-6, "µs": 1e-3, ms: 1, s: 1e3, min: 6e4, h: 3.6e6 };

  const isAbsent = (text) => text === "" || text === "-" || text === "–";

  /** Whether a column holds numbers and nothing else. */
  const isNumeric = (rows, index) =>
    rows.length > 0 && rows.every((row) => NUMBER.test(row[index]) || isAbsent(row[index]));

  /** What a text such as 1,234 or 12 ms is sorted by; nothing if it is absent. */
  function number(text) {
    if (isAbsent(text)) return null;
    const [, unit] = NUMBER.exec(text);
    return parseFloat(text.replaceAll(",", "")) * (IN_MILLIS[unit?.trim()] ?? 1);
  }

  return { show };
})();
