/** What the tests use of it; the package has no types of its own. */
declare module 'postman-runtime' {
  import type { Collection, Response } from 'postman-collection'

  interface Run {
    start(callbacks: { response(error: Error | null, cursor: unknown, response: Response): void; done(error: Error | null): void }): void
  }

  class Runner {
    run(collection: Collection, options: object, ready: (error: Error | null, run: Run) => void): void
  }
}
