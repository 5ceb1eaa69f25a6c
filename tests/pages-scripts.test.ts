import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MadePool } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { openBrowser } from './support/page-browser.ts'
import { authorizeQuery, callback, makePagePool } from './support/page-pool.ts'

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:gate'

let server: OAuthServer
const pools: MadePool[] = []

beforeAll(async () => {
  const gate = () => {
    throw new Error('not_allowed')
  }
  server = await startOAuth({ publicUrl: 'https://id.example.com' }, { [arn]: gate })
  for (const ManagedLoginVersion of [1, 2]) {
    const pool = await makePagePool(server.harness)
    await server.harness.ok('CreateUserPoolDomain', {
      UserPoolId: pool.UserPoolId,
      Domain: `shop-${ManagedLoginVersion}`,
      ManagedLoginVersion,
    })
    await makeUser(server.harness, pool.UserPoolId, 'ana')
    pools.push(pool)
  }
})
afterAll(() => server.stop())

/** A script at the domain of the pages of a version. */
const visit = (version: number) => {
  const pool = pools[version - 1]
  if (pool === undefined) throw new Error(`no pool has pages of version ${version}`)
  return { script: openBrowser(server.url, `shop-${version}.auth.us-east-1.id.example.com`), query: authorizeQuery(pool) }
}

// As published scripts and test suites drive AWS's pages, whose markup is no interface, yet used as one.
describe.each([1, 2])('a script that was written for AWS, at pages of version %i', (version) => {
  it('has its token from the first redirect, and signs in with one form', async () => {
    const { script, query } = visit(version)
    await script.get(`/oauth2/authorize?${query}`)
    const form = {
      _csrf: script.cookies.get('XSRF-TOKEN') ?? '',
      username: 'ana',
      password,
      cognitoAsfData: '',
      signInSubmitButton: 'Sign in',
    }
    expect((await script.post(`/login?${query}`, form)).location).toContain(`${callback}?code=`)
  })

  it('finds the form, where it goes, and its token', async () => {
    const { script, query } = visit(version)
    const { html } = await script.get(`/login?${query}`)
    const [, action = ''] = /<form action="([^"]*)"[^>]*name="cognitoSignInForm"/.exec(html) ?? []
    const [, _csrf = ''] = /name="_csrf" value="(.*?)"\/>/.exec(html) ?? []
    expect(html).toContain('name="cognitoAsfData"')
    const answer = await script.post(action.replaceAll('&amp;', '&'), { _csrf, username: 'ana', password })
    expect(answer.location).toContain(`${callback}?code=`)
  })
})

describe.each(['code', 'token'])('an application that asks for response_type=%s', (response_type) => {
  it('hears at its callback that the PreTokenGeneration function refuses somebody, who then is not signed in either', async () => {
    const pool = await makePagePool(server.harness, { LambdaConfig: { PreTokenGeneration: arn } })
    await makeUser(server.harness, pool.UserPoolId, 'ana')
    const script = openBrowser(server.url)
    const page = await script.get(`/login?${authorizeQuery(pool, { response_type })}`)
    const { location } = await script.submit(page, { username: 'ana', password })
    const refusal = new URLSearchParams({
      error: 'invalid_request',
      error_description: 'PreTokenGeneration failed with error not_allowed.',
    })
    expect(location).toBe(`${callback}?${refusal}&state=a+state`)
    expect([...script.cookies.keys()]).toEqual(['XSRF-TOKEN'])
  })
})

describe('what differs between the versions', () => {
  it('is that fields of classic pages have the ids of AWS’s, which labels and faults lead to', async () => {
    const { script, query } = visit(1)
    const page = await script.get(`/login?${query}`)
    for (const id of ['signInFormUsername', 'signInFormPassword']) {
      expect(page.html).toContain(`id="${id}"`)
      expect(page.html).toContain(`for="${id}"`)
    }
    expect(page.html).toMatch(/<input [^>]*type="submit" name="signInSubmitButton"/)
    const { html } = await script.submit(page, { username: 'ana' })
    expect(html).toContain('href="#signInFormPassword"')
    expect(html).toContain('aria-describedby="signInFormPassword-error"')
    expect(html).toContain('id="signInFormPassword-error"')
  })

  it('is that scripts for managed login call the token by another name', async () => {
    const { script, query } = visit(2)
    await script.get(`/login?${query}`)
    const form = { csrf: script.cookies.get('XSRF-TOKEN') ?? '', username: 'ana', password }
    expect((await script.post(`/login?${query}`, { ...form, csrf: 'x'.repeat(36) })).status).toBe(403)
    expect((await script.post(`/login?${query}`, form)).location).toContain(`${callback}?code=`)
  })
})
