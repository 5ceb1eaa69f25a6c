import type { UserPool } from '../domain/user-pool.ts'
import { field } from './components/field.ts'
import { errorAt, type Faults } from './fault.ts'
import type { Html } from './html.ts'
import type { Strings } from './strings/strings.ts'

/** What people of the pool call themselves when they sign in. */
const labelOf = ({ UsernameAttributes, AliasAttributes }: UserPool, { signIn }: Strings): string => {
  const has = (name: string) => [...(UsernameAttributes ?? []), ...(AliasAttributes ?? [])].some((attribute) => attribute === name)
  const [email, phone] = [has('email'), has('phone_number')]
  if (UsernameAttributes?.length) {
    if (email && phone) return signIn.emailOrPhone
    return email ? signIn.email : signIn.phone
  }
  if (email && phone) return signIn.usernameEmailOrPhone
  if (email) return signIn.usernameOrEmail
  return phone ? signIn.usernameOrPhone : signIn.username
}

/** How a field for who signs in differs from page to page. */
export interface IdentifierOptions {
  readonly id?: string | undefined
  readonly value?: string | undefined
  readonly fault?: Faults
  readonly autofocus?: boolean
  /** Passkeys stand in the browser's list of names. */
  readonly offersPasskeys?: boolean
}

/** The field for the name that somebody signs in with, as the pool's users know it. */
export const identifierField = (
  pool: UserPool,
  strings: Strings,
  { id, value, fault, autofocus, offersPasskeys }: IdentifierOptions,
): Html => {
  const only = pool.UsernameAttributes?.length === 1 ? pool.UsernameAttributes[0] : undefined
  return field({
    id,
    name: 'username',
    label: labelOf(pool, strings),
    type: only === 'email' ? 'email' : only === 'phone_number' ? 'tel' : 'text',
    hint: only === 'phone_number' ? strings.signIn.phoneHint : undefined,
    autocomplete: offersPasskeys ? 'username webauthn' : 'username',
    enterkeyhint: 'next',
    required: true,
    maxlength: 128,
    value,
    error: errorAt(fault, 'username'),
    autofocus,
  })
}
