const [shortest, longest] = [100, 10_000]

/** How long to wait before a worker is started again that has ended so many times in a row: 0.1 s, twice as long each time, at most 10 s (ms). */
export const pauseAfter = (failures: number): number => Math.min(longest, shortest * 2 ** Math.min(failures, 16))
