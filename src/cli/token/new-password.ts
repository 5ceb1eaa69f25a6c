import { Refusal } from '../client/refusal.ts'
import type { TokenRequest } from './token-request.ts'

/** The new password and the attributes that must come with it; throws a Refusal where the request lacks one. */
export const newPasswordFor = (
  { username, newPassword, attributes }: Pick<TokenRequest, 'username' | 'newPassword' | 'attributes'>,
  required: readonly string[],
): { readonly password: string; readonly attributes: Readonly<Record<string, string>> } => {
  if (newPassword === undefined) {
    throw new Refusal(`The password of ${username} is a temporary one, which a new one has to replace.`, {
      advice: 'Give the new one with --new-password; after that it is the --password.',
    })
  }
  const missing = required.find((name) => attributes[name] === undefined)
  if (missing === undefined) return { password: newPassword, attributes }
  throw new Refusal(`The user pool requires the attribute ${missing} together with a new password.`, {
    advice: `Give it with --attribute ${missing}=VALUE.`,
  })
}
