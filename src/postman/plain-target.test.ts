import { describe, expect, it } from 'vitest'
import { postmanTarget } from '../../tests/support/postman-target.ts'
import { environmentValues, postmanEnvironment } from './environment.ts'
import { plainTarget } from './plain-target.ts'
import { postmanCollection } from './postman-collection.ts'

const reference = '{{secret_key}}'
const everything = (...args: Parameters<typeof postmanTarget>) => {
  const target = plainTarget(postmanTarget(...args))
  return { target, text: JSON.stringify([postmanCollection(target, 'Shop').item, postmanEnvironment(target, 'Shop')]) }
}

/** How often the files refer to the secret key of an honest server: in the signatures of administrators' calls. */
const usual = everything().text.split(reference).length

const schema = postmanTarget().pool.SchemaAttributes ?? []

describe('the texts of a server', () => {
  it('may lack a secret that no server tells', () => {
    expect(plainTarget(postmanTarget({ client: { ClientSecret: '' } })).client.ClientSecret).toBe('')
  })

  it('stay as they are where they are texts', () => {
    const { leftOut: _none, ...told } = postmanTarget()
    expect(plainTarget(told)).toEqual({ ...told, pool: { ...told.pool, UsernameAttributes: undefined }, leftOut: [] })
  })

  it.each([
    ['a scope', { client: { AllowedOAuthScopes: ['openid', `orders/${reference}`] } }, `scope orders/{ {secret_key}}`],
    [
      'a callback URL',
      { client: { CallbackURLs: [`https://a.example/${reference}`, 'https://b.example/'] } },
      'callback URL https://a.example/{ {secret_key}}',
    ],
    [
      'the callback URL by default',
      { client: { DefaultRedirectURI: `https://a.example/${reference}` } },
      'callback URL https://a.example/{ {secret_key}}',
    ],
    [
      'an attribute',
      {
        pool: {
          SchemaAttributes: [...schema, { Name: `custom:${reference}`, AttributeDataType: 'String' as const, Required: true }],
        },
      },
      'attribute custom:{ {secret_key}}',
    ],
    [
      'the limit of an attribute',
      {
        pool: {
          SchemaAttributes: [
            ...schema,
            {
              Name: 'custom:age',
              AttributeDataType: 'Number' as const,
              Required: true,
              NumberAttributeConstraints: { MinValue: reference },
            },
          ],
        },
      },
      'attribute custom:age',
    ],
  ])('are left out where Postman would take them for a variable: %s', (_, changes, leftOut) => {
    const { target, text } = everything(changes as Parameters<typeof postmanTarget>[0])
    expect(target.leftOut).toEqual([leftOut])
    expect(text.split(reference).length).toBe(usual)
    expect(postmanCollection(target, 'Shop').info.description).toContain(leftOut)
    expect(Object.values(environmentValues(target)).join()).not.toContain('{{')
  })

  it('may hold braces in messages, which no file has', () => {
    const AdminCreateUserConfig = {
      AllowAdminCreateUserOnly: true,
      InviteMessageTemplate: { EmailMessage: '<style>{{}}</style>{username} {####}' },
    }
    const { target } = everything({ pool: { AdminCreateUserConfig } })
    expect(target.leftOut).toEqual([])
    expect(target.pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly).toBe(true)
  })

  it.each([
    ['name of the user pool', { pool: { Name: reference } }],
    ['name of the user pool', { pool: { Name: `\${__BeanShell(1)}` } }],
    ['id of the user pool', { pool: { Id: `us-east-1_${reference}` } }],
    ['name of the app client', { client: { ClientName: reference } }],
    ['id of the app client', { client: { ClientId: `\${__P(user.home)}` } }],
    ['secret of the app client', { client: { ClientSecret: `\${__BeanShell(new java.io.FileWriter("x").close())}` } }],
    ['address of the pages', { oauthUrl: `https://login.example.com/${reference}` }],
    ['address of the mailbox', { mailboxUrl: `https://login.example.com/${reference}` }],
  ])('are refused with a sentence where nothing can be left out: %s', (what, changes) => {
    expect(() => plainTarget(postmanTarget(changes as Parameters<typeof postmanTarget>[0]))).toThrow(`The ${what} is `)
  })

  it('name no member of a script', () => {
    const target = plainTarget(postmanTarget({ pool: { UsernameAttributes: ['email; pm.sendRequest(1)' as never, 'phone_number'] } }))
    expect(target.pool.UsernameAttributes).toEqual(['phone_number'])
  })
})
