import type { ReactNode } from 'react'
import type { Loaded as Load } from '../hooks/use-load.ts'
import { Loaded } from './loaded.tsx'
import { Page } from './page.tsx'

/** A form that begins with what is loaded: until then its heading with a spinner, or a refusal in the API's words. */
export const LoadedForm = <T,>({
  title,
  load,
  children,
}: {
  readonly title: string
  readonly load: Load<T>
  readonly children: (value: NonNullable<T>) => ReactNode
}) =>
  load.value === undefined || load.value === null ? (
    <Page title={title}>
      <Loaded load={load}>{() => null}</Loaded>
    </Page>
  ) : (
    children(load.value)
  )
