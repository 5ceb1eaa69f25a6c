import { amendOperator } from '../console/amend-operator.ts'
import { everyOperator } from '../console/every-operator.ts'
import { inviteOperator } from '../console/invite-operator.ts'
import { operatorPolicyFault } from '../console/operator-policy-fault.ts'
import { deleteAccount, resetAccount } from '../console/replace-account.ts'
import type { Services } from '../context.ts'
import { mostOperators, type OperatorAccount, operatorName, operatorNameFault, operatorState } from '../domain/operator-account.ts'
import type { By } from '../storage/store.ts'

/** An operator as the command line shows it. */
export interface ShownOperator {
  readonly name: string
  readonly state: 'invited' | 'active'
  readonly createdAt: number
  readonly lastSignInAt?: number | undefined
  readonly policy: unknown
  /** Policies that have to allow as well, for operators whom operators made. */
  readonly boundaries: readonly unknown[]
  /** The operator who made this one; undefined: the command line, or somebody who is gone. */
  readonly madeBy?: string | undefined
}

/** A link that lets somebody set an account up, until `expiresAt`. */
export interface SetUpLink {
  readonly name: string
  readonly link: string
  readonly expiresAt: number
}

/** What the command line does about operators of the console; to whom it may do it is not asked. */
export interface OperatorCommands {
  createOperator(input: { name: string; policy: unknown }): Promise<SetUpLink>
  listOperators(): Promise<ShownOperator[]>
  /** Takes password and authenticator away; what the operator may do stays. */
  resetOperator(input: { name: string }): Promise<SetUpLink>
  deleteOperator(input: { name: string }): Promise<{ deleted: boolean }>
  /** Gives an operator another policy; boundaries stay, and every session ends. */
  setOperatorPolicy(input: { name: string; policy: unknown }): Promise<{ name: string }>
}

/** How whoever types commands stands in the audit trail: they need no name, only the data folder. */
export const commandLine = 'command-line'

const noOperators = () => {
  throw new Error(
    'Operators sign in to the console of `poolhouse serve`; `poolhouse dev` opens its own to everybody at its machine. For data of `serve` give the master key too (--master-key-file).',
  )
}

/** The commands over open services; without an `adminUrl` there are no operators, and each says so. */
export const createOperatorCommands = (services: Services, adminUrl: (() => string) | undefined): OperatorCommands => {
  if (adminUrl === undefined) {
    const refuse = async () => noOperators()
    return { createOperator: refuse, listOperators: refuse, resetOperator: refuse, deleteOperator: refuse, setOperatorPolicy: refuse }
  }
  const { store, random, clock, log } = services
  const by = (action: string): By => ({ actor: commandLine, requestId: random.uuid(), action, at: clock.now() })
  const inviting = { store, random, clock, adminUrl }

  const requireOperator = async (typed: string): Promise<OperatorAccount> => {
    const account = await store.operators.byName(operatorName(typed))
    if (account === undefined) throw new Error(`There is no operator ${operatorName(typed)}. \`poolhouse operator list\` shows them.`)
    return account
  }

  const requirePolicy = (policy: unknown): string => {
    const fault = operatorPolicyFault(policy)
    if (fault !== undefined) throw new Error(fault)
    return JSON.stringify(policy)
  }

  return {
    createOperator: async ({ name: typed, policy }) => {
      const name = operatorName(typed)
      const fault = operatorNameFault(name)
      if (fault !== undefined) throw new Error(fault)
      requirePolicy(policy)
      const made = await inviteOperator(inviting, by('CreateOperator'), { name, policy, maker: undefined })
      if ('refused' in made)
        throw new Error(
          made.refused === 'name taken'
            ? `There is an operator ${name} already. \`poolhouse operator reset ${name}\` makes a new link.`
            : `A server has at most ${mostOperators} operators.`,
        )
      log.info({ operator: name, by: commandLine }, 'an operator was made')
      return { name, link: made.link, expiresAt: made.setUp.expiresAt }
    },
    listOperators: async () => {
      const accounts = await everyOperator(store)
      const names = new Map(accounts.map(({ uid, name }) => [uid, name]))
      return accounts.map((account) => ({
        name: account.name,
        state: operatorState(account),
        createdAt: account.createdAt,
        lastSignInAt: account.lastSignInAt,
        policy: JSON.parse(account.policy) as unknown,
        boundaries: account.boundaries.map((text) => JSON.parse(text) as unknown),
        madeBy: names.get(account.madeBy[0] ?? ''),
      }))
    },
    resetOperator: async ({ name }) => {
      const account = await requireOperator(name)
      const invitation = await resetAccount(inviting, by('ResetOperator'), account)
      if (invitation === undefined) throw new Error(`The operator ${account.name} was deleted meanwhile.`)
      log.info({ operator: account.name, by: commandLine }, 'an operator was reset')
      return { name: account.name, link: invitation.link, expiresAt: invitation.setUp.expiresAt }
    },
    deleteOperator: async ({ name }) => {
      const account = await requireOperator(name)
      const deleted = await deleteAccount(store, by('DeleteOperator'), account)
      if (deleted) log.info({ operator: account.name, by: commandLine }, 'an operator was deleted')
      return { deleted }
    },
    setOperatorPolicy: async ({ name, policy: document }) => {
      const policy = requirePolicy(document)
      const account = await requireOperator(name)
      const saved = await amendOperator(store, by('SetOperatorPolicy'), account, (now) => ({
        ...now,
        policy,
        generation: now.generation + 1,
      }))
      if (saved === undefined) throw new Error(`The operator ${account.name} was deleted meanwhile.`)
      log.info({ operator: saved.name, by: commandLine }, 'an operator got another policy')
      return { name: saved.name }
    },
  }
}
