import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openShopServer, type ShopPool, type ShopServer } from '../support/e2e-shop.ts'
import { openVisitors, type Visitors } from '../support/e2e-visitors.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'

let shop: ShopServer
let visitors: Visitors
let pool: ShopPool

beforeAll(async () => {
  if (!hasBrowser) return
  ;[shop, visitors] = await Promise.all([openShopServer(), openVisitors()])
  pool = await shop.addPool()
})
afterAll(async () => {
  await visitors?.close()
  await shop?.stop()
})

const first = (selector: string) => `document.querySelector('${selector}')`

describe.skipIf(!hasBrowser)(`the checks of all pages${browserNote}`, () => {
  it.each([
    ['a field without a label', 'desktop', `${first('label')}.remove()`, 'label: '],
    ['pale text', 'desktop', `${first('h1')}.style.color = '#777'`, 'color-contrast-enhanced: '],
    ['text that is pale in the dark', 'desktop', `${first('h1')}.style.color = '#4d4d4d'`, 'color-contrast: '],
    ['a wide line', 'phone', `${first('h1')}.style.width = '500px'`, 'too wide'],
    ['a focus that nobody sees', 'desktop', `${first('.primary')}.style.outline = 'none'`, 'nobody sees the focus on <button'],
    ['a control that keyboards pass by', 'desktop', `${first('.primary')}.tabIndex = -1`, 'the Tab key walks'],
    ['controls out of order', 'desktop', `${first('.ways a')}.tabIndex = 1`, 'the Tab key walks'],
    [
      'a style of its own',
      'desktop',
      `${first('main')}.insertAdjacentHTML('beforeend', '<p style="margin: 0">Hi</p>')`,
      'policy violated: style-src',
    ],
    ['a script of its own', 'phone', `document.body.append(Object.assign(document.createElement('script'), { text: '0' }))`, 'script-src'],
  ] as const)('notice %s', async (_, device, spoil, noticed) => {
    const { page, lookOver } = await visitors.visit(device)
    await page.goto(pool.at('login'))
    await page.evaluate(spoil)
    expect((await lookOver(`spoilt-${device}`)).join()).toContain(noticed)
  })

  it('notice a page that is heavy, and one without a policy', async () => {
    const { page, lookOver } = await visitors.visit('desktop', {})
    await page.route('**/login?*', async (route) => route.fulfill({ body: (await (await route.fetch()).text()).padEnd(15_000) }))
    await page.goto(pool.at('login'))
    expect(await lookOver('spoilt-desktop')).toEqual([expect.stringMatching(/^it weighs \d{5} bytes$/), 'its policy is none'])
  })
})
