import { afterAll, beforeAll, describe, it } from 'vitest'
import { deviceNames } from '../support/e2e-devices.ts'
import { openVisitors, type Visitors } from '../support/e2e-visitors.ts'
import { everyFlow, type MadePool } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { authorizeQuery, makePagePool } from '../support/page-pool.ts'
import { pathFunctions, pathLambdaConfig } from '../support/sign-in-paths.ts'

const functions = {
  ...pathFunctions,
  [pathLambdaConfig.CreateAuthChallenge]: (event: Parameters<(typeof pathFunctions)[string]>[0]) => ({
    ...event,
    response: { publicChallengeParameters: { question: 'Which colour do you like?' }, privateChallengeParameters: { answer: 'blue' } },
  }),
}

let server: OAuthServer
let visitors: Visitors
let open: MadePool
let closed: MadePool
let asking: MadePool

beforeAll(async () => {
  if (!hasBrowser) return
  ;[server, visitors] = await Promise.all([startOAuth({ customAuthPages: true }, functions), openVisitors()])
  open = await makePagePool(server.harness)
  closed = await makePagePool(server.harness, { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } })
  const ExplicitAuthFlows = [...(everyFlow ?? []), 'ALLOW_CUSTOM_AUTH' as const]
  asking = await makePagePool(server.harness, { LambdaConfig: pathLambdaConfig }, { ExplicitAuthFlows })
  await makeUser(server.harness, asking.UserPoolId, 'ana')
})
afterAll(async () => {
  await visitors?.close()
  await server?.stop()
})

const at = (path: string, pool: MadePool, more: Readonly<Record<string, string>> = {}) =>
  `${server.url}/${path}?${authorizeQuery(pool, more)}`

describe.skipIf(!hasBrowser).each(deviceNames)(`pages beside the usual way on a %s${browserNote}`, (device) => {
  it.each([
    ['confirm', 'Confirm your account', 'side-confirm', 'Send a new code'],
    ['resendcode', 'Confirm your account', 'side-resend', 'Send a new code'],
    ['confirmforgotPassword', 'Set a new password', 'side-reset', 'Enter the code that we sent you'],
  ])('show /%s to who opens it alone', async (path, heading, name, says) => {
    const { page, see } = await visitors.visit(device)
    await page.goto(at(path, open))
    await see(heading, name, says)
  })

  it('say that only administrators make accounts', async () => {
    const { page, see } = await visitors.visit(device)
    await page.goto(at('signup', closed))
    await see('Create an account', 'side-closed', 'You can’t create an account here yourself.')
  })

  it('say that a link is no good', async () => {
    const { page, see } = await visitors.visit(device)
    await page.goto(at('confirmUser', open, { user_name: 'nobody', confirmation_code: '123456' }))
    await see('This link doesn’t work', 'side-link-failed')
  })

  it('ask whether a sign-in was somebody’s own', async () => {
    const { page, see, press } = await visitors.visit(device)
    await page.goto(at('feedback', open, { user_name: 'ana', event_id: 'e', feedback_token: 't', feedback_value: 'Invalid' }))
    await see('Was this you?', 'side-feedback')
    await press('No, that wasn’t me')
    await see('Was this you?', 'side-feedback-failed', 'This link was used already or is too old.')
  })

  it('ask the question of a pool’s own functions', async () => {
    const { page, type, press, see } = await visitors.visit(device)
    await page.goto(at('login', asking))
    await type('User name', 'ana')
    await press('Next')
    await see('One more step', 'side-question', 'Which colour do you like?')
    await type('Your answer', 'red')
    await press('Continue')
    await see('Sign in', 'side-question-wrong', 'That answer is not right.')
  })
})
