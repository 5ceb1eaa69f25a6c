import { describe, expect, it } from 'vitest'
import { postmanTarget } from '../../tests/support/postman-target.ts'
import { operationNamed } from '../model/model.ts'
import { validateInput } from '../model/validate.ts'
import { itemsIn, operationOf } from './api-folder.ts'
import type { Collection, Folder, Item } from './collection-format.ts'
import { environmentValues, postmanEnvironment } from './environment.ts'
import { postmanCollection } from './postman-collection.ts'
import type { PostmanTarget } from './target.ts'

const sms = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' }

const targets: readonly (readonly [string, PostmanTarget])[] = [
  ['a pool with the defaults', postmanTarget()],
  [
    'names that are addresses, a secret, a required app',
    postmanTarget({
      pool: { UsernameAttributes: ['email'] },
      mfa: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
      client: { ClientSecret: 'kept', RefreshTokenRotation: { Feature: 'ENABLED' } },
    }),
  ],
  [
    'users whom administrators make, SMS required, devices',
    postmanTarget({
      pool: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true }, AutoVerifiedAttributes: [], DeviceConfiguration: {} },
      mfa: { MfaConfiguration: 'ON', SmsMfaConfiguration: { SmsConfiguration: sms } },
    }),
  ],
  [
    'a program',
    postmanTarget({
      client: { ClientSecret: 'kept', ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'], AllowedOAuthFlows: ['client_credentials'] },
    }),
  ],
  ['a server without a mailbox', postmanTarget({ mailboxUrl: undefined })],
]

/** What may be empty at the start because people type it in, or because the pool or the client has none. */
const typed = ['code', 'feedback_token', 'redirect_uri', 'mailbox_url', 'session_token', 'client_secret', 'oauth_access_token']

const itemsOf = ({ item }: Collection): Item[] => item.flatMap(itemsIn)
const scriptsOf = ({ event = [] }: Item, listen: 'prerequest' | 'test'): string =>
  event
    .filter((each) => each.listen === listen)
    .flatMap(({ script }) => script.exec)
    .join('\n')
