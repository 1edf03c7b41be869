/** The buttons that give orders, and the token without which nobody may. */
broadside.orders = (() => {
  const { dom } = broadside;
  const KEY = "broadside-token";

  /** From the address that the headquarters has printed, else what this tab was told before. */
  function knownToken() {
    const given = new URLSearchParams(location.hash.slice(1)).get("token");
    if (given === null) return sessionStorage.getItem(KEY) ?? "";
    sessionStorage.setItem(KEY, given);
    history.replaceState(null, "", location.pathname); // not to be shown around with the address
    return given;
  }

  const token = dom.element("input", { type: "text", autocomplete: "off", spellcheck: "false", placeholder: "as printed on the console" });
  const asking = dom.element("label", { class: "token muted" }, "Token ", token);
  const answer = dom.element("span", { role: "status" });
  token.value = knownToken();
  dom.show(asking, token.value === "");

  const start = button("Start now", () => give("start", "The run starts with the turrets that are ready."));
  const stop = button("Stop", () => give("stop", "The run is ended in order."));
  const kill = button("Kill turrets", () => dialog.showModal());
  kill.classList.add("bad");
  const dialog = dom.element("dialog", { "aria-label": "Kill turrets" },
    dom.element("p", {}, "All turrets shut down, and fire in no further run until somebody starts them again."),
    dom.element("p", { class: "choice" },
      button("Keep them", () => dialog.close()),
      button("Kill them", () => { dialog.close(); give("kill", "The turrets are told to shut down."); })));

  function button(words, onclick) {
    return dom.element("button", { type: "button", onclick }, words);
  }

  async function give(order, done) {
    const headers = { "X-Broadside-Token": token.value.trim() };
    const { ok, status, words } = await fetch(order, { method: "POST", headers }).then(
      async (reply) => ({ ok: reply.ok, status: reply.status, words: await reply.text() }),
      () => ({ ok: false, words: "The headquarters cannot be reached." }));
    if (ok) sessionStorage.setItem(KEY, token.value.trim());
    dom.show(asking, status === 403 || (!ok && token.value === ""));
    if (status === 403) token.focus();
    answer.className = ok ? "muted" : "bad";
    dom.text(answer, ok ? done : words.trim());
  }

  let lastPhase = "";

  /** Offers what can be done in this phase. */
  function show(phase, turrets) {
    if (phase !== lastPhase) dom.text(answer, ""); // it was about the phase before
    lastPhase = phase;
    start.disabled = phase !== "waiting" || turrets === 0;
    stop.disabled = phase !== "waiting" && phase !== "firing";
    kill.disabled = phase === "closed" || turrets === 0;
  }

  return { element: dom.element("div", { class: "orders" }, start, stop, kill, asking, answer, dialog), show };
})();
