import { type Policy, parsePolicy } from '../domain/iam-policy.ts'

/**
 * Reads policies that are stored as text, each once: at most `max` are kept, and none of them any more when there are more. Throws an Error
 * for a text that is no policy.
 */
export const createPolicyReader = (max: number): ((text: string) => Policy) => {
  const known = new Map<string, Policy>()
  return (text) => {
    const cached = known.get(text)
    if (cached !== undefined) return cached
    const policy = parsePolicy(JSON.parse(text))
    if ('fault' in policy) throw new Error(`a stored policy does not hold: ${policy.fault}`)
    if (known.size >= max) known.clear()
    known.set(text, policy)
    return policy
  }
}
