/** How long and how often things are measured. */
export interface Plan {
  readonly starts: number
  /** Servers that are started for it one after another: by chance some are faster than others through and through. */
  readonly servers: number
  readonly warmUp: Span
  /** At each of them. */
  readonly rounds: number
  readonly round: Span
  /** Access tokens that GetUser and userInfo are called with in turn, as many for each. */
  readonly tokens: number
  /** Access tokens from before the server's start, with each of which the two are called once: so many in each round, and in the warm-up. */
  readonly olderTokens: number
  readonly pace: { readonly rounds: number; readonly findSeconds: number; readonly seconds: number }
  readonly disk: { readonly rounds: number; readonly seconds: number }
  readonly users: { readonly many: number; readonly pairs: number; readonly seconds: number }
  readonly nodes: { readonly rounds: number; readonly seconds: number }
  readonly peers: { readonly sizes: readonly number[]; readonly rounds: number; readonly seconds: number; readonly fillSeconds: number }
}

/** One kind of request lasts `seconds`, or so many exchanges of two requests. */
export interface Span {
  readonly seconds: number
  readonly exchanges: number
}

/** About twenty-six minutes, most of it for filling pools and warming up: V8 goes on compiling for some ten seconds of load. */
export const fullPlan: Plan = {
  starts: 7,
  servers: 3,
  warmUp: { seconds: 8, exchanges: 3000 },
  rounds: 3,
  round: { seconds: 1.2, exchanges: 400 },
  tokens: 4000,
  olderTokens: 1500,
  pace: { rounds: 7, findSeconds: 1.5, seconds: 4 },
  disk: { rounds: 5, seconds: 1.5 },
  users: { many: 1_000_000, pairs: 5, seconds: 2 },
  nodes: { rounds: 5, seconds: 1.5 },
  peers: { sizes: [100, 3000], rounds: 3, seconds: 2, fillSeconds: 240 },
}

/** About a minute, rougher. */
export const quickPlan: Plan = {
  starts: 3,
  servers: 1,
  warmUp: { seconds: 0.5, exchanges: 150 },
  rounds: 2,
  round: { seconds: 0.6, exchanges: 200 },
  tokens: 200,
  olderTokens: 200,
  pace: { rounds: 2, findSeconds: 0.8, seconds: 1.5 },
  disk: { rounds: 2, seconds: 0.6 },
  users: { many: 10_000, pairs: 2, seconds: 1 },
  nodes: { rounds: 2, seconds: 0.5 },
  peers: { sizes: [100, 300], rounds: 2, seconds: 1, fillSeconds: 30 },
}
