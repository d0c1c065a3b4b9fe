/** How much of each part is shown; smaller extents are tried until a body fits. */
export interface Extent {
  /** Models with a section of their own, worst first. */
  sections: number;
  /** Lines of the table of models. */
  models: number;
  /** Lines of a model's first table. */
  table: number;
  slices: number;
  /** Ids of lost and of won rows, and lines of trends and training curves; 0 leaves all that comes from rows and runs out. */
  cases: number;
  /** Lines of the fold with all gates. */
  gates: number;
  notJudged: number;
  /** Lines of a crashed step's log. */
  tail: number;
  /** Folds start open. */
  open: boolean;
}

/** From what a comment should hold to what always fits: each step shows less. */
export const commentExtents: readonly Extent[] = [
  { sections: 10, models: 100, table: 8, slices: 30, cases: 15, gates: 150, notJudged: 50, tail: 40, open: false },
  { sections: 6, models: 100, table: 8, slices: 20, cases: 15, gates: 50, notJudged: 20, tail: 30, open: false },
  { sections: 5, models: 60, table: 8, slices: 10, cases: 10, gates: 20, notJudged: 10, tail: 20, open: false },
  { sections: 3, models: 40, table: 8, slices: 5, cases: 5, gates: 8, notJudged: 5, tail: 10, open: false },
  { sections: 1, models: 20, table: 8, slices: 0, cases: 0, gates: 0, notJudged: 3, tail: 5, open: false },
  { sections: 1, models: 5, table: 3, slices: 0, cases: 0, gates: 0, notJudged: 0, tail: 0, open: false },
];

/** The same for a job summary, which starts with everything. */
export const summaryExtents: readonly Extent[] = [
  {
    sections: 300,
    models: 1000,
    table: 8,
    slices: 8000,
    cases: 100,
    gates: 8000,
    notJudged: 8000,
    tail: 200,
    open: true,
  },
  { sections: 100, models: 1000, table: 8, slices: 500, cases: 50, gates: 2000, notJudged: 500, tail: 100, open: true },
  { sections: 30, models: 500, table: 8, slices: 100, cases: 15, gates: 500, notJudged: 100, tail: 60, open: true },
  { sections: 10, models: 200, table: 8, slices: 40, cases: 15, gates: 150, notJudged: 50, tail: 40, open: true },
  ...commentExtents.slice(2).map((extent) => ({ ...extent, open: true })),
];
