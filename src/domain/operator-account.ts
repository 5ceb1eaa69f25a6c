/** Somebody who may sign in to the console of `serve`. */
export interface OperatorAccount {
  /** In lower case; good again once the account is gone. */
  readonly name: string
  /** Never used again. */
  readonly uid: string
  readonly version: number
  /** Argon2id as a PHC string; undefined until the person has set the account up. */
  readonly passwordHash?: string | undefined
  /** The secret of the authenticator app, sealed; there together with the password. */
  readonly sealedTotp?: string | undefined
  /** JSON text of what the person may do. */
  readonly policy: string
  /** JSON texts of what whoever made the operator might do then, and who had made those: each has to allow a call as well. */
  readonly boundaries: readonly string[]
  /** Uids of who made the operator, the nearest first; empty: the command line did. */
  readonly madeBy: readonly string[]
  /** Sessions of an earlier one are over. */
  readonly generation: number
  /** The live link for setting up, by the hash of its token. */
  readonly setUp?: { readonly hash: string; readonly expiresAt: number } | undefined
  /** Epoch milliseconds, as all times here. */
  readonly createdAt: number
  readonly lastSignInAt?: number | undefined
}

/** A sign-in to the console. */
export interface OperatorSession {
  /** Of the cookie's value. */
  readonly hash: string
  readonly name: string
  readonly uid: string
  readonly generation: number
  readonly createdAt: number
  /** To the minute. */
  readonly usedAt: number
  /** When it ends however much it is used. */
  readonly expiresAt: number
}

const minute = 60_000
const hour = 60 * minute

/** How long a session lives without use, in ms. */
export const operatorIdleLimit = 30 * minute
/** How long a session lives at most, in ms. */
export const operatorSessionLimit = 12 * hour
/** A use is written down when the last one that was is so old, in ms. */
export const operatorUseNoted = minute
/** How long the link for setting up is good, in ms. */
export const operatorSetUpLimit = 24 * hour
/** How many operators a server has at most. */
export const mostOperators = 500
/** How many generations of makers there are at most; each adds a boundary. */
export const longestMakerLine = 16

/** The name as it is stored and compared: in lower case and without blanks around it. */
export const operatorName = (typed: string): string => typed.trim().toLowerCase()

/** What is wrong with an operator's name, as a sentence. */
export const operatorNameFault = (name: string): string | undefined =>
  /^[a-z0-9_.@-]{1,64}$/.test(name) ? undefined : 'The name of an operator has 1 to 64 letters, digits or any of .@_- and nothing else.'

/** What is wrong with a new password of an operator, as a sentence: length alone and the name; lists of known ones are asked elsewhere. */
export const operatorPasswordFault = (password: string, name: string): string | undefined => {
  const length = [...password].length
  if (length < 12) return 'The password must have at least 12 characters.'
  if (length > 256) return 'The password must have at most 256 characters.'
  return password.trim().toLowerCase() === name ? 'The password must not be the name.' : undefined
}

/** Whether the account was set up. */
export const operatorState = ({ passwordHash, sealedTotp }: OperatorAccount): 'invited' | 'active' =>
  passwordHash === undefined || sealedTotp === undefined ? 'invited' : 'active'

/** Whether a session lets its operator in at a moment: not idle for too long, not too old, and of the account's present generation. */
export const isOperatorSessionLive = (session: OperatorSession, account: OperatorAccount | undefined, now: number): boolean =>
  account !== undefined &&
  operatorState(account) === 'active' &&
  session.uid === account.uid &&
  session.generation === account.generation &&
  now < session.expiresAt &&
  now - session.usedAt < operatorIdleLimit

/** The boundaries of an operator whom somebody makes: nobody grants what they lack, nor does whoever is made by them. */
export const boundariesUnder = (maker: Pick<OperatorAccount, 'policy' | 'boundaries'>): readonly string[] => [
  ...new Set([maker.policy, ...maker.boundaries]),
]

/** Whether somebody made the operator, directly or through others. */
export const isMadeBy = (account: Pick<OperatorAccount, 'madeBy'>, maker: Pick<OperatorAccount, 'uid'>): boolean =>
  account.madeBy.includes(maker.uid)

/**
 * Whether somebody may get a new link for the operator, which lets them sign in as the operator: only one whom they made, and who is
 * still bounded by all that bounds them, for a maker's policy may have changed since.
 */
export const mayResetOperator = (
  account: Pick<OperatorAccount, 'madeBy' | 'boundaries'>,
  maker: Pick<OperatorAccount, 'uid' | 'policy' | 'boundaries'>,
): boolean => isMadeBy(account, maker) && boundariesUnder(maker).every((policy) => account.boundaries.includes(policy))
