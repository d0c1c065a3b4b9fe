/**
 * Bytes of a table in plain text from which on it is worth the start of a second thread to have it read the second half, and from which on it
 * is worth the asking once the thread runs. A start takes as long as the reading of about 100 MiB saves.
 */
export const largeFile = { toStart: 128 * 2 ** 20, toAsk: 16 * 2 ** 20 } as const;
