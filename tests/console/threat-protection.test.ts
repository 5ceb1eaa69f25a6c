import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Input, OperationName, Output } from '../../src/model/types.gen.ts'
import { callApi } from '../support/call-api.ts'
import { type ConsolePage, type OpenConsole, openConsole } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'

let opened: OpenConsole
let pool = ''
let plain = ''
let client = ''

beforeAll(async () => {
  if (!hasBrowser) return
  opened = await openConsole({
    pools: [
      {
        name: 'Shop',
        settings: { UserPoolTier: 'PLUS', DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: true } },
        clients: [{ name: 'till' }],
        users: [{ username: 'ada', password: 'Correct-horse-1' }],
      },
      { name: 'Plain', settings: { UserPoolTier: 'ESSENTIALS' } },
    ],
  })
  ;[pool = '', plain = ''] = opened.pools.map(({ userPoolId }) => userPoolId)
  client = opened.pools[0]?.clients[0]?.clientId ?? ''
})
afterAll(() => opened?.close())

const call = <N extends OperationName>(operation: N, input: Input<N>): Promise<Output<N>> => callApi(opened.server.url, operation, input)
const described = async (UserPoolId: string) => (await call('DescribeUserPool', { UserPoolId })).UserPool ?? {}
const riskOf = async (target: Input<'DescribeRiskConfiguration'>) => (await call('DescribeRiskConfiguration', target)).RiskConfiguration
const save = async ({ page }: ConsolePage, said: string) => {
  await page.getByRole('button', { name: 'Save changes' }).click()
  await page.getByText(said).waitFor()
}

