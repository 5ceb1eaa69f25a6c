/**
 * What the console shows of a pool that no operation tells, by name; undefined for an unknown pool. Every operator gets it, whatever the
 * policy, so it must be public or belong to `dev`, where everybody is the operator.
 */
export type ConsoleViews = Readonly<Record<string, (poolId: string) => Promise<object | undefined>>>
