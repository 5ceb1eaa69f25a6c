import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { domainNameFault, newDomainFault } from '../../console/src/api/new-domain.ts'
import { setTriggers, triggerFault, triggerKinds, withoutTrigger, withTrigger } from '../../console/src/settings/trigger-values.ts'
import type { Input, OperationName } from '../../src/model/types.gen.ts'
import { callApi } from '../support/call-api.ts'
import { type OpenConsole, openConsole } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:check'

let opened: OpenConsole
let pool = ''
let client = ''
const api = <N extends OperationName>(operation: N, input: Input<N>) => callApi(opened.server.url, operation, input)

beforeAll(async () => {
  if (!hasBrowser) return
  opened = await openConsole({
    pools: [
      {
        name: 'Shop',
        settings: { AutoVerifiedAttributes: ['email'], UserPoolTags: { team: 'shop' } },
        clients: [{ name: 'web', settings: { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] } }],
      },
      { name: 'Other', domains: [{ Domain: 'taken-name' }] },
    ],
  })
  pool = opened.pools[0]?.userPoolId ?? ''
  client = opened.pools[0]?.clients[0]?.clientId ?? ''
})
afterAll(() => opened?.close())

describe('the form of a domain', () => {
  it.each([
    ['cognito', 'my-aws-app', 'Domain cannot contain reserved word: aws'],
    ['cognito', 'Shop', expect.stringContaining('invalid character')],
    ['cognito', 'shop', undefined],
    ['cognito', '', undefined],
    ['custom', 'example.org', expect.stringContaining('not a valid subdomain')],
    ['custom', 'auth.example.org', undefined],
  ] as const)('says what is wrong with a %s one: %s', (kind, name, fault) => {
    expect(domainNameFault(kind, name)).toEqual(fault)
  })

  it('wants a name and a certificate', () => {
    const typed = { name: '', certificateArn: '', version: 2 }
    expect(newDomainFault('cognito', typed)).toBe('The domain needs a name.')
    expect(newDomainFault('custom', { ...typed, name: 'auth.example.org' })).toBe('A custom domain needs the ARN of a certificate.')
  })
})

describe('the triggers of a pool', () => {
  it('are set and taken away one by one, each as the API spells it', () => {
    const set = (name: (typeof triggerKinds)[number]['name'], version = 'V1_0') =>
      withTrigger({ PostConfirmation: 'arn:b' }, { name, arn, version, kmsKey: 'arn:key' })
    expect(set('PreSignUp')).toEqual({ PostConfirmation: 'arn:b', PreSignUp: arn })
    expect(set('PreTokenGeneration', 'V2_0')).toEqual({
      PostConfirmation: 'arn:b',
      PreTokenGeneration: arn,
      PreTokenGenerationConfig: { LambdaArn: arn, LambdaVersion: 'V2_0' },
    })
    expect(set('CustomSMSSender')).toMatchObject({ CustomSMSSender: { LambdaArn: arn, LambdaVersion: 'V1_0' }, KMSKeyID: 'arn:key' })
    for (const { name } of triggerKinds) {
      expect(setTriggers({ LambdaConfig: set(name) }).map(({ kind }) => kind.name)).toContain(name)
      expect(setTriggers({ LambdaConfig: withoutTrigger(set(name), name) }).map(({ kind }) => kind.name)).not.toContain(name)
    }
    expect(triggerFault({ name: 'CustomSMSSender', arn, kmsKey: '' })).toBe('A custom sender needs the ARN of a KMS key.')
    expect(triggerFault({ name: 'PreSignUp', arn: 'check.js', kmsKey: '' })).toMatch(/^The function needs an ARN/)
  })
})

describe.skipIf(!hasBrowser)(`domains and triggers in the console${browserNote}`, () => {
  it('makes a domain whose name is checked while it is typed, changes its pages and deletes it', async () => {
    const { page, faults, barriers, picture } = await opened.open(`user-pools/${pool}/domain`)
    expect(await barriers()).toEqual([])
    await page.getByRole('link', { name: 'Create Cognito domain' }).click()
    const name = page.getByRole('textbox', { name: 'Cognito domain' })
    await name.fill('my-aws-app')
    await page.getByText('Domain cannot contain reserved word: aws', { exact: true }).waitFor()
    await name.fill('taken-name')
    await page.getByText('Domain already associated with another user pool.', { exact: true }).waitFor()
    await name.fill('new-shop')
    await page.getByText('This name is free.').waitFor()
    expect(await barriers()).toEqual([])
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByText('The domain new-shop was created.').waitFor()
    await page.getByText(/^https?:\/\/new-shop\.auth\.us-east-1\./).waitFor()
    await picture('domain')
    await page.getByRole('button', { name: 'Edit Cognito domain' }).click()
    await page.getByRole('radio', { name: /^Hosted UI/ }).check()
    await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('The domain new-shop was changed.').waitFor()
    expect((await api('DescribeUserPoolDomain', { Domain: 'new-shop' })).DomainDescription?.ManagedLoginVersion).toBe(1)
    await page.getByRole('button', { name: 'Delete Cognito domain' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('new-shop')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('This user pool has no Cognito domain.').waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it('adds a trigger and nothing else to the pool, and shows how its function was called', async () => {
    const { page, faults, barriers, picture } = await opened.open(`user-pools/${pool}/triggers`)
    await page.getByText('No triggers').waitFor()
    const before = (await api('DescribeUserPool', { UserPoolId: pool })).UserPool
    await page.getByRole('link', { name: 'Add Lambda trigger' }).first().click()
    await page.getByRole('button', { name: /^Trigger/ }).click()
    await page.getByRole('option', { name: /Pre sign-up/ }).click()
    await page.getByRole('textbox', { name: 'Lambda function ARN' }).fill(arn)
    expect(await barriers()).toEqual([])
    await page.getByRole('button', { name: 'Add Lambda trigger' }).click()
    await page.getByText(`Pre sign-up asks ${arn} now. Nothing on this server stands behind that ARN yet`).waitFor()
    await page.getByText('Not mapped', { exact: true }).waitFor()
    const { LastModifiedDate: _, ...after } = (await api('DescribeUserPool', { UserPoolId: pool })).UserPool ?? {}
    expect(after).toEqual({ ...before, LambdaConfig: { PreSignUp: arn }, LastModifiedDate: undefined })
    const signUp = { ClientId: client, Username: 'ada', Password: 'Correct-Horse-7' }
    await expect(api('SignUp', signUp)).rejects.toThrow()
    await page
      .getByRole('button', { name: /^Refresh/ })
      .last()
      .click()
    await page.getByRole('button', { name: 'Details of PreSignUp_SignUp' }).click()
    await page.getByRole('textbox', { name: 'Event' }).waitFor()
    expect(await page.getByRole('textbox', { name: 'Event' }).inputValue()).toContain('"userName": "ada"')
    expect(await barriers()).toEqual([])
    await page.keyboard.press('Escape')
    await picture('triggers')
    await page.getByRole('radio').first().check()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('No triggers').waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it('shows the published keys', async () => {
    const { page, faults, barriers, picture } = await opened.open(`user-pools/${pool}/signing-keys`)
    const { keys } = (await (await fetch(`${opened.server.url}/${pool}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] }
    expect(keys.length).toBeGreaterThan(1)
    for (const { kid } of keys) await page.getByText(kid).first().waitFor()
    await page.getByText('Signs ID tokens').waitFor()
    expect(await barriers()).toEqual([])
    await picture('signing-keys')
    expect(faults).toEqual([])
    await page.close()
  })
})
