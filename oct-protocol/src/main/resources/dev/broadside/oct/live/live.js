/** What the headquarters does now, told by itself once a second, above the figures of its run. */
(() => {
  const { dom, units, orders, turrets } = broadside;
  const PHASES = {
    idle: "No run yet",
    waiting: "Waiting for turrets",
    firing: "Firing",
    stopping: "Stopping",
    ended: "Ended",
  };

  const phase = dom.element("strong");
  const course = dom.element("span", { class: "muted" });
  const bar = dom.element("progress", { "aria-label": "Time of the run" });
  const trouble = dom.element("p", { class: "notice", role: "status" });
  document.getElementById("live").append(
    dom.element("section", { id: "course", "aria-label": "Course of the run" },
      dom.element("p", {}, phase, " ", course), bar, trouble, orders.element),
    turrets.element);

  /** Where the run stands, in words. */
  function text(news) {
    if (news.phase === "waiting") return `${news.turretsReady} of ${news.turretsWanted} ready`;
    if (news.phase !== "firing") return "";
    return [`${units.clock(Math.floor(news.elapsedSeconds))} of ${units.clock(news.totalSeconds)}`, ...recent(news)].join(", ");
  }

  /** What the last whole interval brought, as the tiles below tell of the whole run. */
  function recent({ elapsedSeconds, summary }) {
    const { intervalSeconds, count, p50, p99 } = summary.all.series;
    const last = Math.floor(elapsedSeconds / intervalSeconds) - 1;
    if (!count[last]) return [];
    const times = p50[last] == null ? [] : [`p50 ${units.time(p50[last])}`, `p99 ${units.time(p99[last])}`];
    return [`now ${units.rate(count[last] / intervalSeconds)}`, ...times];
  }

  function showCourse(news) {
    dom.text(phase, PHASES[news.phase]);
    phase.className = news.phase;
    dom.text(course, text(news));
    dom.show(bar, news.phase === "firing");
    bar.max = news.totalSeconds ?? 1;
    bar.value = news.elapsedSeconds ?? 0;
  }

  function show(news) {
    if (!news.phase) return; // the headquarters could not tell
    showCourse(news);
    turrets.show(news);
    orders.show(news.phase, news.turretCount);
    complain("");
    dom.text(document.querySelector("h1"), news.title);
    document.title = `${PHASES[news.phase]} – ${news.title}`;
    if (news.summary) broadside.show(news.summary);
  }

  function complain(words) {
    dom.text(trouble, words);
    dom.show(trouble, words !== "");
  }

  const source = new EventSource("events");
  source.addEventListener("state", (event) => show(JSON.parse(event.data)));
  source.addEventListener("end", (event) => {
    source.close();
    show(JSON.parse(event.data));
    orders.show("closed", 0);
    complain("The headquarters has closed this page. These are its last figures.");
  });
  source.addEventListener("error", () => {
    const again = source.readyState === EventSource.CLOSED ? "Reload the page to try again." : "Trying again.";
    complain(`The connection is lost, these are the last figures that came. ${again}`);
  });
})();
