import { call } from '../api/call.ts'
import { hasRisk, type Risk, riskOf, wholeRisk } from './risk.ts'

/** A pool, or one of its app clients. */
export interface RiskTarget {
  readonly UserPoolId: string
  readonly ClientId?: string
}

const described = async (target: RiskTarget, signal?: AbortSignal): Promise<Risk> =>
  riskOf((await call('DescribeRiskConfiguration', target, signal)).RiskConfiguration)

/** The responses that hold for a pool or an app client, and whether a client has them from its pool. Throws ApiError. */
export const loadRisk = async (
  target: RiskTarget,
  signal?: AbortSignal,
): Promise<{ readonly risk: Risk; readonly isInherited: boolean }> => {
  const own = await described(target, signal)
  if (target.ClientId === undefined || hasRisk(own)) return { risk: own, isInherited: false }
  return { risk: await described({ UserPoolId: target.UserPoolId }, signal), isInherited: true }
}

/** Changes a part of the responses as they are now; the call replaces all of them. A client that had none of its own has all of them then. Throws ApiError. */
export const updateRisk = async (target: RiskTarget, partOf: (now: Risk) => Risk): Promise<void> => {
  const { risk } = await loadRisk(target)
  const changed = { ...risk, ...partOf(risk) }
  await call('SetRiskConfiguration', { ...target, ...(target.ClientId === undefined ? changed : wholeRisk(changed)) })
}

/** Lets an app client follow its pool again. Throws ApiError. */
export const resetRisk = (target: RiskTarget): Promise<unknown> => call('SetRiskConfiguration', { ...target })
