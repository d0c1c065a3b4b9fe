/** A task with the reason why it was taken. */
export interface Guess {
  task: "classification" | "regression";
  because: string;
}

/** More distinct whole numbers than this are a quantity, not classes. */
const mostClasses = 20;

/**
 * Guesses the task from the labels: texts are classes, and so are few distinct whole numbers; other numbers are a quantity.
 * Labels are texts when at least half of them are; a few among numbers are mistakes, which the reader of numbers names.
 * @param labels NaN where a label is no finite number
 */
export function guessTask(labels: Float64Array): Guess {
  const distinct = new Set<number>();
  let fractions = false;
  let texts = 0;
  let last = Number.NaN;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] ?? Number.NaN;
    if (label === last) continue;
    last = label;
    if (Number.isNaN(label)) texts++;
    else if (!Number.isInteger(label)) fractions = true;
    else if (distinct.size <= mostClasses) distinct.add(label);
  }
  if (texts * 2 >= labels.length) return { task: "classification", because: "its labels are texts" };
  if (fractions) return { task: "regression", because: "its labels are numbers with fractions" };
  if (distinct.size > mostClasses)
    return { task: "regression", because: `its labels are more than ${mostClasses} distinct numbers` };
  return { task: "classification", because: `its labels are ${distinct.size} distinct whole numbers` };
}
