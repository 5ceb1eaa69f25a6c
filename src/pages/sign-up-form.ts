import { epochSeconds } from '../domain/epoch-seconds.ts'
import { passwordFault } from '../domain/password-policy.ts'
import { askedAtSignUp } from '../domain/sign-up-attributes.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { longestUsername, newUsernameFault, usernameAttribute } from '../domain/username.ts'
import type { AttributeType } from '../model/types.gen.ts'
import { attributeFault, attributeFieldName, typedAttribute } from './attribute-field.ts'
import type { Fault } from './fault.ts'
import { fill } from './strings/fill.ts'
import type { Strings } from './strings/strings.ts'
import { typedIdentifier } from './typed-identifier.ts'
import type { Visit } from './visit.ts'

/** What somebody typed who signs up. */
export interface TypedSignUp {
  readonly username: string
  readonly password: string
  /** By name of attribute; those that were left empty are missing. */
  readonly attributes: ReadonlyMap<string, string>
}

/** What the form brings; fields that the page did not ask for are not read. */
export const readSignUp = ({ request: { form }, authorization: { pool, client } }: Visit): TypedSignUp => {
  const username = typedIdentifier(pool, form.get('username') ?? '')
  const typed = askedAtSignUp(pool, client).map(
    ({ attribute: { Name } }) => [Name, typedAttribute(Name, form.get(attributeFieldName(Name)))] as const,
  )
  return { username, password: form.get('password') ?? '', attributes: new Map(typed.filter(([, value]) => value !== '')) }
}

const nameFault = (pool: UserPool, name: string, { errors }: Strings): string | undefined => {
  if (name === '') return errors.required
  if (name.length > longestUsername) return fill(errors.tooLong, { count: longestUsername })
  if (newUsernameFault(pool, name) === undefined) return undefined
  const [only, other] = pool.UsernameAttributes ?? []
  if (only === undefined) return errors.invalidName
  if (other !== undefined) return errors.invalidValue
  return only === 'email' ? errors.invalidEmail : errors.invalidPhone
}

const passwordSentence = (pool: UserPool, password: string, { errors }: Strings): string | undefined => {
  if (password === '') return errors.requiredPassword
  return passwordFault(pool.Policies.PasswordPolicy, password) && errors.passwordRules
}

// Only standard attributes are asked for, and all of them have a label.
const attributeFaults = ({ authorization: { pool, client }, strings }: Visit, { username, attributes }: TypedSignUp): Fault[] => {
  const asked = askedAtSignUp(pool, client)
  const verified: readonly string[] = pool.AutoVerifiedAttributes ?? []
  const named = username === '' ? undefined : usernameAttribute(pool, username)
  const comes = (name: string) => attributes.has(name) || name === named
  const reachable = verified.length === 0 || verified.some(comes)
  return asked.flatMap(({ attribute }) => {
    const { Name, Required } = attribute
    const typed = attributes.get(Name)
    const missing = !comes(Name) && (Required === true || (!reachable && verified.includes(Name)))
    const text = missing ? strings.errors.required : typed && attributeFault(attribute, typed, strings)
    return text ? [{ field: attributeFieldName(Name), label: strings.attributes[Name as keyof Strings['attributes']], text }] : []
  })
}

/** All that is wrong with what was typed, each at its field, found before anything is done. */
export const signUpFaults = (visit: Visit, typed: TypedSignUp): Fault[] => {
  const { strings, authorization } = visit
  const { pool } = authorization
  const name = nameFault(pool, typed.username, strings)
  const password = passwordSentence(pool, typed.password, strings)
  return [
    ...(name === undefined ? [] : [{ field: 'username', text: name }]),
    ...attributeFaults(visit, typed),
    ...(password === undefined ? [] : [{ field: 'password', text: password }]),
  ]
}

/**
 * The attributes as SignUp takes them. An address that was typed as the name is not given twice.
 * guess: a pool that requires updated_at gets it from the page, in seconds since 1970 (OpenID Connect Core 5.1).
 */
export const givenAttributes = ({ ctx, authorization: { pool } }: Visit, { username, attributes }: TypedSignUp): AttributeType[] => {
  const given = [...attributes].filter(([name]) => name !== usernameAttribute(pool, username))
  const dated = pool.SchemaAttributes.some(({ Name, Required }) => Name === 'updated_at' && Required)
  const now = String(epochSeconds(ctx.clock.now()))
  return [...given, ...(dated ? [['updated_at', now] as const] : [])].map(([Name, Value]) => ({ Name, Value }))
}
