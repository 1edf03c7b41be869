/** The turrets, with what they said last of themselves. */
broadside.turrets = (() => {
  const { dom, units } = broadside;
  const GONE = ["Aborted", "Killed"];

  const time = (seconds) => (seconds < 60 ? `${Math.round(seconds)} s` : units.duration(seconds));
  const state = (turret) => (turret.silent ? `${turret.status}, silent` : turret.status);
  const isLost = (turret) => turret.silent || GONE.includes(turret.status);

  const table = new broadside.table("Turrets", [
    {
      title: "Turret", left: true,
      value: (turret) => turret.name,
      create: (turret) => dom.element("span", { class: "name", title: turret.uuid }, turret.name),
    },
    { title: "State", left: true, value: state, parts: (turret) => [state(turret)], tone: (turret) => (isLost(turret) ? "left bad" : "left") },
    { title: "Last seen", value: (turret) => turret.secondsAgo, parts: (turret) => [`${time(turret.secondsAgo)} ago`] },
    { title: "Cannons", value: (turret) => turret.cannons, parts: (turret) => [units.count(turret.cannons)] },
    { title: "Ramp-up", value: (turret) => turret.rampUpSeconds, parts: (turret) => [time(turret.rampUpSeconds)] },
    { title: "Script", left: true, value: (turret) => turret.script, create: (turret) => dom.element("span", { class: "name" }, turret.script) },
  ], (turret) => turret.uuid);

  const note = dom.element("p", { class: "muted" });
  const element = dom.element("section", { id: "turrets" }, dom.element("h2", {}, "Turrets"), note, table.element);

  function show({ turrets, turretCount }) {
    const rest = turretCount - turrets.length;
    dom.text(note, turretCount === 0 ? "None has reported yet." : `${units.count(rest)} more are not shown.`);
    dom.show(note, rest > 0 || turretCount === 0);
    dom.show(table.element, turretCount > 0);
    table.show(turrets);
  }

  return { element, show };
})();
