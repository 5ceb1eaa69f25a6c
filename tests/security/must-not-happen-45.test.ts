import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changePool } from '../support/change-settings.ts'
import { type Answer, createHarness, type Harness } from '../support/harness.ts'
import { createOutage, type Outage } from '../support/outage.ts'
import { createSignInPaths, pathFunctions, pathLambdaConfig, type SignInPath } from '../support/sign-in-paths.ts'

let server: Harness
let outage: Outage
let paths: SignInPath[]
let users = 0

beforeAll(async () => {
  server = await createHarness({}, pathFunctions)
  outage = createOutage(server)
  paths = await createSignInPaths(outage.server)
})
afterAll(() => server.close())

const begun = ({ begin }: SignInPath): Promise<() => Promise<Answer>> => {
  users += 1
  return begin(`user-${users}`)
}

const closed = ({ status, body }: Answer, where: string) => {
  const what = `${where}: ${status} ${JSON.stringify(body).slice(0, 200)}`
  expect(body, what).not.toHaveProperty('AuthenticationResult')
  expect([400, 500], what).toContain(status)
  expect(typeof body.__type, what).toBe('string')
}

/** Takes the last step of a path once while all is well, and once without each of the parts that it then asked for. */
const walk = async (path: SignInPath) => {
  const finish = await begun(path)
  const parts = await outage.used(async () => {
    const { body } = await finish()
    expect(body.AuthenticationResult, `${path.name}: ${JSON.stringify(body)}`).toBeDefined()
  })
  for (const part of parts) {
    const last = await begun(path)
    closed(await outage.without(part, last), `${path.name} without ${part}`)
  }
  return parts
}

describe('must-not-happen 45: a sign-in while something is down', () => {
  it('yields no tokens, whatever it is and whichever way', async () => {
    const seen = new Set<string>()
    for (const path of paths) for (const part of await walk(path)) seen.add(part)
    // What the walk is about was there to fail.
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'store.users.byId',
        'store.spent.spend',
        'keyring.open',
        'signingKeys.sign',
        'compute.sharedSecret',
        'triggers.invoke',
      ]),
    )
  })

  it('yields none while threat protection can’t look at the history, nor where a session can’t be listed', async () => {
    const [path] = paths
    if (path === undefined) return expect.fail('there are paths')
    await changePool(server, path.made.UserPoolId, {
      UserPoolTier: 'PLUS',
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
      sessions: { UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 20 } },
    })
    const parts = await walk(path)
    expect(parts).toEqual(expect.arrayContaining(['store.authEvents.add', 'store.userSessions.open']))
  })

  it.each(['PreTokenGeneration', 'PostAuthentication'] as const)('yields none while the %s function can’t be called', async (trigger) => {
    const gone = 'arn:aws:lambda:us-east-1:000000000000:function:gone'
    for (const path of paths) {
      const last = await begun(path)
      await changePool(server, path.made.UserPoolId, { LambdaConfig: { ...pathLambdaConfig, [trigger]: gone } })
      const answer = await last()
      await changePool(server, path.made.UserPoolId, { LambdaConfig: pathLambdaConfig })
      // Refreshing is no authentication.
      if (path.refreshes && trigger === 'PostAuthentication') continue
      closed(answer, path.name)
      expect(answer.body).toMatchObject({
        __type: 'UnexpectedLambdaException',
        message: `${trigger} invocation failed due to configuration.`,
      })
    }
  })
})
