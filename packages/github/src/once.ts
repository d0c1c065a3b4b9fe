/** Asks once for each key and shares the answer; a failure is forgotten, so that it may be asked again. */
export function once<T>(ask: (key: string) => Promise<T>): {
  get: (key: string) => Promise<T>;
  has: (key: string) => boolean;
} {
  const answers = new Map<string, Promise<T>>();
  return {
    has: (key) => answers.has(key),
    get: (key) => {
      const known = answers.get(key);
      if (known !== undefined) return known;
      const asked = ask(key);
      answers.set(key, asked);
      asked.catch(() => answers.delete(key));
      return asked;
    },
  };
}
