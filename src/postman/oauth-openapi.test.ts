import { describe, expect, it } from 'vitest'
import { postmanTarget } from '../../tests/support/postman-target.ts'
import { oauthOpenApi } from './oauth-openapi.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into every corner of the document
const described = (...args: Parameters<typeof postmanTarget>): any => oauthOpenApi(postmanTarget(...args))

/** Whether a path is there because of what the app client may use. */
const isOwn = (path: string): boolean => !/well-known|register|introspect/.test(path)

describe('the OpenAPI description of the OAuth endpoints', () => {
  it('is OpenAPI 3.1 whose references and security schemes lead somewhere', () => {
    const document = described({ client: { ClientSecret: 'kept' } })
    expect(document.openapi).toMatch(/^3\.1\./)
    const text = JSON.stringify(document)
    const references = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name)
    expect(references.length).toBeGreaterThan(5)
    expect(references.filter((name) => document.components.schemas[name] === undefined)).toEqual([])
    const operations = Object.values(document.paths).flatMap((path) => ['get', 'post'].flatMap((method) => (path as never)[method] ?? []))
    const used = operations.flatMap(({ security = [] }: { security?: object[] }) => security.flatMap(Object.keys))
    expect([...new Set(used)].toSorted()).toEqual(Object.keys(document.components.securitySchemes).toSorted())
    expect(used).toContain('oauth')
    const ids = operations.map(({ operationId }: { operationId: string }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(text).not.toContain('kept')
  })

  it('has what the app client may use', () => {
    const everything = described()
    expect(Object.keys(everything.paths)).toEqual([
      '/oauth2/authorize',
      '/login',
      '/logout',
      '/oauth2/userInfo',
      '/oauth2/token',
      '/oauth2/revoke',
      '/us-east-1_Shop/oauth2/register',
      '/oauth2/introspect',
      '/us-east-1_Shop/.well-known/openid-configuration',
      '/us-east-1_Shop/.well-known/jwks.json',
    ])
    expect(Object.keys(everything.components.securitySchemes.oauth.flows)).toEqual(['authorizationCode', 'implicit'])
    const program = described({ client: { ClientSecret: 'kept', AllowedOAuthFlows: ['client_credentials'] } })
    expect(Object.keys(program.paths).filter(isOwn)).toEqual(['/oauth2/token'])
    expect(Object.keys(program.components.securitySchemes)).toEqual(['clientSecret', 'initialAccessToken', 'introspectingClient'])
    const both = described({ client: { ClientSecret: 'kept', AllowedOAuthFlows: ['code', 'client_credentials'] } })
    expect(both.components.securitySchemes.oauth.flows.clientCredentials).toEqual({
      tokenUrl: 'http://localhost:9339/oauth2/token',
      scopes: { openid: '', email: '' },
    })
    const none = described({ client: { AllowedOAuthFlowsUserPoolClient: false } })
    expect(Object.keys(none.paths).filter(isOwn)).toEqual([])
  })

  it('has every parameter of the pages, and what userInfo answers without a token', () => {
    const { paths } = described()
    for (const path of ['/oauth2/authorize', '/login']) {
      const names = paths[path].get.parameters.map(({ name }: { name: string }) => name)
      expect(names).toEqual(expect.arrayContaining(['resource', 'identity_provider', 'idp_identifier']))
    }
    const { responses } = paths['/oauth2/userInfo'].get
    expect(Object.keys(responses)).toEqual(['200', '400', '401'])
    expect(responses['400'].content['application/json'].example).toEqual({ error: 'invalid_request' })
  })

  it('has registration and introspection, and says that they are there only where somebody turned them on', () => {
    const register = (...args: Parameters<typeof postmanTarget>) => described(...args).paths['/us-east-1_Shop/oauth2/register'].post
    expect(register()).toMatchObject({ 'x-only-with': 'DcrConfiguration of the user pool', security: [{ initialAccessToken: [] }] })
    expect(register().description).toContain('This user pool has it turned off.')
    const open = register({ pool: { DcrConfiguration: { EnableStatus: 'Enabled', OpenDcrEnabled: true } } })
    expect(open.description).toContain('This user pool lets anybody register.')
    expect(open.security).toEqual([{ initialAccessToken: [] }, {}])
    expect(Object.keys(open.responses)).toEqual(['201', '400', '401', '403', '413', '429'])
    expect(described({ oauthUrl: 'https://login.example.com' }).paths).toHaveProperty(['/oauth2/register', 'post'])
    const { post } = described().paths['/oauth2/introspect']
    expect(post).toMatchObject({ 'x-only-with': '--introspection', security: [{ introspectingClient: [] }, {}] })
    expect(post.description).toContain('--introspection')
  })

  it('has examples with nothing but the members of their schemas, and all that those require', () => {
    const { paths, components } = described()
    const bodies = ['/us-east-1_Shop/oauth2/register', '/oauth2/introspect'].flatMap((path) => {
      const { requestBody, responses } = paths[path].post
      return [requestBody, ...Object.values(responses)].flatMap(({ content = {} }: { content?: object }) => Object.values(content))
    })
    const withExample = bodies.filter(({ example }) => example !== undefined)
    expect(withExample.length).toBeGreaterThan(8)
    for (const { schema, example } of withExample) {
      const { properties, required = [] } = components.schemas[schema.$ref.split('/').at(-1)]
      expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(example)))
      expect(Object.keys(example)).toEqual(expect.arrayContaining(required))
    }
  })
})
