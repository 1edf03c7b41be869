/** The page's elements. Whatever a run holds becomes text and never markup. */
broadside.dom = (() => {
  /** An element with attributes and children; strings among these become text. */
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  }

  const button = (text, onclick) => element("button", { type: "button", onclick }, text);

  /** Sets an element's text, unless that would change nothing but the reader's selection. */
  function text(node, value) {
    if (node.textContent !== value) node.textContent = value;
  }

  /** A name as it is shown: one without a character to see could not be clicked. */
  const name = (given) => (given.trim() === "" ? "(no name)" : given);

  function show(node, visible) {
    node.hidden = !visible;
  }

  const keptChildren = new WeakMap();

  /**
   * Makes the children of a parent those of a list: an element that was made for an item's key
   * stays, with its state, and is brought up to date. Items of one key keep their order.
   */
  function keyed(parent, items, key, create, update) {
    const before = keptChildren.get(parent) ?? new Map();
    const now = new Map();
    items.forEach((item, index) => {
      let name = key(item, index);
      while (now.has(name)) name += " ";
      const child = before.get(name) ?? create(item);
      now.set(name, child);
      update(child, item);
      const there = parent.children[index] ?? null;
      if (there !== child) parent.insertBefore(child, there);
    });
    for (const [name, child] of before) if (!now.has(name)) child.remove();
    keptChildren.set(parent, now);
  }

  return { element, button, text, name, show, keyed };
})();
