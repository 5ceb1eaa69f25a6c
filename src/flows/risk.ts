import type { Context } from '../context.ts'
import type { AuthEvent } from '../domain/auth-event.ts'
import { isInRanges } from '../domain/ip-range.ts'
import type { Assessment } from '../domain/progress.ts'
import { isTrusted, longestHistory, type RiskLevel, riskLevel } from '../domain/risk.ts'
import { type RiskRules, riskRules } from '../domain/risk-configuration.ts'
import { type ThreatMode, threatMode } from '../domain/threat-mode.ts'
import { requestNotAllowed } from '../errors.ts'
import type { KnownAttempt } from './attempt.ts'
import { clientContext, type Reported } from './client-context.ts'
import type { OpenClient } from './open-client.ts'

/** How many events are read at once, and what is enough as long as one of them is trusted. */
const pageSize = 60

const noRisk: Assessment = { level: 'none', action: 'NO_ACTION', notify: false }

/** The newest events; further back while none of them is trusted, because anybody can make events that are not. */
const historyOf = async (ctx: Context, { pool, user }: KnownAttempt): Promise<AuthEvent[]> => {
  const history: AuthEvent[] = []
  let after: string | undefined
  do {
    const { rows, next } = await ctx.store.authEvents.list(pool.uid, user.id, { limit: pageSize, after })
    history.push(...rows)
    after = next
  } while (after !== undefined && history.length < longestHistory && !history.some(isTrusted))
  return history
}

const levelOf = async (ctx: Context, attempt: KnownAttempt, trace: ReturnType<typeof clientContext>['trace']): Promise<RiskLevel> =>
  riskLevel(await historyOf(ctx, attempt), trace, ctx.clock.now())

/** guess: a level of risk that AccountTakeoverRiskConfiguration names no action for has none. */
const responseTo = (level: RiskLevel, { takeover }: RiskRules): Assessment => {
  const { LowAction, MediumAction, HighAction } = takeover.Actions
  const action = { none: undefined, low: LowAction, medium: MediumAction, high: HighAction }[level]
  return { level, action: action?.EventAction ?? 'NO_ACTION', notify: action?.Notify === true }
}

const observed = (mode: ThreatMode, assessment: Assessment): Assessment =>
  mode === 'ENFORCED' ? assessment : { ...assessment, action: 'NO_ACTION', notify: false }

/**
 * Assesses a sign-in whose first factor was proved, by the rules of client and pool; in audit mode the level alone, and nothing where
 * threat protection is off. Addresses that are always allowed have no risk, those always blocked no level (developer guide, "IP address
 * allowlist and denylist").
 */
export const assessRisk = async (ctx: Context, attempt: KnownAttempt): Promise<Assessment> => {
  const mode = threatMode(attempt.pool, attempt.progress.flow)
  if (mode === 'OFF') return noRisk
  const rules = riskRules(attempt.pool, attempt.client)
  const { ip, trace } = clientContext(ctx, attempt.client, attempt.request)
  if (isInRanges(ip, rules.exceptions.BlockedIPRangeList)) {
    return observed(mode, { level: 'none', action: 'BLOCK', notify: false, blockedAddress: true })
  }
  if (isInRanges(ip, rules.exceptions.SkippedIPRangeList)) return noRisk
  return observed(mode, responseTo(await levelOf(ctx, attempt, trace), rules))
}

/** Whether the request comes from an address that the operator always blocks, where threat protection is enforced. */
export const isBlockedAddress = (ctx: Context, { pool, client }: OpenClient, reported: Reported): boolean =>
  threatMode(pool) === 'ENFORCED' &&
  isInRanges(clientContext(ctx, client, reported).ip, riskRules(pool, client).exceptions.BlockedIPRangeList)

/** Throws NotAuthorizedException for such an address; asked before anything else is looked at. */
export const requireAllowedAddress = (ctx: Context, opened: OpenClient, reported: Reported): void => {
  if (isBlockedAddress(ctx, opened, reported)) throw requestNotAllowed()
}
