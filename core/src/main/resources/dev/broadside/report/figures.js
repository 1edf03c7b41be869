/** The tables of transactions, timers and groups. */
broadside.figures = (() => {
  const { dom, units, chooser, table: Table } = broadside;

  const TIMES = {
    Min: "min",
    Mean: "mean",
    p50: "p50",
    p75: "p75",
    p90: "p90",
    p95: "p95",
    p99: "p99",
    "p99.9": "p99.9",
    Max: "max",
    Stdev: "stdev",
  };

  /** What the times of a table are those of, and the button that leads to the other. */
  const NOTES = {
    service: ["Times are those of successes.", "Show those of failures"],
    response: [
      "Times are those of successes, from the intended start; the service time is below.",
      "Show those of failures",
    ],
    failed: ["Times are those of failures.", "Show those of successes"],
  };

  /** A section with the table of its figures. */
  class Figures {
    constructor(kind, title) {
      this.kind = kind;
      this.section = document.getElementById(kind);
      this.of = "service";
      this.note = dom.element("span", { class: "muted" });
      this.choice = dom.button("", () => this.choose());
      this.table = new Table(title, this.columns(), ({ name }) => name);
      const noted = dom.element("div", { class: "noted" }, this.note, this.choice);
      this.section.append(noted, this.table.element);
    }

    columns() {
      const share = ({ count, failures }) => units.share(failures, count);
      return [
        { title: "Name", left: true, value: ({ name }) => name, create: (row) => this.name(row) },
        Table.number("Count", ({ count }) => count, units.count),
        {
          ...Table.number("Failed", ({ failures }) => failures, units.count),
          tone: ({ failures }) => (failures ? "bad" : ""),
        },
        {
          title: "Share",
          value: ({ count, failures }) => (count ? failures / count : 0),
          parts: (row) => [share(row)],
        },
        Table.number("Rate", ({ rate }) => rate, units.rate),
        ...Object.entries(TIMES).map(([title, time]) => this.time(title, time)),
      ];
    }

    time(title, time) {
      const value = (row) => this.times(row)[time];
      const below = (row) => this.hasBoth(row) && units.timeParts(row.service[time]);
      return { title, value, parts: (row) => units.timeParts(value(row)), below };
    }

    times(row) {
      return this.hasBoth(row) ? row.response : row[this.of];
    }

    /** Whether a response time stands above the service time. */
    hasBoth({ response }) {
      return this.of === "service" && Boolean(response);
    }

    /** The name, which leads to its charts if there are any. */
    name(row) {
      const { series } = row;
      const name = dom.name(row.name);
      if (!series || row === this.total) return dom.element("span", { class: "name" }, name);
      const href = chooser.link(this.kind, row.name);
      return dom.element("a", { class: "name", title: name, href }, name);
    }

    choose() {
      this.of = this.of === "service" ? "failed" : "service";
      this.say();
      this.table.draw();
    }

    say() {
      const [note, choice] = NOTES[this.rows.some((row) => this.hasBoth(row)) ? "response" : this.of];
      dom.text(this.note, note);
      dom.text(this.choice, choice);
    }

    show(rows, total) {
      this.rows = rows;
      this.total = total;
      dom.show(this.section, rows.length > 0);
      dom.show(this.choice, this.of === "failed" || rows.some(({ failures }) => failures > 0));
      this.say();
      this.table.show(rows, total);
    }
  }

  const transactions = new Figures("transactions", "Transactions");
  const timers = new Figures("timers", "Timers");
  const groups = new Figures("groups", "Groups");

  const names = (rows) => JSON.stringify(rows.map(({ name }) => name));

  /** Groups are left out where they are called as the transactions are, and a single one is all. */
  function show(run) {
    transactions.show(run.transactions, run.transactions.length > 1 ? run.all : undefined);
    timers.show(run.timers);
    const same = run.groups.length < 2 || names(run.groups) === names(run.transactions);
    groups.show(same ? [] : run.groups);
  }

  return { show };
})();
