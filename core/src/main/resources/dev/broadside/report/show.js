/**
 * Shows a run: a document as docs/summary-json.md describes it. May be called again and again, with
 * the same run as it is by then: what the reader has zoomed, sorted, searched, unfolded or scrolled
 * to stays as it is.
 */
broadside.show = (() => {
  const { summary, notes, charts, schedule, figures, errors, details, contents, chooser } = broadside;
  const parts = [summary, notes, charts, schedule, figures, errors, details, contents];
  let first = true;

  return (run) => {
    for (const part of parts) part.show(run);
    if (first) chooser.follow();
    first = false;
  };
})();
