import { describe, expect, it } from 'vitest'
import { plainPool } from '../../tests/support/plain-pool.ts'
import type { SchemaAttributeType } from '../model/types.gen.ts'
import type { AppClient } from './app-client.ts'
import { schemaFrom } from './attribute-schema.ts'
import { askedAtSignUp } from './sign-up-attributes.ts'
import type { UserPool } from './user-pool.ts'

const poolWith = (requested: SchemaAttributeType[], settings: Partial<UserPool> = {}): UserPool => {
  const made = schemaFrom(requested)
  return { ...plainPool, SchemaAttributes: 'schema' in made ? made.schema : expect.fail(made.fault), ...settings }
}
const required = (...names: string[]) => names.map((Name) => ({ Name, Required: true }))
const anyClient = {} as AppClient

/** The names, with a question mark where something else can stand for one. */
const asked = (pool: UserPool, client = anyClient) =>
  askedAtSignUp(pool, client).map(({ attribute, required }) => (required ? attribute.Name : `${attribute.Name}?`))

describe('what the sign-up page asks for', () => {
  it('is nothing where the pool demands nothing', () => {
    expect(asked(poolWith([{ Name: 'plan', AttributeDataType: 'String' }]))).toEqual([])
  })

  it('is what the pool requires, addresses first', () => {
    expect(asked(poolWith(required('given_name', 'birthdate', 'email')))).toEqual(['email', 'given_name', 'birthdate'])
  })

  it('is also an address to which a code can go', () => {
    expect(asked(poolWith([], { AutoVerifiedAttributes: ['email'] }))).toEqual(['email'])
    expect(asked(poolWith([], { AutoVerifiedAttributes: ['email', 'phone_number'] }))).toEqual(['email?', 'phone_number?'])
    expect(asked(poolWith(required('email'), { AutoVerifiedAttributes: ['email', 'phone_number'] }))).toEqual(['email'])
  })

  it('leaves out what people type as their name', () => {
    const byEmail = { UsernameAttributes: ['email' as const] }
    expect(asked(poolWith(required('email', 'name'), { ...byEmail, AutoVerifiedAttributes: ['email'] }))).toEqual(['name'])
    expect(asked(poolWith([], { ...byEmail, AutoVerifiedAttributes: ['phone_number'] }))).toEqual(['phone_number'])
  })

  it('does not insist on what may have been typed as the name', () => {
    const byEither = { UsernameAttributes: ['email' as const, 'phone_number' as const] }
    expect(asked(poolWith(required('email', 'name'), byEither))).toEqual(['email?', 'name'])
    expect(asked(poolWith([], { ...byEither, AutoVerifiedAttributes: ['email'] }))).toEqual(['email?'])
  })

  it('leaves out what nobody can give at sign-up', () => {
    const aliased = poolWith(required('updated_at', 'preferred_username'), { AliasAttributes: ['preferred_username'] })
    expect(asked(aliased)).toEqual([])
    expect(asked(poolWith(required('preferred_username')))).toEqual(['preferred_username'])
  })

  it('is nothing that the client may not write', () => {
    const pool = poolWith(required('name'), { AutoVerifiedAttributes: ['email'] })
    expect(asked(pool, { WriteAttributes: ['name'] } as AppClient)).toEqual(['name'])
  })
})
