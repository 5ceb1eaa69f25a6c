import type { AuthEvent } from './auth-event.ts'

/** How likely it is that somebody else signs in. */
export type RiskLevel = 'none' | 'low' | 'medium' | 'high'

/** What is known of the person's device and network. */
export type Trace = AuthEvent['trace']

/** How many of the newest events are looked at, at most. */
export const longestHistory = 600

/** Failures count for an hour. */
const recent = 60 * 60_000
const someFailures = 3
const manyFailures = 10

/**
 * Whether an event tells how the rightful user comes: a proof that held, or one that somebody vouched for. A code was asked for by
 * anybody, so asking proves nothing.
 */
export const isTrusted = ({ EventFeedback, EventResponse, EventType }: AuthEvent): boolean =>
  EventFeedback === undefined ? EventResponse === 'Pass' && EventType !== 'ResendCode' : EventFeedback.FeedbackValue === 'Valid'

const isDistrusted = ({ EventFeedback }: AuthEvent): boolean => EventFeedback?.FeedbackValue === 'Invalid'

/** Devices are told apart by their id where the application sends one, else by browser and system. */
const sameDevice = (one: Trace, other: Trace): boolean =>
  one.deviceKey === undefined || other.deviceKey === undefined
    ? one.userAgent !== undefined && one.userAgent === other.userAgent
    : one.deviceKey === other.deviceKey

const sameNetwork = (one: Trace, other: Trace): boolean => one.network !== undefined && one.network === other.network

const tellsDevice = ({ deviceKey, userAgent }: Trace): boolean => deviceKey !== undefined || userAgent !== undefined

/** Events that anybody can make hide whatever was trusted before: device and network are unknown then. */
const floodSigns = (history: readonly AuthEvent[], trusted: readonly AuthEvent[]): number =>
  trusted.length === 0 && history.length >= longestHistory ? 2 : 0

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
 * Where it is as long as can be and nothing in it is trusted, device and network count as unknown.
 * guess: levels of risk come from named rules on device, network, failures and feedback, as AWS does not publish its own.
 */
export const riskLevel = (history: readonly AuthEvent[], trace: Trace, now: number): RiskLevel => {
  const distrust = distrustSigns(history, trace)
  // What was vouched for later does not outweigh a device that is distrusted.
  const trusted = history.filter(isTrusted)
  const unknown = deviceSigns(trusted, trace) + networkSigns(trusted, trace) + floodSigns(history, trusted)
  // Who guesses from elsewhere must not make the user's own device and network look risky, and so lock the user out.
  const concerning = unknown === 0 ? history.filter((event) => sameDevice(event.trace, trace) || sameNetwork(event.trace, trace)) : history
  const signs = distrust + unknown + failureSigns(concerning, now)
  if (signs >= 4) return 'high'
  if (signs === 3) return 'medium'
  return signs === 2 ? 'low' : 'none'
}
