/** Figures as people read them, in the unit that fits their magnitude. */
broadside.units = (() => {
  const TIMES = [["s", 1e3], ["ms", 1], ["µs", 1e-3], ["ns", 1e-6]]; // in milliseconds
  const COUNTS = [["G", 1e9], ["M", 1e6], ["k", 1e3]];
  const NONE = "–";

  function grouped(value, decimals) {
    return value.toLocaleString("en-US", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  }

  /** Three digits, or all before the point. */
  function threeDigits(value) {
    if (value < 1) return String(Number(value.toPrecision(3)));
    return grouped(value, value >= 100 ? 0 : value >= 10 ? 1 : 2);
  }

  /** A time's number and its unit; of minutes, all before the last unit is the number. */
  function timeParts(millis) {
    if (millis == null) return [NONE, ""];
    if (millis === 0) return ["0", ""];
    const rounded = Number(millis.toPrecision(3)); // so that 999.9 ms is 1.00 s
    if (rounded >= 60e3) return duration(Math.max(60, millis / 1e3)).split(/ (?=[a-z]+$)/);
    const [unit, size] = TIMES.find(([, size]) => rounded >= size) ?? TIMES.at(-1);
    return [rounded >= 100 * size ? grouped(millis / size, 0) : threeDigits(rounded / size), unit];
  }

  const time = (millis) => timeParts(millis).join(" ").trim();

  /** A tick of an axis whose unit is said elsewhere. */
  const tick = (value) =>
    Number(value.toPrecision(6)).toLocaleString("en-US", { maximumFractionDigits: 9 });

  /** A tick of an axis of counts, all of them in the unit of the largest: 1,500, 10k or 2.5M. */
  function countTick(value, largest) {
    if (value === 0) return "0";
    const [unit, size] = COUNTS.find(([, size]) => largest >= 10 * size) ?? ["", 1];
    return tick(value / size) + unit;
  }

  /** A tick of an axis of times, all of them in the unit of the largest. */
  function timeTick(millis, largest) {
    if (millis === 0) return "0";
    const [unit, size] = TIMES.find(([, size]) => largest >= size) ?? TIMES.at(-1);
    return `${tick(millis / size)} ${unit}`;
  }

  const count = (value) => grouped(value, 0);

  const rate = (perSecond) => (perSecond === 0 ? "0/s" : `${threeDigits(perSecond)}/s`);

  /** The share of a part in a whole; never 0 % or 100 % for what is not. */
  function share(part, whole) {
    if (part === 0 || whole === 0) return "0 %";
    const percent = (100 * part) / whole;
    if (percent < 0.01) return "< 0.01 %";
    if (part < whole && percent > 99.99) return "> 99.99 %";
    return `${Number(percent.toPrecision(percent > 99 ? 4 : percent > 10 ? 3 : 2))} %`;
  }

  /** How long something went on: 20 ms, 9.5 s, 2 min 10 s, 3 h 5 min. */
  function duration(seconds) {
    if (seconds > 0 && seconds < 0.1) return `${tick(Math.round(seconds * 1000))} ms`;
    if (seconds < 60) return `${tick(Math.round(seconds * 10) / 10)} s`;
    const whole = Math.round(seconds);
    const [h, min, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    const parts = h > 0 ? [[h, "h"], [min, "min"]] : [[min, "min"], [s, "s"]];
    const some = parts.filter(([value]) => value > 0);
    return some.map(([value, unit]) => `${count(value)} ${unit}`).join(" ");
  }

  /** How long an interval is, where it stands for each of them. */
  const each = (seconds) => (seconds === 1 ? "each second" : `each ${duration(seconds)}`);

  /** A moment of a run: 1:05, 2:00:00, or 0:01.5 where that matters. */
  function clock(seconds) {
    const exact = Math.round(seconds * 1000) / 1000;
    const [h, min, s] = [Math.floor(exact / 3600), Math.floor(exact / 60) % 60, exact % 60];
    const two = (value) => String(value).padStart(2, "0");
    const fraction = Number((s % 1).toFixed(3));
    const rest = two(Math.floor(s)) + (fraction > 0 ? String(fraction).slice(1) : "");
    return h > 0 ? `${h}:${two(min)}:${rest}` : `${min}:${rest}`;
  }

  /** When something happened: to the second, to a tenth of it in the first minute. */
  const moment = (seconds) =>
    clock(seconds < 60 ? Math.round(seconds * 10) / 10 : Math.round(seconds));

  /** A day and time in UTC: 22 Nov 2026, 05:40:00 UTC. */
  function instant(iso) {
    const format = new Intl.DateTimeFormat("en-GB", {
      day: "numeric", month: "short", year: "numeric",
      hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: "UTC",
    });
    return `${format.format(new Date(iso))} UTC`;
  }

  return {
    time, timeParts, timeTick, count, countTick, rate, share, duration, each, clock, moment,
    instant,
  };
})();
