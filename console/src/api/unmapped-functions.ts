import { fetchView } from './view.ts'

/** Of the functions that a pool names, those that nothing on this server stands behind; undefined where the server does not tell. */
export const unmappedFunctions = async (
  poolId: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly string[] | undefined> => {
  try {
    return (await fetchView<{ readonly unmapped: readonly string[] }>('triggers', poolId, signal)).unmapped
  } catch {
    return undefined
  }
}
