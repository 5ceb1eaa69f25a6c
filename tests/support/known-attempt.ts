import { contextOf } from '../../src/api/context-of.ts'
import type { Context } from '../../src/context.ts'
import type { Progress } from '../../src/domain/progress.ts'
import type { KnownAttempt, SignInRequest } from '../../src/flows/attempt.ts'
import { findUser } from '../../src/flows/find-user.ts'
import { openClient } from '../../src/flows/open-client.ts'
import { type Harness, testRegion } from './harness.ts'

/** What a flow gets: the program, and a call that nobody made over the network. */
export const testContext = (server: Harness, ip: string | undefined = '127.0.0.1'): Context =>
  contextOf(server, { requestId: server.random.uuid(), operation: 'Test', region: testRegion, actor: 'anonymous', ip, mayChooseIds: true })

/** A sign-in of a user whose password was proved, by a request of the given surface. */
export const knownAttempt = async (
  server: Harness,
  { ClientId }: { readonly ClientId: string },
  username: string,
  request: SignInRequest = { surface: 'public' },
  flow: Progress['flow'] = 'password',
): Promise<KnownAttempt> => {
  const opened = await openClient(testContext(server), ClientId)
  const user = await findUser(testContext(server), opened.pool, username)
  if (user === undefined) throw new Error(`there is no ${username}`)
  return { ...opened, candidate: { typed: username, user, subject: user.id }, user, progress: { flow, proofs: ['pwd'] }, request }
}
