/** How much of each part the HTML report shows; smaller extents are tried until it fits. */
export interface HtmlExtent {
  /** Models with all their sections, worst first. */
  models: number;
  /** Lines of the table of models. */
  list: number;
  /** Rows of a table of gates or metrics. */
  rows: number;
  /** Gates whose reasons are told. */
  reasons: number;
  /** Lines for the policy. */
  lines: number;
  /** Charts of training curves, and of trends. */
  charts: number;
  /** Lines of a crashed step's log. */
  tail: number;
}

/** From all that a page should hold to what is small whatever the view holds. */
export const htmlExtents: readonly HtmlExtent[] = [
  { models: 50, list: 1000, rows: 1000, reasons: 200, lines: 200, charts: 12, tail: 400 },
  { models: 30, list: 500, rows: 300, reasons: 100, lines: 100, charts: 6, tail: 200 },
  { models: 10, list: 300, rows: 150, reasons: 50, lines: 50, charts: 3, tail: 100 },
  { models: 5, list: 200, rows: 60, reasons: 30, lines: 20, charts: 2, tail: 50 },
  { models: 3, list: 100, rows: 25, reasons: 15, lines: 10, charts: 1, tail: 20 },
  { models: 1, list: 50, rows: 10, reasons: 5, lines: 5, charts: 0, tail: 5 },
];

/** UTF-8 bytes of a page without the columns of single rows, which only come when they are asked for. */
export const htmlBytes = 300_000;
