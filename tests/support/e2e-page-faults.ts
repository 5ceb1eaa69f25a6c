import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const require = createRequire(import.meta.url)
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/** axe with the rules of WCAG 2.2 AA, its own best practices, and 7:1 for text. The policy of the pages forbids scripts of others, so it is evaluated. */
const runAxe = `axe.run({
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'color-contrast-enhanced': { enabled: true } },
  resultTypes: ['violations'],
}).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
  nodes.map(({ html, any }) => id + ': ' + html + ' ' + any.map(({ message }) => message).join())))`

/** What axe finds, as `rule: element`. */
export const accessibilityFaults = async (page: Page): Promise<string[]> => {
  const devTools = await page.context().newCDPSession(page)
  // Much faster than page.evaluate for a script of this size. Detaching would unplug the page's authenticators.
  await devTools.send('Runtime.evaluate', { expression: `${axe};0` })
  return page.evaluate(runAxe)
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
 * What is wrong with the page that a browser shows; a keyboard belongs to a desktop, a narrow screen to a phone. Without JavaScript axe has no
 * timers to run by.
 */
export const pageFaults = async (page: Page, device: 'phone' | 'desktop', hasScript = true): Promise<string[]> => [
  ...(hasScript ? await accessibilityFaults(page) : []),
  ...(await (device === 'phone' ? overflowFaults : keyboardFaults)(page)),
]
