import { passwordMatches } from '../crypto/argon2.ts'
import { matchingStep } from '../crypto/totp.ts'
import { failuresForgottenAfter, lockedUntil } from '../domain/lockout.ts'
import { networkOf } from '../domain/network-of.ts'
import { type OperatorAccount, operatorName, operatorNameFault, operatorState } from '../domain/operator-account.ts'
import { serverUid } from '../domain/server-uid.ts'
import type { By } from '../storage/store.ts'
import type { OperatorServices } from './operator-services.ts'

/** What somebody typed to sign in. */
export interface Typed {
  readonly name: string
  readonly password: string
  readonly code: string
}

/** What came of it: whose it is, that something of it is wrong, or for how many seconds nothing is looked at. */
export type OperatorProof = { readonly account: OperatorAccount } | 'wrong' | { readonly wait: number }

/** Puts name, password and code to the test. */
export type ProveOperator = (by: By, typed: Typed) => Promise<OperatorProof>

// Nobody knows what it was made from; it costs what a real one does.
const decoyHash = '$argon2id$v=19$m=19456,t=2,p=1$cG9vbGhvdXNlLWRlY295cw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const decoyEntity = 'nobody'

const codeKey = { poolUid: serverUid, kind: 'operator-code' }

/** Longer than a code matches, also by a clock that was set back. */
const codeRemembered = 60 * 60_000

/** What a code is without the blanks that apps show in it. */
export const plainCode = (typed: string): string => typed.replaceAll(/\s/g, '')

/** Uses a code up; of all who send it, one gets true. */
export const spendCode = async (
  { store }: Pick<OperatorServices, 'store'>,
  by: By,
  { uid }: Pick<OperatorAccount, 'uid'>,
  step: number,
  code: string,
): Promise<boolean> => (await store.spent.spend(by, serverUid, `operator/${uid}/${step}/${code}`, by.at + codeRemembered)) === 'first'

/**
 * The one place where operators prove who they are. A try is charged before it is looked at, behind the lock-out that users have too, by network;
 * it takes as long for names that nobody has, and for people who have not set up yet.
 */
export const createProveOperator = (services: OperatorServices): ProveOperator => {
  const { store, clock, random, keyring, meter, log, hashing } = services
  let decoy: Promise<string> | undefined

  const secretOf = async (account: OperatorAccount | undefined): Promise<Uint8Array> => {
    decoy ??= keyring.seal('operators', serverUid, decoyEntity, random.bytes(20))
    const [entity, sealed] = account?.sealedTotp === undefined ? [decoyEntity, await decoy] : [account.uid, account.sealedTotp]
    const secret = await keyring.open('operators', serverUid, entity, sealed)
    if (secret === undefined) throw new Error(`the authenticator's secret of operator ${entity} does not open`)
    return secret
  }

  // By network: else strangers could lock operators out by their names. A reset begins anew, for it changes the generation.
  const subjectOf = (account: OperatorAccount | undefined, name: string, ip: string | undefined): string =>
    `${account?.uid ?? `name:${name}`}#${account?.generation ?? 0}@${networkOf(ip) ?? 'unknown'}`

  /**
   * Whoever has the password could try codes from many networks, so those tries are counted for the whole account. What is counted else
   * is of no account: it is there to take as long.
   */
  const mayTryCode = async (by: By, account: OperatorAccount | undefined, fits: boolean, subject: string): Promise<boolean> => {
    const key =
      account !== undefined && fits
        ? { ...codeKey, subject: `${account.uid}#${account.generation}` }
        : { ...codeKey, subject, kind: 'operator-password' }
    return (await store.attempts.charge(by, key, failuresForgottenAfter)) !== 'locked'
  }

  const waitOf = async (key: { poolUid: string; subject: string; kind: string }): Promise<{ wait: number }> => {
    meter.count('lockouts', { kind: key.kind })
    const { failures, lastAt } = (await store.attempts.read(key.poolUid, key.subject, key.kind)) ?? { failures: 0, lastAt: 0 }
    return { wait: Math.max(1, Math.ceil((lockedUntil(failures, lastAt) - clock.now()) / 1000)) }
  }

  const prove = async (by: By, { name, password, code }: Typed): Promise<OperatorProof> => {
    const account = await store.operators.byName(name)
    const key = { poolUid: serverUid, subject: subjectOf(account, name, by.ip), kind: 'operator' }
    if ((await store.attempts.charge(by, key, failuresForgottenAfter)) === 'locked') return waitOf(key)
    const [fits, secret] = await Promise.all([passwordMatches(password, account?.passwordHash ?? decoyHash), secretOf(account)])
    const step = matchingStep(secret, code, clock.now())
    const isOpen = await mayTryCode(by, account, fits, key.subject)
    if (account === undefined || operatorState(account) !== 'active' || !fits) return 'wrong'
    if (!isOpen) log.warn({ operator: account.name, ip: by.ip }, 'somebody who has the password of an operator tries codes')
    if (!isOpen || step === undefined || !(await spendCode(services, by, account, step, code))) return 'wrong'
    await store.attempts.clear(by, key)
    await store.attempts.clear(by, { ...codeKey, subject: `${account.uid}#${account.generation}` })
    return { account }
  }

  return async (by, { name, password, code }) => {
    const wanted = operatorName(name)
    // What no operator can be called goes on as text that any store takes and that none can be called either.
    const typed = {
      name: operatorNameFault(wanted) === undefined ? wanted : encodeURIComponent(wanted.toWellFormed()),
      password,
      code: plainCode(code),
    }
    const proof = await hashing({ from: by.ip, name: typed.name }, () => prove({ ...by, at: clock.now() }, typed))
    return proof === 'busy' ? { wait: 5 } : proof
  }
}
