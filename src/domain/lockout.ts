/** From this many wrong passwords in a row on, the user is locked (developer guide, "Authentication"). */
export const lockoutThreshold = 5
/** The first lock, in ms; every further failure doubles it. */
export const firstLockout = 1000
/** The longest lock, in ms. */
export const longestLockout = 15 * 60_000
/** Failures are forgotten when no attempt was made for so long, in ms. */
export const failuresForgottenAfter = 15 * 60_000

/** Until when (epoch ms) attempts are refused uncounted; 0 when the failures lock nothing. */
export const lockedUntil = (failures: number, lastFailureAt: number): number =>
  failures < lockoutThreshold ? 0 : lastFailureAt + Math.min(longestLockout, firstLockout * 2 ** (failures - lockoutThreshold))

/**
 * Whether the failures lock now. One that lies further ahead than the longest lock was counted while the clock was wrong, and locks nothing:
 * nobody is to wait until the clock gets there.
 */
export const isLocked = (failures: number, lastFailureAt: number, now: number): boolean =>
  now < lockedUntil(failures, lastFailureAt) && lastFailureAt - now <= longestLockout
