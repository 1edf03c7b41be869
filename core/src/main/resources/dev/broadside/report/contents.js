/** The links to the sections that there are. */
broadside.contents = (() => {
  const { dom } = broadside;
  const nav = document.querySelector("nav");

  const isShown = (heading) => !heading.closest("[hidden]") && !heading.closest("#summary");

  function show() {
    const headings = [...document.querySelectorAll("main h2")].filter(isShown);
    const id = (heading) => heading.closest("[id]").id;
    const link = (heading) => dom.element("a", { href: `#${id(heading)}` });
    dom.keyed(nav, headings, id, link, (child, { textContent }) => dom.text(child, textContent));
  }

  return { show };
})();
