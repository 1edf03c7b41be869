/** What no figure tells: sentences about the run, those by which it has failed in red. */
broadside.notes = (() => {
  const { dom } = broadside;
  const list = document.querySelector(".notes");

  function show({ notes = [] }) {
    dom.show(list, notes.length > 0);
    dom.keyed(list, notes, key, create, () => {});
  }

  const key = ({ text, failure }) => `${failure} ${text}`;

  const create = ({ text, failure }) =>
    dom.element("li", { class: failure ? "failing" : "" },
      ...(failure ? [dom.element("b", { class: "bad" }, "Failed"), " "] : []),
      dom.element("bdi", {}, text));

  return { show };
})();
