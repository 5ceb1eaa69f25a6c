import { matchingStep } from '../crypto/totp.ts'
import { authenticatorUri } from '../domain/authenticator-uri.ts'
import { encodeBase32 } from '../domain/base32.ts'
import type { OperatorAccount } from '../domain/operator-account.ts'
import { qrPath } from '../domain/qr-path.ts'
import { serverUid } from '../domain/server-uid.ts'
import { amendOperator } from './amend-operator.ts'
import { answered, answeredSession, type EndpointCall, type EndpointReply, refused, textOf } from './endpoint.ts'
import { findInvited, holdsLink } from './invitation.ts'
import { newPasswordHash, refusedPassword } from './new-password.ts'
import type { OperatorServices } from './operator-services.ts'
import { openSession, operatorActor } from './operator-sessions.ts'
import { plainCode, spendCode } from './prove-operator.ts'

const usedLink = () =>
  refused(
    401,
    'NotAuthorizedException',
    'This link was used or has expired. Ask whoever sent it for a new one; on the server, `poolhouse operator reset NAME` makes one.',
  )

/** 160 bits (RFC 4226 section 4, R6). */
const secretSize = 20

// A secret that was sealed for one link opens with that link alone.
const entityOf = ({ uid }: OperatorAccount, token: string): string => `${uid}/set-up/${token}`

const secretOf = async (
  { keyring }: OperatorServices,
  account: OperatorAccount,
  token: string,
  sealed: string,
): Promise<Uint8Array | undefined> => (sealed === '' ? undefined : keyring.open('operators', serverUid, entityOf(account, token), sealed))

/**
 * POST /console/set-up/begin: what the link is for, and a new secret as text, as URI and as a QR code, which the page sends back `sealed`. So
 * nothing of the authenticator follows from the link, which others may have seen on its way. Leaves an audit row.
 */
export const beginSetUp =
  (services: OperatorServices) =>
  async ({ body, by }: EndpointCall): Promise<EndpointReply> => {
    const { store, keyring, random } = services
    const token = textOf(body, 'token')
    const account = await findInvited(services, token)
    if (account === undefined) return usedLink()
    const as = by(operatorActor(account.name))
    const begun = await amendOperator(store, as, account, (now) => (holdsLink(now, account) ? now : undefined))
    if (begun === undefined) return usedLink()
    const bytes = random.bytes(secretSize)
    const sealed = await keyring.seal('operators', serverUid, entityOf(account, token), bytes)
    const secret = encodeBase32(bytes)
    const uri = authenticatorUri({ issuer: 'Poolhouse', account: account.name, secret })
    // Read at first need: hardly any start of a server is followed by this.
    const { encode } = await import('uqr')
    const { data, size } = encode(uri, { ecc: 'L', border: 4 })
    return answered({ name: account.name, secret, sealed, uri, qr: { size, path: qrPath(data) } })
  }

const wrongCode = () =>
  refused(400, 'CodeMismatchException', 'The code does not fit. Type the one that the app shows now, and check the clock of its device.')

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
    const secret = await secretOf(services, account, token, textOf(body, 'sealed'))
    if (secret === undefined) return refused(400, 'InvalidParameterException', 'The secret is not of this link. Open the link again.')
    const step = matchingStep(secret, code, clock.now())
    if (step === undefined) return wrongCode()
    const passwordHash = await newPasswordHash(services, password, request)
    if (typeof passwordHash !== 'string') return passwordHash.refusal
    const sealedTotp = await keyring.seal('operators', serverUid, account.uid, secret)
    const as = by(operatorActor(account.name))
    // Of all who hold the link, one takes it off the account.
    const ready = await amendOperator(store, as, account, (now) => {
      const { setUp: _, ...rest } = now
      return holdsLink(now, account)
        ? { ...rest, passwordHash, sealedTotp, generation: now.generation + 1, lastSignInAt: clock.now() }
        : undefined
    })
    if (ready === undefined) return usedLink()
    await spendCode(services, as, account, step, code)
    const opened = await openSession(services, as, ready)
    log.info({ operator: account.name, ip: request.remoteAddress }, 'an operator set the account up')
    return answeredSession(place, opened)
  }
