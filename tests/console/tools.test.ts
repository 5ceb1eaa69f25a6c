import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenConsole, openConsole } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'

const password = 'Correct-Horse-7'
let opened: OpenConsole
let pool = ''
let mfaPool = ''

const credential = 'AKIATESTTESTTESTTEST/20260115/us-east-1/cognito-idp/aws4_request'
const post = (operation: string, input: object) =>
  fetch(`${opened.server.url}/`, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(input),
  })

beforeAll(async () => {
  if (!hasBrowser) return
  opened = await openConsole({
    pools: [
      {
        name: 'Shop',
        settings: {
          AutoVerifiedAttributes: ['email'],
          Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
        },
        clients: [
          {
            name: 'web',
            secret: 'keptSecretOfTheWebClient0123456789',
            settings: { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
          },
        ],
        users: [{ username: 'ada', password, attributes: { email: 'ada@example.org', email_verified: 'true' } }],
      },
      {
        name: 'With MFA',
        settings: {
          AdminCreateUserConfig: {
            InviteMessageTemplate: {
              EmailSubject: 'Come in',
              EmailMessage: '<p onclick="x()">Dear {username},</p><img src="data:," onerror="x()">your code: {####}',
            },
          },
        },
        clients: [{ name: 'server', settings: { ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'] } }],
        users: [{ username: 'bob', password }],
      },
    ],
  })
  ;[pool = '', mfaPool = ''] = opened.pools.map(({ userPoolId }) => userPoolId)
  const input = { UserPoolId: mfaPool, MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } }
  expect((await post('SetUserPoolMfaConfig', input)).status).toBe(200)
})
afterAll(() => opened?.close())

describe.skipIf(!hasBrowser)(`the tools of the console${browserNote}`, () => {
  it('sign in by SRP step by step, and show what the tokens say', async () => {
    const { page, faults, barriers, picture } = await opened.open(`user-pools/${pool}/sign-in-tester`)
    await page.getByRole('combobox', { name: 'User name' }).fill('ada')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByText('Signed in', { exact: true }).waitFor()
    await page.getByText('Signature valid').nth(1).waitFor()
    await page
      .getByText(/\d+ min \d+ s left/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: '2. Answer PASSWORD_VERIFIER: RespondToAuthChallenge' }).click()
    await page.getByRole('tab', { name: 'curl' }).click()
    await page.getByText("X-Amz-Target: AWSCognitoIdentityProviderService.RespondToAuthChallenge'").waitFor()
    expect(new URL(page.url()).searchParams.get('username')).toBe('ada')
    expect(page.url() + (await page.evaluate('JSON.stringify([sessionStorage, localStorage])'))).not.toContain(password)
    expect(await barriers()).toEqual([])
    await picture('sign-in-tester')
    await page.getByLabel('Password', { exact: true }).fill('Another-Horse-7')
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByText('Incorrect username or password.', { exact: true }).waitFor()
    await page.getByText('Refused by: The password.').waitFor()
    expect(await barriers()).toEqual([])
    await picture('sign-in-refused')
    expect(faults).toEqual([])
    await page.close()
  })

  it('offer the code that was sent, which the mailbox shows too', async () => {
    const { page, go, faults, barriers, picture } = await opened.open(`user-pools/${pool}/sign-in-tester?flow=USER_AUTH&username=ada`)
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByRole('heading', { name: 'The server asks: SELECT_CHALLENGE' }).waitFor()
    await page.getByRole('button', { name: /Sign in with/ }).click()
    await page.getByRole('option', { name: 'EMAIL_OTP' }).click()
    await page.getByRole('button', { name: 'Answer', exact: true }).click()
    await page.getByRole('heading', { name: 'The server asks: EMAIL_OTP' }).waitFor()
    const offer = page.getByRole('button', { name: /^Use \d+, sent to ada@example.org$/ })
    await offer.waitFor()
    const code = /\d+/.exec((await offer.textContent()) ?? '')?.[0] ?? ''
    expect(await barriers()).toEqual([])
    await picture('sign-in-challenge')
    await offer.click()
    await page.getByRole('button', { name: 'Answer', exact: true }).click()
    await page.getByText('Signed in', { exact: true }).waitFor()
    await go('mailbox')
    await page.getByText(code).first().waitFor()
    await page.getByRole('button', { name: 'Copy code' }).waitFor()
    expect(await barriers()).toEqual([])
    expect(faults).toEqual([])
    await page.close()
  })

  it('show what a message says, and do nothing that stands in it', async () => {
    const UserAttributes = [{ Name: 'email', Value: 'grace@example.org' }]
    const invited = { UserPoolId: mfaPool, Username: 'grace', UserAttributes, DesiredDeliveryMediums: ['EMAIL'] }
    expect((await post('AdminCreateUser', invited)).status).toBe(200)
    const { page, faults } = await opened.open('mailbox')
    await page.getByText('Dear grace,').first().waitFor()
    expect(await page.getByText('Dear grace,').first().textContent()).toMatch(/^Dear grace,\s+your code: \S+$/)
    expect(faults).toEqual([])
    await page.close()
  })

  it('keep within the window whatever the words of a message', async () => {
    const name = 'w'.repeat(128)
    const UserAttributes = [{ Name: 'email', Value: `${'x'.repeat(60)}@${'y'.repeat(60)}.example.org` }]
    const invited = { UserPoolId: mfaPool, Username: name, UserAttributes, DesiredDeliveryMediums: ['EMAIL'] }
    expect((await post('AdminCreateUser', invited)).status).toBe(200)
    const { page, faults, barriers, picture } = await opened.open('mailbox')
    await page.getByText(`Dear ${name},`).first().waitFor()
    await page.getByRole('button', { name: 'Source' }).first().click()
    expect(await barriers()).toEqual([])
    await picture('mailbox-long-words')
    for (const width of [1280, 400]) {
      await page.setViewportSize({ width, height: 900 })
      expect(
        await page.evaluate(
          `[...document.querySelectorAll('pre, .wrapped')].filter((one) => one.getBoundingClientRect().right > innerWidth).length`,
        ),
      ).toBe(0)
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    }
    await picture('mailbox-long-words-narrow')
    expect(faults).toEqual([])
    await page.close()
  })

  it('take the tokens out of an answer, and warn of one that nobody has signed', async () => {
    const { page, faults, barriers, picture } = await opened.open('token-decoder')
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = part({ sub: 'w'.repeat(200), iss: `http://localhost/${pool}` })
    const answer = {
      access_token: `${part({ alg: 'none' })}.${claims}.`,
      id_token: `${part({ alg: 'HS256' })}.${part({ sub: '1' })}.c2ln`,
      expires_in: 60,
    }
    await page.getByRole('textbox', { name: 'Token' }).fill(JSON.stringify(answer))
    await page.getByRole('heading', { name: 'access_token' }).waitFor()
    await page.getByRole('heading', { name: 'id_token' }).waitFor()
    await page.getByText('Dangerous: not signed, so anybody can write it').waitFor()
    await page.getByRole('button', { name: 'Header and claims as JSON' }).first().click()
    expect(
      await page.evaluate(
        `[...document.querySelectorAll('pre, td code')].filter((one) => one.getBoundingClientRect().right > innerWidth - 40).length`,
      ),
    ).toBe(0)
    expect(await barriers()).toEqual([])
    await picture('token-decoder-answer')
    expect(faults).toEqual([])
    await page.close()
  })

  it('set an authenticator up on the way, and take a token apart without sending it', async () => {
    const { page, go, faults, barriers, picture } = await opened.open(
      `user-pools/${mfaPool}/sign-in-tester?flow=ADMIN_USER_PASSWORD_AUTH&username=bob`,
    )
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByRole('button', { name: 'Fill in the code' }).click()
    await page.getByRole('button', { name: 'Answer', exact: true }).click()
    await page.getByText('Signed in', { exact: true }).waitFor()
    await page.getByRole('button', { name: '1. Begin: AdminInitiateAuth' }).waitFor()
    await page.getByRole('button', { name: '4. Answer MFA_SETUP: AdminRespondToAuthChallenge' }).click()
    const answer = await page
      .getByText('"AuthenticationResult"')
      .first()
      .textContent({ timeout: 2000 })
      .catch(() => undefined)
    if (answer === undefined) await page.getByRole('tab', { name: 'Answer' }).click()
    const text = (await page.getByText('"AuthenticationResult"').first().textContent()) ?? ''
    const { IdToken } = (JSON.parse(text) as { AuthenticationResult: { IdToken: string } }).AuthenticationResult
    await go('token-decoder')
    const sent: string[] = []
    page.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')))
    await page.getByRole('textbox', { name: 'Token' }).fill(`Bearer ${IdToken}`)
    await page.getByText('Signature valid').waitFor()
    await page
      .getByRole('row', { name: /cognito:username/ })
      .getByText('bob')
      .waitFor()
    expect(sent.filter((one) => one.includes(IdToken.slice(0, 30)))).toEqual([])
    expect(await barriers()).toEqual([])
    await picture('token-decoder')
    await page.getByRole('textbox', { name: 'Token' }).fill(IdToken.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')))
    await page.getByText('Signature not valid: the token was changed').waitFor()
    await page.getByRole('textbox', { name: 'Token' }).fill('no token')
    await page.getByText('This is no JSON Web Token').waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it('chart what the server did', async () => {
    const { page, go, faults, barriers, picture } = await opened.open('dashboard')
    await page.getByRole('heading', { name: 'Failures by reason' }).waitFor()
    await page.getByText('Nothing in this time.').first().waitFor()
    const input = { ClientId: 'nosuchclient', AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: {} }
    expect((await post('InitiateAuth', input)).status).toBe(400)
    await page.getByText('ResourceNotFoundException').first().waitFor()
    await page.getByText('p95').waitFor()
    // The server remembers, not the tab; what the console itself asked for is not among it.
    await page.getByRole('button', { name: 'Last day' }).click()
    await page.reload()
    await page.getByText('ResourceNotFoundException').first().waitFor()
    expect(page.url()).toContain('span=day')
    expect(await barriers()).toEqual([])
    await picture('dashboard')
    await page.getByRole('button', { name: /All metrics/ }).click()
    const told = (await page.getByText('poolhouse_api_request_duration_seconds_count').textContent()) ?? ''
    expect(told).toContain('operation="InitiateAuth"')
    expect(told).not.toContain('operation="ListUserPools"')
    await go('mailbox')
    expect(faults).toEqual([])
    await page.close()
  })
})
