import { afterAll, beforeAll, expect, it } from 'vitest'
import { countWork } from '../../../tests/support/count-work.ts'
import { callsThrough, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { basic, type OAuthServer, startOAuth } from '../../../tests/support/oauth-server.ts'
import { openBrowser } from '../../../tests/support/page-browser.ts'
import { redispatch } from '../../../tests/support/redispatch.ts'

let oauth: OAuthServer
let server: Harness

beforeAll(async () => {
  oauth = await startOAuth({ introspection: true })
  server = oauth.harness
})
afterAll(() => oauth.stop())

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const forged = (claims: object): string => `${part({ alg: 'RS256', kid: 'x' })}.${part(claims)}.AAAA`
const setUp = (clientId: string): string => `${'x'.repeat(44)}.${Buffer.from(clientId).toString('base64url')}`

/** No text for a database, no client id, and no text. */
const ids = ['\0', `a\0${'b'.repeat(25)}`, '', 'x y', 'x'.repeat(129)]

it('must-not-happen 25: no client id that nobody could have is looked up, whatever unproved token or session names it', async () => {
  const work = countWork(server)
  const calls = callsThrough(redispatch(server, work.services))
  for (const id of ids) {
    expect(await calls.refused('GetUser', { AccessToken: forged({ client_id: id }) }), id).toEqual([
      'NotAuthorizedException',
      'Invalid Access Token',
    ])
    const session = ['NotAuthorizedException', 'Invalid session for the user.']
    expect(await calls.refused('AssociateSoftwareToken', { Session: setUp(id) }), id).toEqual(session)
    expect(await calls.refused('VerifySoftwareToken', { Session: setUp(id), UserCode: '123456' }), id).toEqual(session)
    expect(work.take(), id).toEqual([])
  }
})

it('must-not-happen 25: a token that names such a client is none at the endpoints either', async () => {
  const made = await makePool(server, {}, { GenerateSecret: true })
  for (const id of ids) {
    const access = forged({ client_id: id, sub: id })
    const { status } = await oauth.userInfo(access)
    expect(status, id).toBe(401)
    expect((await oauth.post('introspect', { token: access }, basic(made))).body, id).toEqual({ active: false })
    const hint = new URLSearchParams({ id_token_hint: forged({ aud: id }) })
    expect((await openBrowser(oauth.url).get(`/logout?${hint}`)).status, id).toBeLessThan(500)
  }
})
