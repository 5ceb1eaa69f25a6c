import type { Hono } from 'hono'
import type { Services } from '../context.ts'
import { discovery } from '../oauth/discovery.ts'
import { jwks } from '../oauth/jwks.ts'

/** Short against the day for which a key is published before it signs. */
const maxAge = 300

/** Mounts what verifiers of tokens fetch: `/<pool id>/.well-known/jwks.json` and `openid-configuration`, for pages of any origin. */
export const mountWellKnown = (app: Hono, services: Pick<Services, 'store' | 'signingKeys' | 'policy'>): void => {
  const documents = { 'jwks.json': jwks, 'openid-configuration': discovery }
  for (const [name, document] of Object.entries(documents)) {
    app.get(`/:poolId{[\\w-]+_[0-9a-zA-Z]+}/.well-known/${name}`, async (c) => {
      const poolId = c.req.param('poolId')
      const body = await document(services, poolId)
      c.header('access-control-allow-origin', '*')
      if (body === undefined) {
        return c.json({ code: 'ResourceNotFoundException', message: `User pool ${poolId} does not exist.`, type: 'client' }, 404)
      }
      c.header('cache-control', `public, max-age=${maxAge}`)
      return c.json(body)
    })
  }
}
