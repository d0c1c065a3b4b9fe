import { modelState, statePrecedence } from "../state.ts";
import type { ModelReport, ReportView } from "../view.ts";

/** The models, worst state first, then by name (code units). */
export function worstModels(view: ReportView): ModelReport[] {
  return view.models
    .map((model) => ({ model, rank: statePrecedence.indexOf(modelState(model)) }))
    .sort((a, b) => a.rank - b.rank || (a.model.model < b.model.model ? -1 : a.model.model > b.model.model ? 1 : 0))
    .map((entry) => entry.model);
}
