/** Bytes from which on it is worth the start of a second thread to read half of a table in plain text. */
export const largeFile = 32 * 2 ** 20;
