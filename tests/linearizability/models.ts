import { lockoutThreshold } from '../../src/domain/lockout.ts'
import { guessesPerCode } from '../../src/domain/quotas.ts'
import type { Model } from './checker.ts'

/** What one request may do with a code: it takes from the hour's allowance, its try is counted, and only then compared and used up. */
export type CodeStep = 'ask' | 'count' | 'maybe count' | 'use' | 'find used up' | 'find limit'

interface CodeState {
  readonly asked: number
  readonly tries: number
  readonly isUsed: boolean
}

/** A code that is good once and bears so many tries, for which so many requests are answered. */
export const codeModel = ({ tries = guessesPerCode, allowance = 0 }): Model<CodeState, CodeStep> => ({
  initial: { asked: 0, tries: 0, isUsed: false },
  next: (state, step) => {
    const isExhausted = !state.isUsed && state.tries >= tries
    const counted = state.isUsed || isExhausted ? [] : [{ ...state, tries: state.tries + 1 }]
    const asked = state.asked >= allowance ? [] : [{ ...state, asked: state.asked + 1 }]
    switch (step) {
      case 'ask':
        return asked
      case 'count':
        return counted
      case 'maybe count':
        return [state, ...counted]
      case 'use':
        return state.isUsed ? [] : [{ ...state, isUsed: true }]
      case 'find used up':
        return state.isUsed ? [state] : []
      default:
        if (asked.length === 0) return [state]
        return isExhausted ? asked : []
    }
  },
})

/** A refresh token by its place in its family, as it was given to be renewed; 'wait' lets the time pass in which the one before may be sent again. */
export type RotationStep = { readonly renew: number; readonly isGood: boolean } | 'wait'

/** A family of rotating refresh tokens: the newest renews, and for a while the one before it. */
export const rotationModel = (hasGrace: boolean): Model<{ readonly newest: number; readonly inGrace: boolean }, RotationStep> => ({
  initial: { newest: 0, inGrace: false },
  next: (state, step) => {
    if (step === 'wait') return [{ ...state, inGrace: false }]
    const isNewest = step.renew === state.newest
    const isRetry = state.inGrace && step.renew === state.newest - 1
    if (step.isGood !== (isNewest || isRetry)) return []
    return [isNewest ? { newest: state.newest + 1, inGrace: hasGrace } : state]
  },
})

/** A password that is put to the test at a server: let in or not, and what comes of it. */
export type LockOutStep = { readonly server: number; readonly does: 'begin' | 'fail' | 'pass' | 'find locked' }

/** Password checks of one user at several servers, at most `atOnce` at a time at each, and none while earlier failures lock: time stands still. */
export const lockOutModel = (
  servers: number,
  atOnce = 5,
  threshold = lockoutThreshold,
): Model<{ readonly failures: number; readonly running: readonly number[] }, LockOutStep> => ({
  initial: { failures: 0, running: Array.from({ length: servers }, () => 0) },
  next: ({ failures, running }, { server, does }) => {
    const now = running[server] ?? 0
    const isLocked = failures >= threshold
    if (does === 'find locked') return isLocked ? [{ failures, running }] : []
    if (does === 'begin') return isLocked || now >= atOnce ? [] : [{ failures, running: running.with(server, now + 1) }]
    const left = running.with(server, now - 1)
    if (does === 'fail') return [{ failures: failures + 1, running: left }]
    // A check that saw no failures when it began has none to forget.
    return [
      { failures: 0, running: left },
      { failures, running: left },
    ]
  },
})

/** What is done with a name that one user at a time has. */
export type NameStep =
  | { readonly does: 'claim' | 'take' | 'find taken' | 'give up'; readonly user: string }
  | { readonly does: 'read'; readonly user: string | undefined }
  | { readonly does: 'free'; readonly user?: undefined }

/** A name in a pool: claimed while it is free, taken from whoever has it, given up by a user who may have it, freed from its holder, and read. */
export const nameModel: Model<{ readonly holder?: string | undefined }, NameStep> = {
  initial: {},
  next: ({ holder }, { does, user }) => {
    const isOthers = holder !== undefined && holder !== user
    if (does === 'take') return [{ holder: user }]
    if (does === 'claim') return isOthers ? [] : [{ holder: user }]
    if (does === 'find taken') return isOthers ? [{ holder }] : []
    if (does === 'give up') return [holder === user ? {} : { holder }]
    if (does === 'free') return holder === undefined ? [] : [{}]
    return holder === user ? [{ holder }] : []
  },
}

/** What is good once: one request gets it. */
export const onceModel: Model<boolean, 'get' | 'find gone'> = {
  initial: false,
  next: (isGone, step) => (isGone === (step === 'find gone') ? [true] : []),
}
