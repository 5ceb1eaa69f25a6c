/** An operation as its client saw it: the steps that it takes in this order, each at one moment between the two times. */
export interface Recorded<Step> {
  /** performance.now() of one process */
  readonly invokedAt: number
  /** Infinity for an answer that never came: each of the steps may be taken at any later time, or never. */
  readonly answeredAt: number
  readonly steps: readonly Step[]
}

/** What one server that does one thing after another may do. */
export interface Model<State, Step> {
  readonly initial: State
  /** The states in which the step may leave it; none when the step can't be taken. A state is JSON. */
  next(state: State, step: Step): readonly State[]
}

/** A step of the operation with that index. */
export interface Taken<Step> {
  readonly operation: number
  readonly step: Step
}

interface Pending {
  /** The operations of which a step may be next: no other one was answered before they were made. */
  readonly candidates: readonly number[]
  readonly isOver: boolean
}

const pendingAt = <Step>(history: readonly Recorded<Step>[], done: readonly number[], names: readonly string[]): Pending => {
  const left = history.flatMap(({ steps }, n) => ((done[n] ?? 0) < steps.length ? [n] : []))
  const at = (n: number) => history[n] as Recorded<Step>
  const firstAnswer = Math.min(Infinity, ...left.map((n) => at(n).answeredAt))
  const isOver = firstAnswer === Infinity
  // Of those that are the same in all but their times, the one that was answered first can always be taken first.
  const byName = new Map<string, number>()
  for (const n of left) {
    if (at(n).invokedAt > firstAnswer) continue
    const name = `${done[n]} ${names[n]}`
    const other = byName.get(name)
    if (other === undefined || at(n).answeredAt < at(other).answeredAt) byName.set(name, n)
  }
  return { candidates: [...byName.values()].sort((a, b) => at(a).answeredAt - at(b).answeredAt), isOver }
}

/**
 * An order of all steps that a server could have taken one after another, within the times of each operation; undefined when there is none,
 * so that the history shows something that must not be (linearizability: J. M. Wing and C. Gong, "Testing and Verifying Concurrent Objects",
 * 1993; what was reached before is not searched again: G. Lowe, "Testing for Linearizability", 2017). Throws when it can't be told in time.
 */
export const findOrder = <State, Step>(
  { initial, next }: Model<State, Step>,
  history: readonly Recorded<Step>[],
  mostPositions = 200_000,
): readonly Taken<Step>[] | undefined => {
  const names = history.map(({ steps }) => JSON.stringify(steps))
  const seen = new Set<string>()
  const search = (state: State, done: readonly number[], taken: readonly Taken<Step>[]): readonly Taken<Step>[] | undefined => {
    const position = JSON.stringify([done, state])
    if (seen.has(position)) return undefined
    seen.add(position)
    if (seen.size > mostPositions) throw new Error(`whether this history has an order is not known after ${mostPositions} positions`)
    const { candidates, isOver } = pendingAt(history, done, names)
    if (isOver) return taken
    for (const operation of candidates) {
      const step = history[operation]?.steps[done[operation] ?? 0] as Step
      for (const state2 of next(state, step)) {
        const order = search(state2, done.with(operation, (done[operation] ?? 0) + 1), [...taken, { operation, step }])
        if (order !== undefined) return order
      }
    }
    return undefined
  }
  return search(
    initial,
    history.map(() => 0),
    [],
  )
}
