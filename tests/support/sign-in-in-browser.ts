import type { Page } from 'playwright-core'
import { password } from './start-app.ts'

/** Has somebody sign in on the page that an application sent a real browser to, until the browser is at the application's `back`. */
export const signInInBrowser = async (page: Page, back: string, username = 'ana'): Promise<void> => {
  await page.fill('input[name=username]', username)
  const [secret, send] = [page.locator('input[name=password]'), page.locator('[name=signInSubmitButton]')]
  // The name alone comes first where the password is not the only way to sign in.
  if (!(await secret.isVisible())) await send.click()
  await secret.fill(password)
  await send.click()
  await page.waitForURL((url) => url.href.startsWith(back))
}
