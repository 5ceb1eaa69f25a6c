import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callApi } from '../support/call-api.ts'
import { type OpenConsole, openConsole } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'

let opened: OpenConsole
let UserPoolId = ''

beforeAll(async () => {
  if (!hasBrowser) return
  opened = await openConsole({ pools: [{ name: 'Shop' }] })
  UserPoolId = opened.pools[0]?.userPoolId ?? ''
  for (let n = 0; n < 120; n += 1) await callApi(opened.server.url, 'CreateGroup', { UserPoolId, GroupName: `group-${n}` })
})
afterAll(() => opened?.close())

describe.skipIf(!hasBrowser)(`the audit trail in the console${browserNote}`, () => {
  it('shows who changed what, newest first and page by page', async () => {
    const { page, faults, barriers, picture } = await opened.open(`user-pools/${UserPoolId}/audit-trail`)
    await page.getByRole('cell', { name: 'CreateGroup' }).first().waitFor()
    await page.getByRole('cell', { name: /group-119/ }).waitFor()
    await page.getByText('access key of AKIATESTTESTTESTTEST').first().waitFor()
    expect(await barriers()).toEqual([])
    await picture('audit-trail')
    await page.getByRole('button', { name: 'Next page' }).click()
    await page.getByRole('cell', { name: 'CreateUserPool', exact: true }).waitFor()
    await page.getByPlaceholder('Find on this page').fill('group-119')
    await page.getByText('Nothing on this page').waitFor()
    await page.getByRole('button', { name: 'Search all pages' }).click()
    await page.getByRole('cell', { name: /group-119/ }).waitFor()
    expect(faults).toEqual([])
    await page.close()
  })
})
