import { matchingStep } from '../crypto/totp.ts'
import { authenticatorUri } from '../domain/authenticator-uri.ts'
import { encodeBase32 } from '../domain/base32.ts'
import type { OperatorAccount } from '../domain/operator-account.ts'
import { qrPath } from '../domain/qr-path.ts'
import { serverUid } from '../keys/keyring.ts'
import { answered, type EndpointCall, type EndpointReply, refused, textOf } from './endpoint.ts'
import { findInvited } from './invitation.ts'
import { newPasswordHash, refusedPassword } from './new-password.ts'
import type { OperatorServices } from './operator-services.ts'
import { openSession, operatorActor } from './operator-sessions.ts'
import { plainCode, spendCode } from './prove-operator.ts'
import { sessionCookie } from './session-cookie.ts'

const usedLink = () =>
  refused(
    401,
    'NotAuthorizedException',
    'This link was used or has expired. Ask whoever sent it for a new one; on the server, `poolhouse operator reset NAME` makes one.',
  )

/** 160 bits (RFC 4226 section 4, R6). */
const secretSize = 20

/**
 * The secret for the authenticator app. It follows from the link, so that a page that is loaded again shows the same one, and nothing
 * has to be kept before somebody has proved that the app has it.
 */
const secretOf = async ({ keyring }: OperatorServices, { uid }: OperatorAccount, token: string): Promise<Uint8Array> =>
  (await keyring.fingerprint('operators', serverUid, `totp/${uid}/${token}`)).subarray(0, secretSize)

/** POST /console/set-up/begin: what the link is for, and the secret as text, as URI and as a QR code. */
export const beginSetUp =
  (services: OperatorServices) =>
  async ({ body }: EndpointCall): Promise<EndpointReply> => {
    const token = textOf(body, 'token')
    const account = await findInvited(services, token)
    if (account === undefined) return usedLink()
    const secret = encodeBase32(await secretOf(services, account, token))
    const uri = authenticatorUri({ issuer: 'Poolhouse', account: account.name, secret })
    // Read at first need: hardly any start of a server is followed by this.
    const { encode } = await import('uqr')
    const { data, size } = encode(uri, { ecc: 'L', border: 4 })
    return answered({ name: account.name, secret, uri, qr: { size, path: qrPath(data) } })
  }

/** POST /console/set-up: a password and a first code make the account usable, use the link up and sign the person in. */
export const setUp =
  (services: OperatorServices) =>
  async ({ request, body, place, by }: EndpointCall): Promise<EndpointReply> => {
    const { store, clock, keyring, log } = services
    const [token, password, code] = [textOf(body, 'token'), textOf(body, 'password'), plainCode(textOf(body, 'code'))]
    const account = await findInvited(services, token)
    if (account === undefined) return usedLink()
    const weak = await refusedPassword(services, password, account.name)
    if (weak !== undefined) return weak
    const secret = await secretOf(services, account, token)
    const step = matchingStep(secret, code, clock.now())
    if (step === undefined)
      return refused(
        400,
        'CodeMismatchException',
        'The code does not fit. Type the one that the app shows now, and check the clock of its device.',
      )
    const passwordHash = await newPasswordHash(services, password)
    if (typeof passwordHash !== 'string') return passwordHash.refusal
    const sealedTotp = await keyring.seal('operators', serverUid, account.uid, secret)
    const { setUp: _, ...rest } = account
    const ready = { ...rest, passwordHash, sealedTotp, generation: account.generation + 1, lastSignInAt: clock.now() }
    const as = by(operatorActor(account.name))
    // Of all who hold the link, one saves the version that had it.
    if ((await store.operators.save(as, ready)) !== 'saved') return usedLink()
    await spendCode(services, as, account, step, code)
    const cookie = await openSession(services, as, ready)
    log.info({ operator: account.name, ip: request.remoteAddress }, 'an operator set the account up')
    return answered({}, { 'set-cookie': sessionCookie(place, cookie) })
  }
