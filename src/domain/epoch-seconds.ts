/** A moment in epoch milliseconds as tokens name it: in whole seconds, those that have begun left out. */
export const epochSeconds = (ms: number): number => Math.floor(ms / 1000)
