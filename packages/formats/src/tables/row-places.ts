import type { Places } from "./open-table.ts";

/** Rows that are named by their number, from 1. */
export const rowPlaces: Places = { unit: "row", of: (row) => row + 1 };