const sets = (script: string): string[] => [...script.matchAll(/(?:pm\.environment\.set|keep)\('(\w+)'/g)].map(([, name = '']) => name)
const reads = (script: string): string[] => [...script.matchAll(/(?:pm\.variables\.get|\bget)\('(\w+)'/g)].map(([, name = '']) => name)
const references = ({ request }: Item): string[] => [...JSON.stringify(request).matchAll(/\{\{([\w$:]+)\}\}/g)].map(([, name = '']) => name)

/** A value of the form that the model wants of the variable. */
const samples: Readonly<Record<string, string>> = {
  code: '123456',
  totp_code: '123456',
  session: 'a session of more than twenty characters',
  device_key: 'us-east-1_00000000-0000-4000-8000-000000000000',
  practice_pool_arn: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Practice',
  passkey_credential: '{"id":"x"}',
  event_id: '00000000-0000-4000-8000-000000000000',
}
const sampleOf = (name: string): string => {
  if (samples[name] !== undefined) return samples[name]
  if (/pool_id$/.test(name)) return 'us-east-1_Practice'
  if (/session$/.test(name)) return samples['session'] ?? ''
  if (/(?:branding|terms)_id$/.test(name)) return samples['event_id'] ?? ''
  if (/phone_number$/.test(name)) return '+15550100'
  if (/email$/.test(name)) return 'ana@example.com'
  if (/token$/.test(name)) return 'eyJraWQ.eyJzdWI.c2ln'
  return /secret$/.test(name) ? 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567' : 'example1'
}

const bodyOf = ({ request }: Item): unknown => {
  if (request.body?.mode !== 'raw') throw new Error('a request of the API has a raw body')
  return JSON.parse(request.body.raw.replace(/\{\{(\w+)\}\}/g, (_, name: string) => sampleOf(name)))
}

describe.each(targets)('the collection for %s', (_, target) => {
  const collection = postmanCollection(target, 'Shop')
  const items = itemsOf(collection)
  const calls = items.flatMap((item) => {
    const operation = operationNamed(operationOf(item) ?? '')
    return operation === undefined ? [] : [{ item, operation }]
  })

  it('has bodies that the model allows', () => {
    expect(calls.length).toBeGreaterThan(150)
    const faults = calls.flatMap(({ item, operation }) => {
      const validated = validateInput(operation, bodyOf(item))
      return validated.kind === 'ok' ? [] : [`${item.name}: ${validated.message}`]
    })
    expect(faults).toEqual([])
  })

  it('has every operation of the server in the folder "API", each in its place', () => {
    const api = collection.item.at(-1) as Folder
    expect(api.item.map(({ name }) => name)).not.toContain('Others')
    const present = new Set(itemsIn(api).map(operationOf))
    expect(target.operations.filter((name) => !present.has(name))).toEqual([])
  })

  it('signs what wants a signature, and nothing else', () => {
    const others = collection.item.filter(({ name }) => name !== 'Signed').flatMap(itemsIn)
    const wrong = calls
      .filter(({ item }) => others.includes(item))
      .filter(({ item, operation }) => (item.request.auth?.type === 'awsv4') !== (operation.auth === 'sigv4'))
    expect(wrong.map(({ item }) => item.name)).toEqual([])
  })

  it.each([0, 1, 2, 3])('refers only to what the environment has or a request before has set: folder %d', (place) => {
    const known = new Set(
      Object.entries(environmentValues(target)).flatMap(([name, value]) => (value !== '' || typed.includes(name) ? [name] : [])),
    )
    const unknown = itemsIn(collection.item[place] as Folder).flatMap((item) => {
      const before = scriptsOf(item, 'prerequest')
      const missing = reads(before).filter((name) => !known.has(name) && !sets(before).includes(name) && name !== 'totp_step')
      for (const name of sets(before)) known.add(name)
      missing.push(...references(item).filter((name) => !known.has(name) && name !== '$guid'))
      for (const name of sets(scriptsOf(item, 'test'))) known.add(name)
      return missing.map((name) => `${item.name}: ${name}`)
    })
    expect(unknown).toEqual([])
  })

  it('has every secret among the variables that Postman masks, from the beginning', () => {
    const masked = postmanEnvironment(target, 'Shop').values.filter(({ type }) => type === 'secret')
    const names = items.flatMap((item) => [...sets(scriptsOf(item, 'prerequest')), ...sets(scriptsOf(item, 'test'))])
    const isSecret = /^code$|(?:password|secret|secret_hash|token|session|(?<!error_)code|verifier|page_form)$/
    const secrets = [...new Set([...names, ...Object.keys(environmentValues(target))])].filter(
      (name) => isSecret.test(name) && !['device_verifier', 'srp_a'].includes(name),
    )
    expect(secrets.length).toBeGreaterThan(15)
    expect(secrets.filter((name) => !masked.some(({ key }) => key === name))).toEqual([])
  })

  it('keeps nothing of an answer that Postman would take for a reference', () => {
    const kept = items.flatMap((item) => (/\bkeep\('/.test(scriptsOf(item, 'test')) ? [scriptsOf(item, 'test')] : []))
    expect(kept.length).toBeGreaterThan(10)
    expect(kept.filter((script) => !script.includes("includes('{{')"))).toEqual([])
    const raw = items.flatMap((item) =>
      [...scriptsOf(item, 'test').matchAll(/pm\.environment\.set\('\w+', (.*)\)$/gm)].map(([, value]) => value),
    )
    expect(raw.filter((value) => !/^'\w*'$|^pm\.variables\.get\('\w+_password'\)$/.test(value ?? ''))).toEqual([])
  })

  it('deletes what it makes', () => {
    const made = calls.filter(({ operation }) => operation.name === 'CreateUserPool').length
    expect(calls.filter(({ operation }) => operation.name === 'DeleteUserPool')).toHaveLength(made)
    const touched = calls.filter(
      ({ operation, item }) => /^(?:Update|Delete|Set)UserPool/.test(operation.name) && /"\{\{pool_id\}\}"/.test(JSON.stringify(item)),
    )
    expect(touched.map(({ item }) => item.name)).toEqual([])
  })
})

describe('the collection', () => {
  const names = (target: PostmanTarget, folder: number): string[] =>
    itemsIn(postmanCollection(target, 'Shop').item[folder] as Folder).map(({ name }) => name)

  it('goes through journey J1 in its order', () => {
    const order = [
      'SignUp',
      'ConfirmSignUp',
      'InitiateAuth: password',
      'GetUser',
      'InitiateAuth: refresh',
      'ChangePassword',
      'ForgotPassword',
    ]
    const rest = ['ConfirmForgotPassword', 'GlobalSignOut', 'DeleteUser']
    const found = names(postmanTarget(), 0)
    expect([...order, ...rest].map((name) => found.indexOf(name))).toEqual(
      [...order, ...rest].map((name) => found.indexOf(name)).toSorted((a, b) => a - b),
    )
    expect(found).not.toContain('MFA_SETUP')
    expect(found.at(-1)).toBe('DeleteUser')
  })

  it('has the public calls signed as an SDK signs them (J2), with the mistakes that a server can tell', () => {
    const signedOf = (target: PostmanTarget) => itemsIn(postmanCollection(target, 'Shop').item[1] as Folder)
    const calls = signedOf(postmanTarget()).filter(({ name }) => ['SignUp', 'ConfirmSignUp', 'GetUser', 'DeleteUser'].includes(name))
    expect(calls).toHaveLength(4)
    for (const { request } of calls) {
      expect(request.auth?.type).toBe('awsv4')
      expect(request.header).toContainEqual({ key: 'X-Amz-User-Agent', value: 'aws-amplify/5.0.4 auth framework/5' })
    }
    const refusals = (target: PostmanTarget) =>
      signedOf(target).flatMap(({ name }) => (name.startsWith('Refused: ') ? [name.slice(9)] : []))
    const always = [
      'user not confirmed',
      'CUSTOM_AUTH, which the app client lacks',
      'wrong password',
      'no such user',
      'X-Amz-Target is missing',
      'X-Amz-Target is wrong',
      'administrative operation without a signature',
    ]
    const ofSignatures = [
      'unknown access key',
      'wrong secret key',
      'wrong region',
      'wrong service name',
      'wrong secret key on a public operation',
    ]
    expect(refusals(postmanTarget())).toEqual(always)
    expect(refusals(postmanTarget({ credentials: 'vault' }))).toEqual([...always, ...ofSignatures])
    expect(refusals(postmanTarget({ checksSignatures: true }))).toEqual([...always, ...ofSignatures])
    expect(refusals(postmanTarget({ client: { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] } }))[0]).toBe(
      'USER_PASSWORD_AUTH, which the app client lacks',
    )
  })

  it('wants the refusal of somebody who is not there as the app client has it', () => {
    const textOf = (client: Partial<PostmanTarget['client']>) => {
      const [item] = itemsIn(postmanCollection(postmanTarget({ client }), 'Shop').item[1] as Folder).filter(
        ({ name }) => name === 'Refused: no such user',
      )
      return item === undefined ? '' : scriptsOf(item, 'test')
    }
    expect(textOf({})).toContain('UserNotFoundException')
    expect(textOf({ PreventUserExistenceErrors: 'ENABLED' })).toContain('NotAuthorizedException')
  })

  it('proves a secret that nobody told, which is left to be typed in, and says so', () => {
    const target = postmanTarget({ client: { ClientSecret: '' } })
    const made = postmanCollection(target, 'Shop')
    const [signUp] = itemsOf(made)
    expect(signUp?.request.body).toMatchObject({ raw: expect.stringContaining('{{secret_hash}}') })
    expect(environmentValues(target)['client_secret']).toBe('')
    expect(made.info.description).toContain('type it into the variable client_secret')
    expect(postmanCollection(postmanTarget(), 'Shop').info.description).not.toContain('client_secret')
  })

  it('signs in by what the app client allows', () => {
    expect(names(postmanTarget({ client: { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] } }), 0)).not.toContain('InitiateAuth: password')
    expect(names(postmanTarget({ client: { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] } }), 0)).not.toContain('GetUser')
  })

  it('sets up and uses the second factor that the pool requires', () => {
    const found = names(targets[1]?.[1] ?? postmanTarget(), 0)
    expect(found).toContain('VerifySoftwareToken')
    expect(found.filter((name) => name === 'RespondToAuthChallenge: SOFTWARE_TOKEN_MFA').length).toBeGreaterThan(1)
  })

  it('refuses a pool in which nobody new can sign in', () => {
    const target = postmanTarget({
      mfa: { MfaConfiguration: 'ON', SmsMfaConfiguration: { SmsConfiguration: sms } },
      client: { WriteAttributes: ['email'] },
    })
    expect(() => postmanCollection(target, 'Shop')).toThrow('us-east-1_Shop requires a second factor')
  })

  it('has the grants that the app client may use', () => {
    const folders = (target: PostmanTarget) => (postmanCollection(target, 'Shop').item[2]?.item ?? []).map(({ name }) => name)
    expect(folders(postmanTarget())).toEqual([
      'Documents',
      'Sign-in on the pages',
      'Authorization code',
      'Authorization code with PKCE',
      'Implicit',
      'Refresh and revoke',
      'Sign-out',
    ])
    expect(folders(targets[3]?.[1] ?? postmanTarget())).toEqual(['Documents', 'Client credentials'])
    expect(folders(postmanTarget({ client: { AllowedOAuthFlowsUserPoolClient: false } }))).toEqual(['Documents'])
  })

  it("takes the access key from Postman's vault where that is wanted", () => {
    const target = postmanTarget({ credentials: 'vault' })
    const text = JSON.stringify(postmanCollection(target, 'Shop'))
    expect(text).toContain('"{{vault:access_key}}"')
    expect(text).not.toContain('"{{secret_key}}"')
    expect(Object.keys(environmentValues(target))).not.toContain('secret_key')
  })
})
