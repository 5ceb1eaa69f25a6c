import { fileURLToPath } from 'node:url'
import type { CDPSession } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { browserNote, hasBrowser, type OpenPage, openPage } from '../support/open-page.ts'
import { type App, password, setUpApp } from '../support/start-app.ts'
import type { PasskeyApplication } from './passkeys-page.ts'

let server: Poolhouse
let app: App
let open: OpenPage<PasskeyApplication>
let devices: CDPSession

beforeAll(async () => {
  if (!hasBrowser) return
  const program = fileURLToPath(new URL('passkeys-page.ts', import.meta.url))
  ;[server, open] = await Promise.all([startPoolhouse(), openPage<PasskeyApplication>(program, 'localhost')])
  app = await setUpApp(server.url, {
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } },
    client: { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
  })
  devices = await open.page.context().newCDPSession(open.page)
  await devices.send('WebAuthn.enable')
  await open.inPage('configure', { endpoint: server.url, userPoolId: app.poolId, userPoolClientId: app.clientId })
})
afterAll(async () => {
  await open?.close()
  await server?.stop()
})

/** Plugs an authenticator into the browser, whose owner touches it and shows a finger whenever asked. */
const plugIn = async (transport: 'internal' | 'usb') => {
  const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport,
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    counter: async () => (await devices.send('WebAuthn.getCredentials', { authenticatorId })).credentials[0]?.signCount,
    unplug: () => devices.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }),
  }
}

describe.skipIf(!hasBrowser)(`passkeys of Chromium, by aws-amplify 6${browserNote}`, () => {
  it.each([
    ['internal', 'platform', 'swk'],
    ['usb', 'cross-platform', 'hwk'],
  ] as const)('registers a passkey on an authenticator with transport %s, and signs in with it', async (transport, attachment, proof) => {
    const username = `with-${transport}`
    await app.addUser(username)
    const device = await plugIn(transport)
    expect(await open.inPage('signInWithPassword', username, password)).toBe('DONE')
    expect(await open.inPage('addPasskey')).toBe('added')
    expect(await open.inPage('passkeys')).toEqual([
      {
        credentialId: expect.any(String),
        friendlyCredentialName: expect.stringMatching(/\S/),
        relyingPartyId: 'localhost',
        authenticatorAttachment: attachment,
        authenticatorTransports: [transport],
        createdAt: expect.any(Date),
      },
    ])
    expect(await open.inPage('addPasskey')).toMatch(/^PasskeyAlreadyExists: /)
    for (let use = 0; use < 2; use += 1) {
      await open.inPage('signOut')
      expect(await open.inPage('signInWithPasskey', username)).toBe('DONE')
      expect(await open.inPage('claims')).toMatchObject({ username, amr: [proof] })
    }
    expect(await device.counter()).toBeGreaterThan(1)
    await open.inPage('signOut')
    await device.unplug()
  })

  it('asks for something else when the passkey is deleted', async () => {
    await app.addUser('ana')
    const device = await plugIn('internal')
    await open.inPage('signInWithPassword', 'ana', password)
    await open.inPage('addPasskey')
    const [passkey] = (await open.inPage('passkeys')) as { credentialId: string }[]
    await open.inPage('deletePasskey', passkey?.credentialId ?? '')
    expect(await open.inPage('passkeys')).toEqual([])
    await open.inPage('signOut')
    expect(await open.inPage('signInWithPasskey', 'ana')).toBe('CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION')
    await device.unplug()
  })
})
