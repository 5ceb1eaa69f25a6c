import { parsePolicy } from '../domain/iam-policy.ts'

/** How long a policy may be, in characters: what IAM takes for a role (IAM user guide, "IAM and AWS STS quotas"). */
const longestPolicy = 10_240

/** What is wrong with the policy of an operator, as a sentence. */
export const operatorPolicyFault = (policy: unknown): string | undefined => {
  const parsed = parsePolicy(policy)
  if ('fault' in parsed) return `The policy can't be used: ${parsed.fault}`
  return JSON.stringify(policy).length > longestPolicy ? `A policy has at most ${longestPolicy} characters.` : undefined
}
