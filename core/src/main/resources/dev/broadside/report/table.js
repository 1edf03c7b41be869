/** Tables that can be sorted and searched. They show their first rows, or all if asked or printed. */
broadside.table = (() => {
  const { dom, units, theme } = broadside;
  const FIRST_ROWS = 50;
  const SEARCH_FROM = 12; // rows
  const NATURAL = new Intl.Collator("en", { numeric: true });

  /**
   * A table without rows, whose state the reader owns: it outlives new rows.
   *
   * A column has a title; value(row), to sort by; left, whether it is text; parts(row), what is
   * shown and its unit, or create(row), an element that stays as it is made; below(row), the parts
   * of a second line, if there is one; tone(row), a class.
   */
  class Table {
    /** A column of texts. */
    static text(title, value) {
      return { title, left: true, value, parts: (row) => [value(row)] };
    }

    /** A column of numbers, which stand on the right. */
    static number(title, value, format) {
      return { title, value, parts: (row) => [format(value(row))] };
    }

    constructor(title, columns, key) {
      Object.assign(this, { columns, key, sorted: null, descending: false, all: false, rows: [] });
      this.search = dom.element("input", {
        type: "search",
        placeholder: "Search",
        "aria-label": `Search ${title}`,
        oninput: () => this.draw(),
      });
      this.headers = columns.map((column, index) => this.header(column, index));
      this.body = dom.element("tbody");
      this.foot = dom.element("tfoot");
      this.more = dom.button("", () => this.showAll());
      const scroller = this.scroller(title);
      this.element = dom.element("div", { class: "table" }, this.search, scroller, this.more);
      theme.onChange(() => this.draw());
    }

    header(column, index) {
      const button = dom.button(column.title, () => this.sortBy(index));
      return dom.element("th", { scope: "col", class: column.left ? "left" : "" }, button);
    }

    /** A table wider than the page is scrolled alone, by keys, too. */
    scroller(title) {
      const head = dom.element("thead", {}, dom.element("tr", {}, ...this.headers));
      const look = { class: "scroller", tabindex: "0", role: "region", "aria-label": title };
      return dom.element("div", look, dom.element("table", {}, head, this.body, this.foot));
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
      const shown = this.all || theme.isPrinting() ? found : found.slice(0, FIRST_ROWS);
      this.headers.forEach((header, index) => header.setAttribute("aria-sort", this.order(index)));
      dom.show(this.search, this.rows.length > SEARCH_FROM);
      dom.show(this.more, shown.length < found.length);
      dom.text(this.more, `Show all ${units.count(found.length)}`);
      this.fill(this.body, shown, this.key);
      this.fill(this.foot, this.total ? [this.total] : [], () => "total");
    }

    fill(part, rows, key) {
      dom.keyed(part, rows, key, () => this.row(), (tr, row) => this.update(tr, row));
    }

    order(index) {
      if (this.sorted !== index) return "none";
      return this.descending ? "descending" : "ascending";
    }

    found() {
      const wanted = this.search.value.toLowerCase();
      const name = (row) => String(this.columns[0].value(row)).toLowerCase();
      const found = this.rows.filter((row) => name(row).includes(wanted));
      return this.sorted === null ? found : found.sort((a, b) => this.compare(a, b));
    }

    /** What has no value comes last, in either order. */
    compare(one, other) {
      const { value } = this.columns[this.sorted];
      const [a, b] = [value(one), value(other)];
      if (a == null || b == null) return (a == null) - (b == null);
      const areNumbers = typeof a === "number" && typeof b === "number";
      const order = areNumbers ? a - b : NATURAL.compare(a, b);
      return this.descending ? -order : order;
    }

    row() {
      const cell = ({ left }) => dom.element("td", { class: left ? "left" : "" });
      return dom.element("tr", {}, ...this.columns.map(cell));
    }

    update(tr, row) {
      this.columns.forEach((column, index) => {
        const cell = tr.children[index];
        if (column.create) cell.firstChild ?? cell.append(column.create(row));
        else write(cell, [column.parts(row), column.below?.(row)].filter(Boolean));
        if (column.tone) cell.className = `${column.left ? "left" : ""} ${column.tone(row)}`.trim();
      });
    }
  }

  /** The units have a place of their own, so that the numbers of all rows end below each other. */
  function write(cell, lines) {
    if (cell.textContent === lines.flat().join("")) return;
    const [first, second] = lines.map(line);
    cell.replaceChildren(...first);
    if (second) cell.append(dom.element("div", { class: "below" }, ...second));
  }

  const line = ([number, unit]) =>
    unit === undefined ? [number] : [number, dom.element("span", { class: "unit" }, unit)];

  return Table;
})();
