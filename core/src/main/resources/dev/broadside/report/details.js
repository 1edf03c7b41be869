/** What else there is to see: tables such as that of the turrets, counters, the configuration. */
broadside.details = (() => {
  const { dom, units, table: Table } = broadside;
  const configuration = document.getElementById("configuration");
  const json = dom.element("pre");
  configuration.append(json);

  const counters = new Table("Also counted", [
    { title: "What", left: true, value: ([name]) => name, parts: ([name]) => [name] },
    { title: "Count", value: ([, count]) => count, parts: ([, count]) => [units.count(count)], tone: ([, count]) => (count ? "" : "muted") },
  ], ([name]) => name);
  document.getElementById("counters").append(counters.element);

  function show(run) {
    const counts = Object.entries(run.counters);
    dom.show(document.getElementById("counters"), counts.length > 0);
    counters.show(counts);
    dom.keyed(document.getElementById("tables"), run.tables, shape, section, (child, { rows }) => tables.get(child).show(rows));
    dom.show(configuration, Object.keys(run.configuration).length > 0);
    dom.text(json, JSON.stringify(run.configuration, null, 2));
  }

  const tables = new WeakMap();

  const shape = ({ title, columns, rows }) => JSON.stringify([title, columns, columns.map((_, i) => isNumeric(rows, i))]);

  function section({ title, columns, rows }) {
    const table = new Table(title, columns.map((name, i) => column(name, i, !isNumeric(rows, i))), (_, index) => index);
    const made = dom.element("section", { id: `table-${title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}` }, dom.element("h2", {}, title), table.element);
    tables.set(made, table);
    return made;
  }

  const column = (title, index, left) => ({ title, left, value: (row) => sortable(row[index]), parts: (row) => [row[index]] });

  const NUMBER = /^[-+]?[\d,]*\.?\d+( ?(%|ns|µs|ms|s|min|h|\/s))?$/;

  const isNumeric = (rows, index) => rows.length > 0 && rows.every((row) => NUMBER.test(row[index]) || row[index] === "" || row[index] === "-");

  const sortable = (text) => (/^[-+]?[\d,]*\.?\d+$/.test(text) ? Number(text.replaceAll(",", "")) : text);

  return { show };
})();
