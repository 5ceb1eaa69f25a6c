import { I18nProvider } from '@cloudscape-design/components/i18n'
import messages from '@cloudscape-design/components/i18n/messages/all.en'
import { FlashProvider } from './shell/flashes.tsx'
import { HelpProvider } from './shell/help.tsx'
import { SessionGate } from './shell/session-gate.tsx'
import { Shell } from './shell/shell.tsx'

/** The console. */
export const App = () => (
  <I18nProvider locale="en" messages={[messages]}>
    <SessionGate>
      <FlashProvider>
        <HelpProvider>
          <Shell />
        </HelpProvider>
      </FlashProvider>
    </SessionGate>
  </I18nProvider>
)
