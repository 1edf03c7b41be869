/** The links to the sections that there are. */
broadside.contents = (() => {
  const { dom } = broadside;
  const nav = document.querySelector("nav");

  function show() {
    const sections = [...document.querySelectorAll("main section[id]")].filter((section) => !section.hidden && section.querySelector("h2"));
    const named = sections.filter(({ id }) => id !== "summary").map(({ id, firstElementChild }) => [id, firstElementChild.querySelector("h2") ?? firstElementChild]);
    dom.keyed(nav, named, ([id]) => id, ([id]) => dom.element("a", { href: `#${id}` }), (link, [, heading]) => dom.text(link, heading.textContent));
  }

  return { show };
})();

/**
 * Shows a run: a document as docs/summary-json.md describes it. May be called again and again, with
 * the same run as it is by then: what the reader has zoomed, sorted, searched, unfolded or scrolled to
 * stays as it is.
 */
broadside.show = (() => {
  let first = true;

  return (run) => {
    const { summary, charts, figures, errors, details, contents, chooser } = broadside;
    for (const part of [summary, charts, figures, errors, details, contents]) part.show(run);
    if (first) chooser.follow();
    first = false;
  };
})();
