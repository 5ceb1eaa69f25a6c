import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postmanEnvironment } from '../../src/postman/environment.ts'
import { plainTarget } from '../../src/postman/plain-target.ts'
import { postmanCollection } from '../../src/postman/postman-collection.ts'
import { postmanTarget } from '../support/postman-target.ts'
import { runNewman } from '../support/run-newman.ts'

const canary = 'CanaryOfTheSecretKey'
const reference = '{{secret_key}}'

/** What a server answers that wants the key of whoever runs the collection: a reference to it wherever the collection keeps something. */
const answer = {
  UserSub: reference,
  Session: reference,
  ChallengeName: 'SMS_MFA',
  ChallengeParameters: { SRP_B: 'ab', SALT: 'ab', SECRET_BLOCK: reference, USER_ID_FOR_SRP: reference },
  AuthenticationResult: { AccessToken: reference, IdToken: reference, RefreshToken: reference },
  UserAttributes: [{ Name: 'sub', Value: reference }],
  access_token: reference,
  id_token: reference,
  refresh_token: reference,
  token_type: 'Bearer',
}

describe('must-not-happen 29: the collection of poolhouse postman sends its secret key to nobody', () => {
  let server: Server
  let url: string
  let folder: string
  const received: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'poolhouse-postman-'))
    server = createServer(async (request, reply) => {
      received.push(`${decodeURIComponent(request.url ?? '')} ${JSON.stringify(request.headers)} ${await text(request)}`)
      if (request.url?.startsWith('/messages')) return void reply.end(JSON.stringify([{ code: reference }]))
      if (request.url?.startsWith('/oauth2/authorize')) {
        return void reply.writeHead(302, { location: `http://localhost:3000/callback?code=${reference}#access_token=${reference}` }).end()
      }
      reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    server.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('whatever the server calls things, and whatever it answers', { timeout: 120_000 }, async () => {
    const target = plainTarget(
      postmanTarget({
        endpoint: url,
        oauthUrl: url,
        mailboxUrl: `${url}/messages`,
        credentials: { accessKeyId: 'AKIAEXAMPLE', secretKey: canary },
        client: {
          ClientSecret: 'kept_by_the_server_of_the_shop',
          AllowedOAuthFlows: ['code', 'implicit', 'client_credentials'],
          AllowedOAuthScopes: ['openid', `orders/${reference}`],
          CallbackURLs: [`http://localhost:3000/${reference}`, 'http://localhost:3000/callback'],
        },
      }),
    )
    const [collection, environment] = [join(folder, 'collection.json'), join(folder, 'environment.json')]
    const made = postmanCollection(target, 'Shop')
    await writeFile(collection, JSON.stringify({ ...made, item: made.item.filter(({ name }) => name !== 'API') }))
    await writeFile(environment, JSON.stringify(postmanEnvironment(target, 'Shop')))
    const { failures } = await runNewman(collection, environment)
    expect(received.filter((request) => request.includes(canary))).toEqual([])
    expect(received.length).toBeGreaterThan(10)
    expect(failures.join('\n')).toContain('holds a reference to a variable')
  })
})
