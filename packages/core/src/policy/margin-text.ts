/** A margin as text: a number >= 0, or a share such as `2%`. */
export const marginPattern = /^\d+(\.\d+)?\s*%?$/;

export const marginError = 'is not a margin: a number such as 0.01, or a share such as "2%"';
