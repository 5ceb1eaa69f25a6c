import type { AuthEvent } from './auth-event.ts'

/** How likely it is that somebody else signs in. */
export type RiskLevel = 'none' | 'low' | 'medium' | 'high'

/** What is known of the person's device and network. */
export type Trace = AuthEvent['trace']

/** Failures count for an hour. */
const recent = 60 * 60_000
const someFailures = 3
const manyFailures = 10

/**
 * Whether an event tells how the rightful user comes: a proof that held, or one that somebody vouched for. A code was asked for by
 * anybody, so asking proves nothing.
 */
const isTrusted = ({ EventFeedback, EventResponse, EventType }: AuthEvent): boolean =>
  EventFeedback === undefined ? EventResponse === 'Pass' && EventType !== 'ResendCode' : EventFeedback.FeedbackValue === 'Valid'

const isDistrusted = ({ EventFeedback }: AuthEvent): boolean => EventFeedback?.FeedbackValue === 'Invalid'

/** Devices are told apart by their id where the application sends one, else by browser and system. */
const sameDevice = (one: Trace, other: Trace): boolean =>
  one.deviceKey === undefined || other.deviceKey === undefined
    ? one.userAgent !== undefined && one.userAgent === other.userAgent
    : one.deviceKey === other.deviceKey

const sameNetwork = (one: Trace, other: Trace): boolean => one.network !== undefined && one.network === other.network

const tellsDevice = ({ deviceKey, userAgent }: Trace): boolean => deviceKey !== undefined || userAgent !== undefined

/** An unknown device, or none told by somebody whose devices are told otherwise. */
const deviceSigns = (trusted: readonly AuthEvent[], trace: Trace): number =>
  trusted.some((event) => tellsDevice(event.trace)) && !trusted.some((event) => sameDevice(event.trace, trace)) ? 1 : 0

const networkSigns = (trusted: readonly AuthEvent[], trace: Trace): number =>
  trusted.some((event) => event.trace.network !== undefined) && !trusted.some((event) => sameNetwork(event.trace, trace)) ? 1 : 0

const failureSigns = (history: readonly AuthEvent[], now: number): number => {
  const failures = history.filter(({ EventResponse, CreationDate }) => EventResponse === 'Fail' && CreationDate > now - recent).length
  if (failures >= manyFailures) return 2
  return failures >= someFailures ? 1 : 0
}

const distrustSigns = (history: readonly AuthEvent[], trace: Trace): number =>
  history.some((event) => isDistrusted(event) && (sameDevice(event.trace, trace) || sameNetwork(event.trace, trace))) ? 3 : 0

/**
 * The level of risk of a sign-in, from signs that can be named: a device that the user never used (1), a network (1), three or ten
 * failures within the hour (1 or 2), a device or network that somebody said was not the user (3). One sign is no risk, because people
 * travel and buy devices; two are low, three medium, four high. `history` is newest first; somebody without one has no risk.
 * guess: levels of risk come from named rules on device, network, failures and feedback, as AWS does not publish its own.
 */
export const riskLevel = (history: readonly AuthEvent[], trace: Trace, now: number): RiskLevel => {
  const distrust = distrustSigns(history, trace)
  // What was vouched for later does not outweigh a device that is distrusted.
  const trusted = history.filter(isTrusted)
  const signs = distrust + deviceSigns(trusted, trace) + networkSigns(trusted, trace) + failureSigns(history, now)
  if (signs >= 4) return 'high'
  if (signs === 3) return 'medium'
  return signs === 2 ? 'low' : 'none'
}
