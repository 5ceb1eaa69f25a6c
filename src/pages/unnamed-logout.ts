import type { Context } from '../context.ts'
import { primaryButton } from './components/primary-button.ts'
import { text } from './components/text.ts'
import { html } from './html.ts'
import type { PageReply, PageRequest } from './page.ts'
import { plainVisitor } from './plain-visitor.ts'
import { ownForm, show } from './show.ts'
import { signOut } from './sign-out.ts'
import { signedInPools } from './signed-in-pools.ts'

/**
 * A sign-out for which no application asks (OpenID Connect RP-Initiated Logout 1.0 section 2): somebody who is signed in here is asked, and
 * is signed out of every pool of this address. `agreed` is the answer.
 */
export const unnamedLogout = async (ctx: Context, request: PageRequest, agreed: boolean): Promise<PageReply> => {
  const visitor = plainVisitor(ctx, request)
  const { signOut: asked, signedOut } = visitor.strings
  const pools = await signedInPools(ctx, request)
  if (pools.length > 0 && !agreed) {
    const form = ownForm(visitor, { page: 'logout', body: primaryButton({ text: asked.submit, name: 'agreed', value: 'yes' }) })
    return show(visitor, { heading: asked.title, body: html`${text(asked.text)}${form}` })
  }
  const cookies: string[] = []
  for (const pool of pools) cookies.push(...(await signOut(ctx, { pool }, request)))
  return { ...show(visitor, { heading: signedOut.title, body: text(signedOut.text) }), cookies }
}
