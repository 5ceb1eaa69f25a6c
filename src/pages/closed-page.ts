import { backToSignIn } from './back-to-sign-in.ts'
import { otherWays } from './components/other-ways.ts'
import type { PageReply } from './page.ts'
import { show } from './show.ts'
import type { Visit } from './visit.ts'

/** A page of something that the pool leaves to its administrators: says so and leads back. */
export const closedPage = (visit: Visit, heading: string, text: string): PageReply =>
  show(visit, {
    heading,
    alert: { kind: 'error', text },
    body: otherWays([backToSignIn(visit)]),
  })
