import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { systemRandom } from '../random.ts'
import { createTriggers, type OpenedTriggers, type TriggerSettings } from './create-triggers.ts'
import type { TriggerCall, TriggerTarget, TryOutcome } from './trigger-target.ts'
import type { TriggerEvent } from './triggers.ts'

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:fn'
const event: TriggerEvent = {
  version: '1',
  triggerSource: 'UserMigration_Authentication',
  region: 'us-east-1',
  userPoolId: 'us-east-1_Example',
  userName: 'ana',
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'client' },
  request: { password: 'geheim', validationData: null },
  response: {},
}

/** Triggers with one target that answers what it is told, call by call, the last one again and again. */
const withTarget = (outcomes: readonly (TryOutcome | Promise<TryOutcome>)[], settings: Partial<TriggerSettings> = {}) => {
  const calls: TriggerCall[] = []
  const lines: object[] = []
  const target: TriggerTarget = {
    invoke: async (_event, call) => {
      calls.push(call)
      return outcomes[Math.min(calls.length, outcomes.length) - 1] as TryOutcome
    },
    close: async () => void calls.push({ arn: 'closed', id: '', limit: 0 }),
  }
  const error = (fields: object) => void lines.push(fields)
  const log = { debug: error, info: error, warn: error, error }
  const triggers: OpenedTriggers = createTriggers({
    targets: new Map([[arn, target]]),
    clock: systemClock,
    random: systemRandom,
    log,
    keep: 3,
    ...settings,
  })
  return { triggers, calls, lines }
}

const answered: TryOutcome = { kind: 'answered', answer: event }
const timedOut: TryOutcome = { kind: 'timed out' }

describe('invoke', () => {
  it('has five seconds for each of three tries of one call', async () => {
    const { triggers, calls } = withTarget([timedOut, timedOut, answered])
    expect(await triggers.invoke(arn, event)).toEqual(answered)
    expect(calls.map(({ limit }) => limit)).toEqual([5000, 5000, 5000])
    expect(new Set(calls.map(({ id }) => id)).size).toBe(1)
  })

  it('gives up after three', async () => {
    const { triggers, calls } = withTarget([timedOut])
    expect(await triggers.invoke(arn, event)).toEqual({
      kind: 'not invocable',
      sentence: 'the function did not answer within 5000 ms, 3 times',
      timedOut: true,
    })
    expect(calls.length).toBe(3)
  })

  it.each<TryOutcome>([
    { kind: 'threw', message: 'no' },
    { kind: 'not invocable', sentence: 'no' },
  ])('tries once when it is $kind', async (outcome) => {
    const { triggers, calls } = withTarget([outcome])
    expect(await triggers.invoke(arn, event)).toEqual(outcome)
    expect(calls.length).toBe(1)
  })

  it('never rejects', async () => {
    const { triggers } = withTarget([Promise.reject(new Error('out of files'))])
    expect(await triggers.invoke(arn, event)).toEqual({ kind: 'not invocable', sentence: 'the call failed: Error: out of files' })
  })

  it('fails closed for an ARN without a mapping', async () => {
    const { triggers } = withTarget([answered])
    expect(await triggers.invoke('arn:other', event)).toEqual({ kind: 'not invocable', sentence: 'no function is mapped to arn:other' })
    expect(await triggers.send('arn:other', event)).toEqual({ kind: 'not invocable', sentence: 'no function is mapped to arn:other' })
    expect(triggers.invocations().length).toBe(2)
  })
})

describe('send', () => {
  it('does not wait, tries once and has more time', async () => {
    const { triggers, calls, lines } = withTarget([sleep(20).then(() => timedOut)])
    expect(await triggers.send(arn, event)).toBeUndefined()
    expect(calls).toEqual([{ arn, id: expect.any(String), limit: 30_000 }])
    await triggers.close()
    expect(calls.filter((call) => call.arn === arn).length).toBe(1)
    expect(lines).toEqual([{ arn, source: event.triggerSource, reason: 'the function did not answer within 30000 ms' }])
  })

  it('logs what a function threw', async () => {
    const { triggers, lines } = withTarget([{ kind: 'threw', message: 'no' }])
    await triggers.send(arn, event)
    await triggers.close()
    expect(lines).toEqual([{ arn, source: event.triggerSource, reason: 'the function threw: no' }])
  })

  it('lets a thousand wait, and refuses more', async () => {
    const { promise, resolve } = Promise.withResolvers<TryOutcome>()
    const { triggers, calls } = withTarget([promise])
    const refusals = await Promise.all(Array.from({ length: 1017 }, () => triggers.send(arn, event)))
    expect(calls.length).toBe(16)
    expect(refusals.filter((refusal) => refusal !== undefined)).toEqual([
      { kind: 'not invocable', sentence: 'too many messages wait for functions that send them' },
    ])
    resolve(answered)
    await triggers.close()
    expect(calls.length).toBe(1017)
    expect(calls.at(-1)?.arn).toBe('closed')
  })

  it('is not waited for without end when the server stops', async () => {
    const { triggers, calls } = withTarget([new Promise(() => {})], { patience: 20 })
    await triggers.send(arn, event)
    await triggers.close()
    expect(calls.map((call) => call.arn)).toEqual([arn, 'closed'])
    expect(await triggers.send(arn, event)).toMatchObject({ kind: 'not invocable' })
  })
})

describe('invocations', () => {
  it('are the last ones, newest first, without passwords', async () => {
    const { triggers } = withTarget([{ kind: 'threw', message: 'first' }, timedOut, answered, answered])
    await triggers.invoke(arn, event)
    for (let count = 0; count < 2; count += 1) await triggers.invoke(arn, event)
    expect(triggers.invocations()).toEqual([
      {
        at: expect.any(Number),
        arn,
        source: event.triggerSource,
        event: { ...event, request: { ...event.request, password: '(hidden)' } },
        outcome: { kind: 'answered', answer: { ...event, request: { ...event.request, password: '(hidden)' } } },
        tries: 1,
        took: expect.any(Number),
      },
      expect.objectContaining({ tries: 2 }),
      expect.objectContaining({ outcome: { kind: 'threw', message: 'first' } }),
    ])
    await triggers.invoke(arn, event)
    expect(triggers.invocations().length).toBe(3)
    triggers.clear()
    expect(triggers.invocations()).toEqual([])
  })

  it('leave out what is long', async () => {
    const { triggers } = withTarget([{ kind: 'answered', answer: 'x'.repeat(100_000) }])
    await triggers.invoke(arn, event)
    expect(triggers.invocations()[0]?.outcome).toEqual({ kind: 'answered', answer: '(100002 characters)' })
  })

  it('leave out what is too deep to be written', async () => {
    const answer: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))
    const { triggers } = withTarget([{ kind: 'answered', answer }])
    expect((await triggers.invoke(arn, event)).kind).toBe('answered')
    expect(triggers.invocations()[0]?.outcome).toEqual({ kind: 'answered', answer: '(what cannot be written as JSON)' })
  })

  it('are not kept unless it is wanted', async () => {
    const { triggers } = withTarget([answered], { keep: undefined })
    await triggers.invoke(arn, event)
    expect(triggers.invocations()).toEqual([])
  })
})
