import { equalText } from '../../crypto/constant-time.ts'
import { withToken } from '../../domain/user-mfa.ts'
import { enableTokenMismatch, invalidParameter } from '../../errors.ts'
import type { TokenCaller } from '../../flows/access-token.ts'
import { changeMfa } from '../../flows/change-mfa.ts'
import { forgetGuesses } from '../../flows/code-guesses.ts'
import { rereadCaller } from '../../flows/find-user.ts'
import { namedToken, requireFirstCode, verifyTokenSetUp } from '../../flows/set-up-software-token.ts'
import type { Operation } from '../operation.ts'
import { openTokenHolder } from './token-holder.ts'

/** In characters. guess: the name of a device that runs an authenticator app has at most 256 characters, where AWS's model allows more. */
const longestName = 256

const verifyForCaller = async ({ ctx, pool, user }: TokenCaller, code: string, name: string | undefined): Promise<void> => {
  const token = await requireFirstCode(ctx, user, user.mfa?.pendingToken, code)
  await changeMfa(
    ctx,
    () => rereadCaller(ctx, user),
    (now) => {
      // A newer secret was handed out meanwhile.
      if (!equalText(now.mfa?.pendingToken?.sealedSecret ?? '', token.sealedSecret)) throw enableTokenMismatch()
      return withToken(now, namedToken(token, name))
    },
  )
  await forgetGuesses(ctx, pool.uid, user.id)
}

/**
 * Makes the secret that AssociateSoftwareToken handed out the user's software token, in place of an earlier one, once a code shows that the
 * app has it. The session that it answers completes MFA_SETUP.
 */
export const verifySoftwareToken: Operation<'VerifySoftwareToken'> = async (request, input) => {
  const { UserCode, FriendlyDeviceName } = input
  if ((FriendlyDeviceName?.length ?? 0) > longestName)
    throw invalidParameter(`FriendlyDeviceName is longer than ${longestName} characters.`)
  const by = await openTokenHolder(request, input)
  if (by.by === 'session') return { Status: 'SUCCESS', Session: await verifyTokenSetUp(request, by, UserCode, FriendlyDeviceName) }
  await verifyForCaller(by, UserCode, FriendlyDeviceName)
  return { Status: 'SUCCESS' }
}
