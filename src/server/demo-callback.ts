import { plainLook } from '../domain/look.ts'
import { text } from '../pages/components/text.ts'
import { html } from '../pages/html.ts'
import { pageLayout } from '../pages/layout.ts'
import { stringsFor } from '../pages/strings/strings.ts'

/** Where it stands below the server's address. */
export const demoCallbackPath = '/_poolhouse/callback'

/** What came back to the demo's application. */
export interface DemoCallback {
  readonly code: string | undefined
  readonly error: string | undefined
  readonly clientId: string
  /** The address of this page, as the authorization request named it. */
  readonly redirectUri: string
  readonly tokenUrl: string
}

const redeem = ({ code = '', clientId, redirectUri, tokenUrl }: DemoCallback): string =>
  `curl -s ${tokenUrl} -d grant_type=authorization_code -d client_id=${clientId} -d code=${code} --data-urlencode redirect_uri=${redirectUri}`

const told = (callback: DemoCallback) => {
  const { code, error } = callback
  if (error !== undefined) return { heading: 'Nobody was signed in', body: text(html`The application was told: <code>${error}</code>.`) }
  if (code === undefined || !/^[\w-]{1,64}$/.test(code)) {
    return { heading: 'Nothing came back', body: text('This page stands for an application: the sign-in page of the demo leads here.') }
  }
  return {
    heading: 'Signed in',
    body: html`${text('This page stands for your application. It got a code, which is good for five minutes and one use, and would now ask for tokens:')}<div class="secret"><code class="secret-text" dir="ltr">${redeem(callback)}</code></div>`,
  }
}

/** The page of the demo's application, where a sign-in on the pages ends (`dev` only). */
export const demoCallbackPage = (callback: DemoCallback): string =>
  pageLayout({ root: '', look: plainLook(2), language: 'en', strings: stringsFor('en'), ...told(callback) })
