import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import newman, { type NewmanRunSummary } from 'newman'
import { describe, expect, it } from 'vitest'
import { startPoolhouse } from '../../src/lib.ts'
import { startOnFolder } from '../support/start-on-folder.ts'

const collection = fileURLToPath(new URL('journeys.postman_collection.json', import.meta.url))

/** Runs folders of the collection as Postman's own runner does. */
const run = async (variables: Record<string, string>, folder: string[]): Promise<{ assertions: number; failures: string[] }> => {
  const envVar = Object.entries(variables).map(([key, value]) => ({ key, value }))
  const emitter = newman.run({ collection, envVar, folder, reporters: [] })
  const [error, { run: outcome }] = (await once(emitter, 'done')) as [Error | null, NewmanRunSummary]
  if (error !== null) throw error
  return {
    assertions: outcome.stats.assertions.total ?? 0,
    failures: outcome.failures.map(({ source, error: { message, test } }) => `${source?.name}: ${test ?? ''} ${message}`),
  }
}

const journeys = ['Set up', 'J1, unsigned', 'J2, signed']

describe('the Postman collection of journeys J1 and J2', () => {
  it('passes on a development server, with made-up credentials', async () => {
    const server = await startPoolhouse()
    try {
      const keys = { accessKey: 'AKIATESTTESTTESTTEST', secretKey: 'made up' }
      const { assertions, failures } = await run({ baseUrl: server.url, ...keys }, [...journeys, 'J2, mistakes in requests'])
      expect(failures).toEqual([])
      expect(assertions).toBeGreaterThan(30)
    } finally {
      await server.stop()
    }
  })

  it("passes on a server that checks Postman's AWS signatures, with every mistake refused as on AWS", async () => {
    const server = await startOnFolder('--auth', 'verify', '--regions', 'us-east-1')
    try {
      const { accessKeyId, secretAccessKey } = await server.commands.createAccessKey({
        userName: 'postman',
        policy: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*' } },
      })
      const folders = [...journeys, 'J2, mistakes in requests', 'J2, mistakes in signatures']
      const keys = { accessKey: accessKeyId, secretKey: secretAccessKey }
      const { assertions, failures } = await run({ baseUrl: server.url, ...keys }, folders)
      expect(failures).toEqual([])
      expect(assertions).toBeGreaterThan(36)
    } finally {
      await server.stop()
    }
  })
})
