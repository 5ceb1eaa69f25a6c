import { isObject } from '../domain/is-object.ts'
import { shapeNamed } from '../model/model.ts'
import type { PostmanTarget } from './target.ts'

/** A target whose texts stand there as a server said them. */
export type ToldTarget = Omit<PostmanTarget, 'leftOut'>

/** What Postman replaces by a variable's value, in whatever variable it stands: `{{secret_key}}` in a scope would send the secret away. */
const isReference = (text: string): boolean => text.includes('{{')

const holdsReference = (value: unknown): boolean => {
  if (typeof value === 'string') return isReference(value)
  if (Array.isArray(value)) return value.some(holdsReference)
  return isObject(value) && Object.entries(value).some(([name, member]) => isReference(name) || holdsReference(member))
}

/** Members whose texts get into the files, and what people call them; of the others nobody misses anything. */
const shown: Readonly<Record<string, string>> = {
  AllowedOAuthScopes: 'scope',
  CallbackURLs: 'callback URL',
  DefaultRedirectURI: 'callback URL',
  SchemaAttributes: 'attribute',
}

const nameOf = (value: unknown): string => String(isObject(value) ? value['Name'] : value).replaceAll('{{', '{ {')

/** A value without the texts that are references, and without what stands in a list with one. */
const plain = (value: unknown, name: string, leaveOut: (what: string) => void): unknown => {
  const isLeftOut = (each: unknown): boolean => {
    if (!holdsReference(each)) return false
    if (shown[name] !== undefined) leaveOut(`${shown[name]} ${nameOf(each)}`)
    return true
  }
  if (typeof value === 'string') return isLeftOut(value) ? undefined : value
  if (Array.isArray(value)) return value.filter((each) => !isLeftOut(each))
  if (!isObject(value)) return value
  const members = Object.entries(value).map(([key, member]) => [key, plain(member, key, leaveOut)] as const)
  return Object.fromEntries(members.filter(([key, member]) => !isReference(key) && member !== undefined))
}

const requireForm = (what: string, shapeName: string, value: string | undefined): void => {
  const shape = shapeNamed(shapeName)
  if (value === undefined || (shape.type === 'string' && shape.pattern?.regExp.test(value) !== false)) return
  throw new Error(
    `The ${what} is ${JSON.stringify(value.slice(0, 100))}, which the API does not allow. Nothing was written, because Postman or JMeter might take it for a command: check the endpoint.`,
  )
}

const requireAddress = (what: string, value: string | undefined): void => {
  if (value === undefined || (URL.canParse(value) && !isReference(value))) return
  throw new Error(
    `The ${what} is ${JSON.stringify(value.slice(0, 100))}, of which Postman would replace a part. Nothing was written: check the endpoint.`,
  )
}

/**
 * A target whose texts are nothing but texts: every one that a server said goes through here. What Postman would take for a reference to a
 * variable is left out, and `leftOut` says what; throws, with a sentence, where a name, an id, a secret or an address is none.
 */
export const plainTarget = (told: ToldTarget): PostmanTarget => {
  const { pool, client } = told
  requireForm('id of the user pool', 'UserPoolIdType', pool.Id)
  requireForm('name of the user pool', 'UserPoolNameType', pool.Name)
  requireForm('id of the app client', 'ClientIdType', client.ClientId)
  requireForm('name of the app client', 'ClientNameType', client.ClientName)
  requireForm('secret of the app client', 'ClientSecretType', client.ClientSecret || undefined)
  requireAddress('endpoint', told.endpoint)
  requireAddress('address of the pages', told.oauthUrl)
  requireAddress('address of the mailbox', told.mailboxUrl)
  const leftOut = new Set<string>()
  const {
    pool: plainPool,
    client: plainClient,
    mfa,
  } = plain({ pool, client, mfa: told.mfa }, '', (what) => leftOut.add(what)) as ToldTarget
  // A script has it as the name of a member.
  const UsernameAttributes = plainPool.UsernameAttributes?.filter((name) => name === 'email' || name === 'phone_number')
  return { ...told, pool: { ...plainPool, UsernameAttributes }, client: plainClient, mfa, leftOut: [...leftOut] }
}
