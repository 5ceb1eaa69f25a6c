import HelpPanel from '@cloudscape-design/components/help-panel'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'

/** What the help panel says about a page. */
export interface Help {
  readonly title: string
  readonly body: ReactNode
}

interface PageState {
  /** What the shown page is called. */
  readonly title: string | undefined
  readonly help: Help | undefined
  readonly isHelpOpen: boolean
}

interface PageActions {
  readonly show: (title: string | undefined, help: Help | undefined) => void
  readonly openHelp: (isOpen: boolean) => void
}

const nothing: PageState = { title: undefined, help: undefined, isHelpOpen: false }
const StateContext = createContext<PageState>(nothing)
const ActionsContext = createContext<PageActions>({ show: () => {}, openHelp: () => {} })

/** Keeps what the page says of itself to what stands around it. */
export const HelpProvider = ({ children }: { readonly children: ReactNode }) => {
  const [state, setState] = useState(nothing)
  const actions = useMemo(
    (): PageActions => ({
      show: (title, help) => setState((before) => ({ title, help, isHelpOpen: before.isHelpOpen && help !== undefined })),
      openHelp: (isHelpOpen) => setState((before) => ({ ...before, isHelpOpen })),
    }),
    [],
  )
  return (
    <ActionsContext value={actions}>
      <StateContext value={state}>{children}</StateContext>
    </ActionsContext>
  )
}

/** What the page says of itself. */
export const usePageState = (): PageState => useContext(StateContext)

/** Opens and closes the help panel. */
export const useOpenHelp = (): PageActions['openHelp'] => useContext(ActionsContext).openHelp

/** Names the breadcrumb and the browser's tab after the page and fills the help panel; `help` has to be a constant outside the component. */
export const usePageHead = (title: string, help: Help | undefined): void => {
  const { show } = useContext(ActionsContext)
  useEffect(() => {
    show(title, help)
    document.title = `${title} - Poolhouse`
  }, [title, help, show])
  useEffect(() => () => show(undefined, undefined), [show])
}

/** The panel's content. */
export const HelpContent = () => {
  const { help } = usePageState()
  return help === undefined ? null : <HelpPanel header={<h2>{help.title}</h2>}>{help.body}</HelpPanel>
}
