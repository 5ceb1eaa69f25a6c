import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import {
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { main } from '../support/program.ts'
import { password, sdkClient } from '../support/start-app.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

let end: (() => Promise<void>) | undefined
afterEach(async () => {
  await end?.()
  end = undefined
})

/** Starts a server in a copy of an example's folder, as its README does, and makes what its seed says. */
const startExample = async (name: string) => {
  // Within the repository, whose packages the example then finds.
  const folder = await mkdtemp(join(root, 'node_modules/.example-'))
  await cp(join(root, 'examples', name), folder, { recursive: true })
  await writeFile(join(folder, 'sender.key'), `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
  const flags = ['dev', '--config', 'poolhouse.yaml', '--data-dir', ':memory:', '--empty', '--port', '0', '--lifeline']
  const child = spawn(process.execPath, [main, ...flags], { cwd: folder, stdio: 'pipe' })
  const ended = once(child, 'exit')
  end = async () => {
    child.stdin.end()
    await ended
    await rm(folder, { recursive: true })
  }
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text))
  const line = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended.then(() => [`{"url":""}`])])
  const { url } = JSON.parse(String(line[0])) as { url: string }
  const seed = await readFile(join(folder, 'seed.json'), 'utf8')
  const seeded = await fetch(`${url}/_poolhouse/seed`, { method: 'POST', body: seed, headers: { 'content-type': 'application/json' } })
  expect([seeded.status, await seeded.json()]).toMatchObject([200, { pools: [{ clients: [{ name: 'app' }] }] }])
  const printed = async (pattern: RegExp) => {
    const [, found = ''] = await vi.waitFor(() => pattern.exec(log) ?? expect.unreachable(log), { timeout: 10_000 })
    return found
  }
  return { url, sdk: sdkClient(url), printed, seed: JSON.parse(seed) }
}

describe('the examples', () => {
  it('custom-auth signs in with a code', async () => {
    const { sdk, printed, seed } = await startExample('custom-auth')
    const ClientId = seed.pools[0].clients[0].id
    const begun = await sdk.send(new InitiateAuthCommand({ AuthFlow: 'CUSTOM_AUTH', ClientId, AuthParameters: { USERNAME: 'ana' } }))
    expect(begun).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE', ChallengeParameters: { sentTo: 'a***@example.org' } })
    const code = await printed(/To ana@example\.org: Your code is (\d{6})/)
    const respond = (Session: string | undefined, ANSWER: string) =>
      sdk.send(
        new RespondToAuthChallengeCommand({
          ChallengeName: 'CUSTOM_CHALLENGE',
          ClientId,
          Session,
          ChallengeResponses: { USERNAME: 'ana', ANSWER },
        }),
      )
    const wrong = await respond(begun.Session, 'wrong')
    expect(wrong.ChallengeName).toBe('CUSTOM_CHALLENGE')
    expect((await respond(wrong.Session, code)).AuthenticationResult?.AccessToken).toMatch(/^eyJ/)

    let Session = (await sdk.send(new InitiateAuthCommand({ AuthFlow: 'CUSTOM_AUTH', ClientId, AuthParameters: { USERNAME: 'ana' } })))
      .Session
    for (let count = 0; count < 2; count += 1) Session = (await respond(Session, 'wrong')).Session
    await expect(respond(Session, 'wrong')).rejects.toThrow('Incorrect username or password.')
  })

  it('custom-sender sends the code that confirms a sign-up', async () => {
    const { sdk, printed, seed } = await startExample('custom-sender')
    const ClientId = seed.pools[0].clients[0].id
    const UserAttributes = [{ Name: 'email', Value: 'ana@example.org' }]
    const { CodeDeliveryDetails } = await sdk.send(new SignUpCommand({ ClientId, Username: 'ana', Password: password, UserAttributes }))
    expect(CodeDeliveryDetails).toMatchObject({ DeliveryMedium: 'EMAIL', Destination: 'a***@e***' })
    const ConfirmationCode = await printed(/To ana@example\.org: Welcome! Confirm your address with (\d{6})\./)
    await sdk.send(new ConfirmSignUpCommand({ ClientId, Username: 'ana', ConfirmationCode }))
    const AuthParameters = { USERNAME: 'ana', PASSWORD: password }
    const signedIn = await sdk.send(new InitiateAuthCommand({ AuthFlow: 'USER_PASSWORD_AUTH', ClientId, AuthParameters }))
    expect(signedIn.AuthenticationResult?.AccessToken).toMatch(/^eyJ/)
  })
})
