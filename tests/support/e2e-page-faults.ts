import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { CDPSession, Page } from 'playwright-core'

const require = createRequire(import.meta.url)
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/** Detaching one would unplug the page's authenticators. */
const sessions = new WeakMap<Page, Promise<CDPSession>>()

/** What axe finds by these options, as `rule: element`. */
const findings = async (page: Page, options: object): Promise<string[]> =>
  page.evaluate(`axe.run({ ...${JSON.stringify(options)}, resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => id + ': ' + html + ' ' + any.map(({ message }) => message).join())))`)

/** What axe finds by the rules of WCAG 2.2 AA, its own best practices, and 7:1 for text, which counts in the other colour scheme too. */
export const accessibilityFaults = async (page: Page): Promise<string[]> => {
  const devTools = sessions.get(page) ?? page.context().newCDPSession(page)
  sessions.set(page, devTools)
  // Much faster than page.evaluate for a script of this size.
  await (await devTools).send('Runtime.evaluate', { expression: `${axe};0` })
  const found = await findings(page, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: { 'color-contrast-enhanced': { enabled: true } },
  })
  const isDark = await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
  await page.emulateMedia({ colorScheme: isDark ? 'light' : 'dark' })
  const foundThere = await findings(page, { runOnly: { type: 'rule', values: ['color-contrast', 'color-contrast-enhanced'] } })
  await page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light' })
  return [...found, ...foundThere]
}

/** What a phone of 320 px, or a desktop at 400 %, could only read by scrolling sideways. */
export const overflowFaults = async (page: Page): Promise<string[]> => {
  const before = page.viewportSize()
  await page.setViewportSize({ width: 320, height: 640 })
  const over = (await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')) as number
  if (before !== null) await page.setViewportSize(before)
  return over > 0 ? [`at 320 px it is ${over} px too wide`] : []
}

const findControls = `globalThis.controls = [...document.querySelectorAll('a[href],button,input,select,textarea,[tabindex="0"]')]
  .filter((control) => control.type !== 'hidden' && !control.disabled && control.checkVisibility({ visibilityProperty: true }))`

const focused = `(() => {
  const { activeElement } = document
  const { outlineStyle, outlineWidth } = getComputedStyle(activeElement)
  const isSeen = activeElement.matches(':focus-visible') && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
  return [controls.indexOf(activeElement), isSeen ? '' : activeElement.outerHTML]
})()`

/** Walks through the page with the Tab key, once round. */
const keyboardFaults = async (page: Page): Promise<string[]> => {
  const count = (await page.evaluate(`(${findControls}).length`)) as number
  const walked: number[] = []
  const unseen: string[] = []
  // Parts of a date are places of their own, and so is the browser's frame.
  for (let steps = 0; steps < 4 * count + 2 && walked.length <= count; steps += 1) {
    await page.keyboard.press('Tab')
    const [index, html] = (await page.evaluate(focused)) as [number, string]
    if (index < 0 || index === walked.at(-1)) continue
    walked.push(index)
    if (html !== '') unseen.push(`nobody sees the focus on ${html}`)
  }
  const expected = Array.from({ length: count + 1 }, (_, step) => ((walked[0] ?? 0) + step) % count)
  const isRound = count === 0 || walked.join() === expected.slice(0, walked.length).join()
  const all = walked.length > count || new Set(walked).size === count
  return [...unseen, ...(isRound && all ? [] : [`the Tab key walks ${walked.join()} of ${count} controls`])]
}

/**
 * What is wrong with the page that a browser shows. A page is the same for axe and for a keyboard on every device, so that the desktop has
 * them, and the phone the narrow screen. Without JavaScript axe has no timers to run by.
 */
export const pageFaults = async (page: Page, device: 'phone' | 'desktop', hasScript = true): Promise<string[]> =>
  device === 'phone' ? overflowFaults(page) : [...(hasScript ? await accessibilityFaults(page) : []), ...(await keyboardFaults(page))]
