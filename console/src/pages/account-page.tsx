import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { rightsText } from '../api/new-operator.ts'
import { type Account, fetchAccount, signOutEverywhere } from '../api/operators.ts'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { Copyable } from '../components/copyable.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { PolicyView } from '../components/policy-view.tsx'
import { useLoad } from '../hooks/use-load.ts'
import { ChangePassword } from './account/change-password.tsx'

const help = {
  title: 'My account',
  body: (
    <SpaceBetween size="s">
      <p>
        An operator signs in with a name, a password and the code of an authenticator app. A session ends after 30 minutes without use, and
        after 12 hours in any case.
      </p>
      <p>
        Lost the app, or a new phone? Whoever made you an operator, or <code>poolhouse operator reset NAME</code> on the server, makes a new
        set-up link.
      </p>
    </SpaceBetween>
  ),
}

const Rights = ({ account: { policy, boundaries } }: { readonly account: Account }) => (
  <Container
    header={
      <Header variant="h2" description={`${rightsText(policy)}. As an IAM policy:`}>
        Rights
      </Header>
    }
  >
    <SpaceBetween size="m">
      <PolicyView policy={policy} what="policy" />
      {boundaries.length > 0 && (
        <ExpandableSection
          headerText={`Boundaries (${boundaries.length})`}
          headerDescription="Each of them has to allow a call as well: what whoever made you might do."
        >
          <SpaceBetween size="m">
            {boundaries.map((boundary) => (
              <PolicyView key={JSON.stringify(boundary)} policy={boundary} what="boundary" />
            ))}
          </SpaceBetween>
        </ExpandableSection>
      )}
    </SpaceBetween>
  </Container>
)

const Sessions = () => {
  const [isAsked, setIsAsked] = useState(false)
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Ends every session of yours on every device, this one too."
          actions={<Button onClick={() => setIsAsked(true)}>Sign out everywhere</Button>}
        >
          Sessions
        </Header>
      }
    >
      {isAsked && (
        <ConfirmDialog
          title="Sign out everywhere?"
          verb="Sign out everywhere"
          onConfirm={signOutEverywhere}
          onClose={(done) => {
            setIsAsked(false)
            // Nothing that was loaded stays in the page.
            if (done) location.reload()
          }}
        >
          Every session of yours ends on every device, this one too. You can sign in again at once.
        </ConfirmDialog>
      )}
      Do this if you left a session open on a device that is not yours.
    </Container>
  )
}

/** The own account of the operator. */
export const AccountPage = () => {
  const load = useLoad(fetchAccount, 'account')
  return (
    <Page title="My account" help={help} onReload={load.reload}>
      <Loaded load={load}>
        {(account) => (
          <>
            <Container header={<Header variant="h2">Operator</Header>}>
              <KeyValuePairs
                columns={3}
                items={[
                  { label: 'Name', value: <Copyable text={account.name} what="Name" /> },
                  { label: 'Last sign-in', value: <Moment at={account.lastSignInAt} /> },
                  { label: 'Operator since', value: <Moment at={account.createdAt} /> },
                ]}
              />
            </Container>
            <ChangePassword name={account.name} />
            <Sessions />
            <Rights account={account} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
