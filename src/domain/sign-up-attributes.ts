import type { SchemaAttributeType } from '../model/types.gen.ts'
import type { AppClient } from './app-client.ts'
import { mayWrite } from './attributes.ts'
import type { UserPool } from './user-pool.ts'

/** An attribute that the sign-up page asks for. */
export interface AskedAttribute {
  readonly attribute: SchemaAttributeType & { readonly Name: string }
  /** False where something else on the page can stand for it. */
  readonly required: boolean
}

const addresses: readonly string[] = ['email', 'phone_number']

/** The addresses that are asked for so that a code can be sent: none where one comes anyway, and of two kinds either is enough. */
const addressesToVerify = ({ AutoVerifiedAttributes = [], UsernameAttributes = [] }: UserPool, demanded: readonly string[]) => {
  const verified: readonly string[] = AutoVerifiedAttributes
  const comes = (name: string) => demanded.includes(name) || (UsernameAttributes.length === 1 && UsernameAttributes[0] === name)
  if (verified.some(comes)) return []
  const mayCome = UsernameAttributes.length > 1
  return verified.map((name) => ({ name, required: !mayCome && verified.length === 1 }))
}

/**
 * What the sign-up page asks for beside name and password, addresses first: the required attributes that the client may write, and an address
 * that the pool verifies. What is typed as the name (username attributes) is not asked for again.
 * guess: AWS's page shows the required attributes alone, and ours also the address without which nobody could be confirmed.
 */
export const askedAtSignUp = (pool: UserPool, client: AppClient): AskedAttribute[] => {
  const { SchemaAttributes: schema, UsernameAttributes: typed = [], AliasAttributes = [] } = pool
  // Neither can be given by a person who signs up: the page fills the first in, and the other waits for the confirmation.
  const left = ['updated_at', ...(AliasAttributes.includes('preferred_username') ? ['preferred_username'] : [])]
  const demanded = schema.flatMap(({ Name, Required }) => (Name !== undefined && Required && !left.includes(Name) ? [Name] : []))
  const asked = new Map(demanded.map((name) => [name, typed.length < 2 || !addresses.includes(name)]))
  for (const { name, required } of addressesToVerify(pool, demanded)) asked.set(name, required)
  if (typed.length === 1) for (const name of typed) asked.delete(name)
  return schema
    .flatMap((attribute) => {
      const { Name = '' } = attribute
      const required = asked.get(Name)
      return required !== undefined && mayWrite(client, schema, [Name]) ? [{ attribute: { ...attribute, Name }, required }] : []
    })
    .sort((a, b) => Number(addresses.includes(b.attribute.Name)) - Number(addresses.includes(a.attribute.Name)))
}
