/** Light, dark or paper; and the colours of the style sheet, for what is drawn on a canvas. */
broadside.theme = (() => {
  const root = document.documentElement;
  const style = getComputedStyle(root); // stays up to date by itself
  const listeners = [];

  const colour = (name) => style.getPropertyValue(`--${name}`).trim();

  /** Calls when colours have changed, and when the page becomes paper and no longer is. */
  function onChange(listener) {
    listeners.push(listener);
  }

  const changed = () => listeners.forEach((listener) => listener());

  /** Paper is light, and narrower than most windows. */
  function printing(on) {
    root.classList.toggle("printing", on);
    changed();
  }

  const isPrinting = () => root.classList.contains("printing");

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  addEventListener("beforeprint", () => printing(true));
  addEventListener("afterprint", () => printing(false));
  return { colour, onChange, isPrinting };
})();
