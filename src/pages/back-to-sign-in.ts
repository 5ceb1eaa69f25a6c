import { link } from './components/link.ts'
import type { Html } from './html.ts'
import { pageLink, type Visitor } from './visit.ts'

/** The way back to where the sign-in begins. */
export const backToSignIn = (visitor: Visitor): Html =>
  link({ text: visitor.strings.common.backToSignIn, href: pageLink(visitor, 'login') })
