import { describe, expect, it } from 'vitest'
import { postmanTarget } from '../../tests/support/postman-target.ts'
import { oauthOpenApi } from './oauth-openapi.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into every corner of the document
const described = (...args: Parameters<typeof postmanTarget>): any => oauthOpenApi(postmanTarget(...args))

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
    expect(used.filter((name) => document.components.securitySchemes[name] === undefined)).toEqual([])
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
      '/us-east-1_Shop/.well-known/openid-configuration',
      '/us-east-1_Shop/.well-known/jwks.json',
    ])
    expect(Object.keys(everything.components.securitySchemes.oauth.flows)).toEqual(['authorizationCode', 'implicit'])
    const program = described({ client: { ClientSecret: 'kept', AllowedOAuthFlows: ['client_credentials'] } })
    expect(Object.keys(program.paths).filter((path) => !path.includes('well-known'))).toEqual(['/oauth2/token'])
    expect(program.components.securitySchemes.oauth.flows).toEqual({
      clientCredentials: { tokenUrl: 'http://localhost:9339/oauth2/token', scopes: { openid: '', email: '' } },
    })
    const none = described({ client: { AllowedOAuthFlowsUserPoolClient: false } })
    expect(Object.keys(none.paths).every((path) => path.includes('well-known'))).toBe(true)
  })
})
