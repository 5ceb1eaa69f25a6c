import type { Compute } from './compute.ts'

/** One computation: which, and its numbers in the order of the function's arguments. */
export interface SrpTask {
  readonly operation: Extract<keyof Compute, 'generatorPower' | 'sharedSecret'>
  readonly numbers: readonly Uint8Array[]
}

/** Several computations in one message to a worker thread: of each the sizes of its numbers, and all bytes one after another. */
export interface SrpBatch {
  readonly tasks: readonly { readonly operation: SrpTask['operation']; readonly sizes: readonly number[] }[]
  readonly bytes: ArrayBuffer
}

const resultSize = 384

/** Copies the numbers into a buffer of their own, which may be transferred. */
export const packBatch = (tasks: readonly SrpTask[]): SrpBatch => {
  const numbers = tasks.flatMap((task) => task.numbers)
  const bytes = new Uint8Array(numbers.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const number of numbers) {
    bytes.set(number, at)
    at += number.length
  }
  return {
    tasks: tasks.map((task) => ({ operation: task.operation, sizes: task.numbers.map(({ length }) => length) })),
    bytes: bytes.buffer,
  }
}

/** Computes a batch and clears its numbers, which are secrets of a sign-in; all 384-byte results in one buffer. */
export const computeBatch = (
  { tasks, bytes }: SrpBatch,
  arithmetic: Readonly<Record<SrpTask['operation'], (...numbers: Uint8Array[]) => Uint8Array>>,
): ArrayBuffer => {
  const input = new Uint8Array(bytes)
  const answer = new Uint8Array(tasks.length * resultSize)
  let at = 0
  const take = (size: number): Uint8Array => {
    const from = at
    at += size
    return input.subarray(from, at)
  }
  for (const [index, { operation, sizes }] of tasks.entries()) answer.set(arithmetic[operation](...sizes.map(take)), index * resultSize)
  input.fill(0)
  return answer.buffer
}

/** The `index`-th result in a worker's answer. */
export const unpackResult = (answer: ArrayBuffer, index: number): Uint8Array => new Uint8Array(answer, index * resultSize, resultSize)
