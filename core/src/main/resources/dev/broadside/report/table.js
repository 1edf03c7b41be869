/** Tables that can be sorted and searched, and show their first rows until asked for all. */
broadside.table = (() => {
  const { dom, units } = broadside;
  const FIRST_ROWS = 50;
  const SEARCH_FROM = 12; // rows

  /**
   * A table without rows, whose state the reader owns: it outlives new rows.
   *
   * A column has a title, left (whether it is text), value(row) to sort by, and either parts(row),
   * a number and its unit, or create(row), an element that stays; tone(row) names a class.
   */
  class Table {
    constructor(title, columns, key) {
      Object.assign(this, { columns, key, sorted: null, descending: false, all: false, rows: [] });
      this.search = dom.element("input", { type: "search", placeholder: "Search", "aria-label": `Search ${title}`, oninput: () => this.draw() });
      this.headers = columns.map((column, index) => this.header(column, index));
      this.body = dom.element("tbody");
      this.foot = dom.element("tfoot");
      this.more = dom.element("button", { type: "button", class: "more", onclick: () => this.showAll() });
      const table = dom.element("table", {}, dom.element("thead", {}, dom.element("tr", {}, ...this.headers)), this.body, this.foot);
      this.element = dom.element("div", { class: "table" }, this.search,
        dom.element("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": title }, table), this.more);
    }

    header(column, index) {
      const button = dom.element("button", { type: "button", onclick: () => this.sortBy(index) }, column.title);
      return dom.element("th", { scope: "col", class: column.left ? "left" : "" }, button);
    }

    /** Makes these its rows, in the order that the reader has chosen, and the total below them. */
    show(rows, total) {
      this.rows = rows;
      this.total = total;
      this.draw();
    }

    /** Numbers begin with the largest, texts with the first; a third time leads back. */
    sortBy(index) {
      const descendingFirst = !this.columns[index].left;
      if (this.sorted !== index) [this.sorted, this.descending] = [index, descendingFirst];
      else if (this.descending === descendingFirst) this.descending = !descendingFirst;
      else this.sorted = null;
      this.draw();
    }

    showAll() {
      this.all = true;
      this.draw();
    }

    draw() {
      const found = this.found();
      const shown = this.all ? found : found.slice(0, FIRST_ROWS);
      this.headers.forEach((header, index) => header.setAttribute("aria-sort", this.order(index)));
      dom.show(this.search, this.rows.length > SEARCH_FROM);
      dom.show(this.more, shown.length < found.length);
      dom.text(this.more, `Show all ${units.count(found.length)}`);
      dom.keyed(this.body, shown, this.key, () => this.row(), (tr, row) => this.update(tr, row));
      dom.keyed(this.foot, this.total ? [this.total] : [], () => "total", () => this.row(), (tr, row) => this.update(tr, row));
    }

    order(index) {
      if (this.sorted !== index) return "none";
      return this.descending ? "descending" : "ascending";
    }

    found() {
      const wanted = this.search.value.toLowerCase();
      const first = this.columns[0];
      const found = this.rows.filter((row) => String(first.value(row)).toLowerCase().includes(wanted));
      return this.sorted === null ? found : found.sort((a, b) => this.compare(a, b));
    }

    /** What has no value comes last, in either order. */
    compare(one, other) {
      const { value } = this.columns[this.sorted];
      const [a, b] = [value(one), value(other)];
      if (a == null || b == null) return (a == null) - (b == null);
      const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
      return this.descending ? -order : order;
    }

    row() {
      return dom.element("tr", {}, ...this.columns.map((column) => dom.element("td", { class: column.left ? "left" : "" })));
    }

    update(tr, row) {
      this.columns.forEach((column, index) => {
        const cell = tr.children[index];
        if (column.create) cell.firstChild ?? cell.append(column.create(row));
        else write(cell, ...column.parts(row));
        if (column.tone) cell.className = column.tone(row);
      });
    }
  }

  /** A number and its unit, in places of their own so that those of all rows stand below each other. */
  function write(cell, number, unit) {
    const text = number + unit;
    if (cell.textContent === text) return;
    cell.textContent = number;
    if (unit !== undefined) cell.append(dom.element("span", { class: "unit" }, unit));
  }

  return Table;
})();
