/** The tables of transactions, timers and groups. */
broadside.figures = (() => {
  const { dom, units, chooser, table: Table } = broadside;
  const TIMES = ["min", "mean", "p50", "p75", "p90", "p95", "p99", "p99.9", "max", "stdev"];

  /** A section's table, and the choice between times of successes and of failures. */
  class Figures {
    constructor(id, title) {
      this.id = id;
      this.section = document.getElementById(id);
      this.of = "service";
      this.choice = dom.element("button", { type: "button", onclick: () => this.choose() });
      this.note = dom.element("p", { class: "muted note" });
      this.table = new Table(title, this.columns(), ({ name }) => name);
      this.section.append(dom.element("div", { class: "noted" }, this.note, this.choice), this.table.element);
    }

    columns() {
      const plain = (title, value, text, tone) => ({ title, value, parts: (row) => [text(value(row))], tone });
      return [
        { title: "Name", left: true, value: ({ name }) => name, create: (row) => this.name(row) },
        plain("Count", ({ count }) => count, units.count),
        plain("Failed", ({ failures }) => failures, units.count, ({ failures }) => (failures ? "bad" : "")),
        { title: "Share", value: ({ count, failures }) => (count ? failures / count : 0), parts: ({ count, failures }) => [units.share(failures, count)] },
        plain("Rate", ({ rate }) => rate, units.rate),
        ...TIMES.map((time) => ({
          title: time[0].toUpperCase() === "P" ? time : time[0].toUpperCase() + time.slice(1),
          value: (row) => row[this.of][time],
          parts: (row) => units.timeParts(row[this.of][time]),
        })),
      ];
    }

    /** The name, which leads to its charts if there are any. */
    name({ name, series }) {
      const kind = this.id;
      if (!series || name === this.total?.name) return dom.element("span", { class: "name", title: name }, name);
      return dom.element("a", { class: "name", title: name, href: chooser.link(kind, name) }, name);
    }

    choose() {
      this.of = this.of === "service" ? "failed" : "service";
      this.say();
      this.table.draw();
    }

    say() {
      dom.text(this.note, this.of === "service" ? "Times are those of successes." : "Times are those of failures.");
      dom.text(this.choice, this.of === "service" ? "Show those of failures" : "Show those of successes");
    }

    show(rows, total) {
      dom.show(this.section, rows.length > 0);
      dom.show(this.choice, this.of === "failed" || rows.some(({ failures }) => failures > 0));
      this.total = total;
      this.say();
      this.table.show(rows, total);
    }
  }

  const transactions = new Figures("transactions", "Transactions");
  const timers = new Figures("timers", "Timers");
  const groups = new Figures("groups", "Groups");

  const names = (rows) => JSON.stringify(rows.map(({ name }) => name));

  /** Groups are left out where they are called as the transactions are. */
  function show(run) {
    transactions.show(run.transactions, run.transactions.length > 1 ? run.all : undefined);
    timers.show(run.timers);
    groups.show(names(run.groups) === names(run.transactions) ? [] : run.groups);
  }

  return { show };
})();
