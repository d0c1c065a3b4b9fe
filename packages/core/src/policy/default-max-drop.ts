/**
 * The `max-drop` of a gate that is given neither a policy nor a `max-drop`, so that naming the metrics alone gates a pull request. It is
 * the value of README's quick start; a share of the baseline, so it fits a metric in any unit.
 */
export const DEFAULT_MAX_DROP = "1%";

/** The value of `max-drop` that asks for no margin: without a policy everything is shown and nothing is judged. */
export const NO_MAX_DROP = "none";