describe.skipIf(!hasBrowser)(`threat protection, sessions and tokens in the console${browserNote}`, () => {
  it('leads from a user’s empty tab to full function, and keeps the pool’s other settings', async () => {
    const before = await described(pool)
    const opening = await opened.open(`user-pools/${pool}/users/ada?tab=events`)
    const { page, go, barriers, faults, picture } = opening
    await page.getByRole('tabpanel').getByRole('link', { name: 'Threat protection' }).click()
    await page.getByRole('heading', { level: 1, name: 'Threat protection' }).waitFor()
    await page.getByText('Cognito defaults').first().waitFor()
    expect(await barriers()).toEqual([])
    await picture('threat-protection')
    await page.getByRole('link', { name: 'Edit Enforcement mode' }).click()
    const standard = page.getByRole('radiogroup', { name: 'Standard authentication' })
    await standard.getByRole('radio', { name: 'Full function' }).click()
    await page.getByRole('radiogroup', { name: 'Custom authentication' }).getByRole('radio', { name: 'Audit only' }).click()
    expect(await barriers()).toEqual([])
    await save(opening, 'Saved: enforcement mode.')
    const { UserPoolAddOns, LastModifiedDate: _at, ...after } = await described(pool)
    expect(UserPoolAddOns).toEqual({
      AdvancedSecurityMode: 'ENFORCED',
      AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'AUDIT' },
    })
    expect(before).toMatchObject(after)
    await go(`user-pools/${pool}/users/ada?tab=events`)
    await page.getByText('No sign-in events').waitFor()
    await go(`user-pools/${plain}/threat-protection`)
    await page.getByText('Threat protection needs the Plus plan').waitFor()
    await picture('threat-protection-plan')
    await go(`user-pools/${plain}/threat-protection/enforcement`)
    await standard.getByRole('radio', { name: 'Audit only' }).click()
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page
      .getByText('The following features need to be disabled for the ESSENTIALS pricing tier configured: Threat Protection')
      .waitFor()
    await picture('threat-protection-refused')
    expect(faults).toEqual([])
    await page.close()
  })

  it('sets each response without losing the others, and shows a refusal in the API’s words', async () => {
    const opening = await opened.open(`user-pools/${pool}/threat-protection/compromised-credentials`)
    const { page, go, barriers, faults, picture } = opening
    await page.getByRole('checkbox', { name: 'Password change' }).click()
    await page.getByRole('radio', { name: 'Allow sign-in' }).click()
    expect(await barriers()).toEqual([])
    await save(opening, 'Saved: compromised credentials.')
    await go(`user-pools/${pool}/threat-protection/ip-exceptions`)
    await page.getByRole('button', { name: 'Add always-block IP address range' }).click()
    const range = page.getByRole('textbox', { name: 'Always-block IP address range 1' })
    await range.fill('198.51.100.7')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('198.51.100.7 is not an IP address range in CIDR notation.').waitFor()
    expect(await barriers()).toEqual([])
    await range.fill('198.51.100.0/24')
    await save(opening, 'Saved: IP address exceptions.')
    await page.getByRole('link', { name: 'Edit Adaptive authentication' }).click()
    const level = (name: string) => page.getByRole('radiogroup', { name })
    await level('Low risk').getByRole('radio', { name: 'Allow sign-in' }).click()
    await level('Medium risk').getByRole('radio', { name: 'Require MFA' }).click()
    await level('High risk').getByRole('radio', { name: 'Optional MFA' }).click()
    await page.getByRole('checkbox', { name: 'Notify user of medium risk' }).click()
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('A higher level of risk can’t have a milder response than a lower one.', { exact: true }).waitFor()
    await level('High risk').getByRole('radio', { name: 'Block sign-in' }).click()
    await page.getByRole('textbox', { name: 'SES identity ARN' }).fill('arn:aws:ses:us-east-1:000000000000:identity/shop.example')
    const message = page.getByRole('button', { name: 'Message for sign-ins with MFA' })
    await message.click()
    await page.getByRole('textbox', { name: 'Message for sign-ins with MFA: subject' }).fill('')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('InvalidParameterException').waitFor()
    expect(await barriers()).toEqual([])
    await picture('adaptive-authentication')
    await page.getByRole('textbox', { name: 'Message for sign-ins with MFA: subject' }).fill('Was it you?')
    await save(opening, 'Saved: adaptive authentication.')
    await picture('threat-protection-set')
    const { LastModifiedDate: _at, ...risk } = (await riskOf({ UserPoolId: pool })) ?? {}
    expect(risk).toEqual({
      UserPoolId: pool,
      CompromisedCredentialsRiskConfiguration: { EventFilter: ['SIGN_IN', 'SIGN_UP'], Actions: { EventAction: 'NO_ACTION' } },
      AccountTakeoverRiskConfiguration: {
        Actions: {
          LowAction: { EventAction: 'NO_ACTION', Notify: false },
          MediumAction: { EventAction: 'MFA_REQUIRED', Notify: true },
          HighAction: { EventAction: 'BLOCK', Notify: false },
        },
        NotifyConfiguration: expect.objectContaining({
          SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/shop.example',
          MfaEmail: { Subject: 'Was it you?', TextBody: expect.stringContaining('{one-click-link-invalid}') },
        }),
      },
      RiskExceptionConfiguration: { SkippedIPRangeList: [], BlockedIPRangeList: ['198.51.100.0/24'] },
    })
    expect(faults).toEqual([])
    await page.close()
  })

  it('gives an app client settings of its own that begin with the pool’s, and takes them back', async () => {
    const target = { UserPoolId: pool, ClientId: client }
    const blocked = { BlockedIPRangeList: ['203.0.113.0/24'] }
    await call('SetRiskConfiguration', { UserPoolId: pool, RiskExceptionConfiguration: blocked })
    const opening = await opened.open(`user-pools/${pool}/app-clients/${client}`)
    const { page, barriers, faults, picture } = opening
    await page.getByRole('link', { name: 'The pool’s settings' }).click()
    await page.getByText('This app client follows the pool').waitFor()
    await page.getByText('203.0.113.0/24').waitFor()
    expect(await barriers()).toEqual([])
    await page.getByRole('button', { name: 'Use client-level settings' }).click()
    await page.getByText('This app client has settings of its own').waitFor()
    await page.getByRole('link', { name: 'Edit Compromised credentials' }).click()
    await page.getByRole('radio', { name: 'Allow sign-in' }).click()
    await save(opening, 'Saved: compromised credentials.')
    await page.getByText('Custom').first().waitFor()
    await picture('client-threat-protection')
    const block = { EventAction: 'BLOCK', Notify: false }
    expect(await riskOf(target)).toMatchObject({
      CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'NO_ACTION' } },
      AccountTakeoverRiskConfiguration: { Actions: { LowAction: block, MediumAction: block, HighAction: block } },
      RiskExceptionConfiguration: blocked,
    })
    await page.getByRole('button', { name: 'Use the pool’s settings' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Use the pool’s settings' }).click()
    await page.getByText('This app client follows the pool').waitFor()
    expect(await riskOf(target)).toEqual(target)
    expect(faults).toEqual([])
    await page.close()
  })

  it('switches session tracking on from a user’s empty tab, and then takes a client’s silent sign-in', async () => {
    const opening = await opened.open(`user-pools/${pool}/app-clients/${client}`)
    const { page, go, barriers, faults, picture } = opening
    await page.getByRole('link', { name: 'Edit session' }).click()
    const minutes = page.getByRole('spinbutton', { name: 'Silent sign-in, in minutes' })
    await minutes.fill('1440')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Session tracking is not enabled for the user pool.').waitFor()
    expect(await barriers()).toEqual([])
    await minutes.fill('60')
    await go(`user-pools/${pool}/users/ada?tab=sessions`)
    await page.getByRole('tabpanel').getByRole('link', { name: 'Sessions', exact: true }).click()
    await page.getByRole('link', { name: 'Edit Session management' }).click()
    await page.getByRole('checkbox', { name: 'Track sessions' }).click()
    await page.getByRole('spinbutton', { name: 'Sessions of a user at most' }).fill('3')
    expect(await barriers()).toEqual([])
    await save(opening, 'Saved: session management.')
    await page.getByText('Enabled', { exact: true }).waitFor()
    await picture('sessions-settings')
    expect(await call('GetUserPoolSessionConfiguration', { UserPoolId: pool })).toMatchObject({
      UserSessionTracking: 'ENABLED',
      TokenSession: { MaxPerUser: 3 },
    })
    await go(`user-pools/${pool}/app-clients/${client}/session`)
    await minutes.fill('1440')
    await save(opening, 'Saved: single sign-on session.')
    await page.getByText('1 day', { exact: true }).waitFor()
    expect(await barriers()).toEqual([])
    await page.getByRole('heading', { name: 'Threat protection and sessions' }).scrollIntoViewIfNeeded()
    await picture('client-security')
    expect(await call('GetUserPoolClientSessionConfiguration', { UserPoolId: pool, ClientId: client })).toMatchObject({
      SSOSession: { MaxValidityMinutes: 1440 },
    })
    expect(faults).toEqual([])
    await page.close()
  })

  it('names authentication levels, opens registration and keeps issuer and key', async () => {
    const before = await described(pool)
    const path = `user-pools/${pool}/tokens-and-registration`
    const opening = await opened.open(path)
    const { page, go, barriers, faults, picture } = opening
    await page.getByText('urn:cognito:loa:4').waitFor()
    expect(await barriers()).toEqual([])
    await page.getByRole('link', { name: 'Edit Authentication levels' }).click()
    const name = (level: number) => page.getByRole('textbox', { name: `Level ${level}` })
    await name(3).fill('urn:cognito:loa:4')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('AcrConfiguration gives the name urn:cognito:loa:4 to more than one level.').waitFor()
    expect(await barriers()).toEqual([])
    await name(3).fill('strong')
    await save(opening, 'Saved: authentication levels.')
    await page.getByRole('link', { name: 'Edit Dynamic client registration' }).click()
    await page.getByRole('checkbox', { name: 'Let applications register themselves' }).click()
    await page.getByRole('button', { name: 'Add allowed scope' }).click()
    await page.getByRole('textbox', { name: 'Allowed scope 1' }).fill('shop/read')
    expect(await barriers()).toEqual([])
    await picture('client-registration')
    await save(opening, 'Saved: dynamic client registration.')
    await go(`${path}/issuer`)
    await page.getByRole('radio', { name: 'Updated' }).click()
    await save(opening, 'Saved: token issuer.')
    await go(`${path}/encryption-key`)
    await page.getByRole('radio', { name: 'Customer managed key' }).click()
    await page.getByRole('textbox', { name: 'KMS key ARN' }).fill('arn:aws:kms:us-east-1:000000000000:key/shop')
    expect(await barriers()).toEqual([])
    await save(opening, 'Saved: encryption key.')
    await page.getByText('arn:aws:kms:us-east-1:000000000000:key/shop').waitFor()
    await picture('tokens-and-registration')
    const { LastModifiedDate: _at, ...after } = await described(pool)
    expect(after).toMatchObject({
      AcrConfiguration: { Level3: { AcrValue: 'strong' }, Level4: { AcrValue: 'urn:cognito:loa:4' } },
      DcrConfiguration: {
        EnableStatus: 'Enabled',
        OpenDcrEnabled: false,
        AuthenticatedGrantTypes: ['code', 'client_credentials'],
        AllowedScopes: ['shop/read'],
      },
      IssuerConfiguration: { Type: 'UPDATED' },
      KeyConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/shop' },
      UserPoolAddOns: before.UserPoolAddOns,
      DeviceConfiguration: before.DeviceConfiguration,
    })
    expect(faults).toEqual([])
    await page.close()
  })
})
