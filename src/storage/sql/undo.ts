/** What a writing verb answers when nothing that it wrote may stand; the executor rolls back and hands out `result`. */
export class Undo<R> {
  readonly result: R

  constructor(result: R) {
    this.result = result
  }
}

/** Ends a writing verb with `result` and takes back everything that it wrote. */
export const undo = <const R>(result: R): Undo<R> => new Undo(result)
