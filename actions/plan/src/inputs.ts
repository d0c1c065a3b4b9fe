import { shared } from "@metricgate/core/inputs/fields";
import { z } from "zod";

const { model: _model, store: _store, ...common } = shared;

/** The inputs of `plan`. */
export const inputs = z.strictObject(common);
