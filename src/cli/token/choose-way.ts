import { Refusal } from '../client/refusal.ts'
import type { TokenRequest } from './token-request.ts'

/** Ways to prove who one is that a program can go, the easiest first. */
const programs = ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'SMS_MFA', 'SOFTWARE_TOKEN_MFA']

/** What no list of second factors has. */
const firstFactors = ['PASSWORD', 'PASSWORD_SRP', 'SMS_OTP', 'WEB_AUTHN']

/** Which of the ways that a server offers is taken: the one that was asked for, or what the request can answer. Throws a Refusal. */
export const chooseWay = (
  offered: readonly string[],
  { firstFactor, totpSecret }: Pick<TokenRequest, 'firstFactor' | 'totpSecret'>,
): string => {
  const isFirst = offered.some((way) => firstFactors.includes(way))
  const wanted =
    isFirst && firstFactor !== undefined ? [firstFactor] : [...(totpSecret === undefined ? [] : ['SOFTWARE_TOKEN_MFA']), ...programs]
  const chosen = wanted.find((way) => offered.includes(way))
  if (chosen !== undefined) return chosen
  throw new Refusal(`The server offers ${offered.join(', ') || 'no way'} to sign in with.`, {
    why: isFirst && firstFactor !== undefined ? `${firstFactor} is not among them.` : 'This command can go none of these ways.',
  })
}
