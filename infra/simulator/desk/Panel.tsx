import { useEffect, useState, type ReactNode } from 'react'
import { simulator, type TenantInfo, type User } from './simulator.ts'

const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error))

interface DeedProps {
  title: string
  buttons: readonly string[]
  act: (data: FormData, button: string) => Promise<string>
  children: ReactNode
}

/** One thing to do: fields, a button each way to do it, and the line that says what came of it. */
function Deed({ title, act, children, buttons }: DeedProps) {
  const [result, setResult] = useState('')
  return (
    <form
      className="deed"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault()
        const pressed = event.nativeEvent.submitter?.textContent ?? buttons[0] ?? ''
        setResult('…')
        act(new FormData(event.currentTarget), pressed).then(setResult, (error: unknown) => setResult(sentence(error)))
      }}
    >
      <h3>{title}</h3>
      {children}
      <div className="buttons">
        {buttons.map((words) => (
          <button type="submit" key={words}>
            {words}
          </button>
        ))}
      </div>
      <p role="status">{result}</p>
    </form>
  )
}

const text = (data: FormData, name: string) => {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}

interface ChoiceProps {
  label: string
  name: string
  /** Values and their words. */
  options: readonly (readonly [string, string])[]
  picked?: string
  onPick?: (value: string) => void
}

function Choice({ label, name, options, picked, onPick }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name} onChange={(event) => onPick?.(event.target.value)} {...(picked === undefined ? {} : { value: picked })}>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Makes things happen in the simulated Microsoft 365: mail arrives, MFA and administrators change, secrets expire. */
export function Panel() {
  const [tenants, setTenants] = useState<TenantInfo[]>([])
  const [users, setUsers] = useState<ReadonlyMap<string, User[]>>(new Map())
  const [picked, setPicked] = useState<string | null>(null)
  const [problem, setProblem] = useState('')

  const lookAtUsers = () => simulator.users().then(setUsers, (error: unknown) => setProblem(String(error)))
  useEffect(() => {
    simulator.tenants().then(
      (known) => {
        setTenants(known)
        // The truth of a large world is tens of megabytes: there, accounts are listed when somebody reaches for them.
        if (known.length <= 8) void lookAtUsers()
      },
      (error: unknown) => setProblem(String(error)),
    )
  }, [])

  const named = tenants.map((tenant) => [tenant.tenantId, tenant.name] as const)
  const customer = tenants.find((tenant) => tenant.kind === 'customer')
  const tenantId = picked ?? customer?.tenantId ?? tenants[0]?.tenantId ?? ''
  // Without a choice the simulator takes an administrator whose MFA the button would change.
  const accounts = [['', 'An administrator'] as const, ...(users.get(tenantId) ?? []).map((user) => [user.id, user.userPrincipalName] as const)]
  const mailboxes = tenants.flatMap((tenant) => tenant.mailboxes).map((upn) => [upn, upn] as const)
  const firstDomain = customer?.verifiedDomains.find((domain) => !domain.endsWith('.onmicrosoft.com')) ?? 'contoso.com'
  const tenantName = (id: string) => tenants.find((tenant) => tenant.tenantId === id)?.name ?? id

  const whichTenant = <Choice label="Tenant" name="tenant" options={named} picked={tenantId} onPick={setPicked} />

  return (
    <aside className="panel" role="region" aria-label="Microsoft 365">
      <h2>Microsoft 365</h2>
      {problem !== '' && <p role="alert">{problem}</p>}
      <Deed
        title="Send a mail"
        buttons={['Send mail']}
        act={async (data) => {
          await simulator.mail({ mailbox: text(data, 'mailbox'), from: text(data, 'from'), subject: text(data, 'subject'), body: text(data, 'text') })
          return `Delivered to ${text(data, 'mailbox')}. Outpost shows it after its next sync.`
        }}
      >
        <label>
          From
          <input key={firstDomain} name="from" defaultValue={`sample.person@${firstDomain}`} required />
        </label>
        <Choice label="To mailbox" name="mailbox" options={mailboxes} />
        <label>
          Subject
          <input name="subject" defaultValue="Question about our printers" />
        </label>
        <label>
          Text
          <textarea name="text" rows={3} defaultValue="Hello, the printer on the second floor is offline again. Could you have a look?" />
        </label>
      </Deed>
      <Deed
        title="MFA of an account"
        buttons={['Register MFA', 'Remove MFA']}
        act={async (data, button) => {
          const registers = button === 'Register MFA'
          const userId = text(data, 'account')
          const action = registers ? 'registerMfa' : 'removeMfa'
          const user = await simulator.account(text(data, 'tenant'), action, userId === '' ? {} : { userId })
          return `${user.userPrincipalName} ${registers ? 'has registered MFA' : 'has no MFA any more'}.`
        }}
      >
        {whichTenant}
        <div onFocus={() => users.size === 0 && void lookAtUsers()} onPointerEnter={() => users.size === 0 && void lookAtUsers()}>
          <Choice label="Account" name="account" options={accounts} />
        </div>
      </Deed>
      <Deed
        title="Add an administrator"
        buttons={['Add administrator']}
        act={async (data) => {
          const user = await simulator.account(text(data, 'tenant'), 'addAdministrator', { displayName: text(data, 'name') })
          if (users.size > 0) await lookAtUsers()
          return `${user.userPrincipalName} is a Global Administrator of ${tenantName(text(data, 'tenant'))} now.`
        }}
      >
        {whichTenant}
        <label>
          Name
          <input name="name" defaultValue="New Administrator" required />
        </label>
      </Deed>
      <Deed
        title="Expire a secret"
        buttons={['Expire secret']}
        act={async (data) => {
          await simulator.expireSecret(text(data, 'tenant'))
          return `The client secret of ${tenantName(text(data, 'tenant'))} has expired.`
        }}
      >
        {whichTenant}
      </Deed>
    </aside>
  )
}
