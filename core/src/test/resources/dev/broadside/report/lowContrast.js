// The elements whose own text has a contrast below 4.5 to what is behind it (WCAG 2).
(() => {
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);

  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

  const luminance = ([r, g, b]) =>
    0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);

  function background(element) {
    if (!element) return [255, 255, 255];
    const [r, g, b, alpha = 1] = numbers(getComputedStyle(element).backgroundColor);
    if (alpha === 0) return background(element.parentElement);
    const behind = alpha === 1 ? [0, 0, 0] : background(element.parentElement);
    return [r, g, b].map((value, i) => value * alpha + behind[i] * (1 - alpha));
  }

  function contrast(element) {
    const [a, b] = [numbers(getComputedStyle(element).color), background(element)].map(luminance);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());

  return [...document.body.querySelectorAll("*:not(script):not(noscript):not(option)")]
    .filter((element) => hasText(element) && element.getClientRects().length && contrast(element) < 4.5)
    .map((element) => `${element.tagName} "${element.textContent.slice(0, 40)}" ${contrast(element).toFixed(2)}`);
})();
