/** How the run kept to its schedule, if it had one. */
broadside.schedule = (() => {
  const { dom, units, table: Table } = broadside;
  const section = document.getElementById("schedule");

  const count = (title, field) => Table.number(title, ({ starts }) => starts[field], units.count);

  const bad = (title, field) =>
    ({ ...count(title, field), tone: ({ starts }) => (starts[field] ? "bad" : "") });

  const wait = ({ starts }) => starts.longestWaitMillis;

  const table = new Table("Schedule", [
    Table.text("Name", ({ name }) => dom.name(name)),
    count("Scheduled", "scheduled"),
    count("On time", "onTime"),
    count("Late", "late"),
    bad("Dropped", "dropped"),
    bad("Unstarted", "unstarted"),
    { title: "Longest wait", value: wait, parts: (row) => units.timeParts(wait(row)) },
  ], ({ name }) => name);

  const meaning = dom.element("p", { class: "muted" },
    "An intended start is late when no user was free at it and it had to wait for one,"
    + " dropped when it was not to wait, and unstarted when it still waited at the end of the run.");
  const error = dom.element("b");
  const accuracy = dom.element("p", {}, "The scheduler\u2019s own error: ", error,
    dom.element("span", { class: "muted" }, ", by which starts came later though a user was free."));
  section.append(table.element, meaning, accuracy);

  function show({ all, transactions, schedulerError }) {
    const scheduled = transactions.filter(({ starts }) => starts);
    dom.show(section, Boolean(all.starts));
    if (all.starts) table.show(scheduled, isWhole(scheduled, all) ? undefined : all);
    dom.show(accuracy, Boolean(schedulerError));
    if (schedulerError) dom.text(error, words(schedulerError));
  }

  /** Whether the only transaction tells all; an arrival may belong to none. */
  const isWhole = (rows, { starts }) =>
    rows.length === 1 && rows[0].starts.scheduled === starts.scheduled;

  const words = ({ p50, p99, max }) =>
    `p50 ${units.time(p50)}, p99 ${units.time(p99)}, max ${units.time(max)}`;

  return { show };
})();
