import { describe, expect, it } from 'vitest'
import { domainToASCII } from 'node:url'
import { bodyOf, previewOf } from './mail/bodies.ts'
import type { Message } from './mail/messages.ts'
import type { World } from './model.ts'
import { makeWorld } from './world.ts'
import { trial } from '../simulator.fixture.ts'

const START = Date.parse('2026-03-04T05:06:07Z')
const mailOf = (world: World): Message[] => [...world.msp.mailboxes.values()].flatMap((open) => [...open().messages.values()])
const flat = (world: World): string => JSON.stringify([
  world.tenants.map((t) => [t.id, t.app, [...t.users.values()], t.roles]), world.bot, world.team,
  mailOf(world).map((m) => ({ ...m, attachments: m.attachments.length })), [...world.msp.mailboxes.values()].map((open) => [...open().calendar()]),
])

describe('the world', () => {
  it('is the same for the same seed and another for another', () => {
    expect(flat(makeWorld('small', 5, START))).toBe(flat(makeWorld('small', 5, START)))
    expect(flat(makeWorld('small', 6, START))).not.toBe(flat(makeWorld('small', 5, START)))
    const later = makeWorld('small', 5, START + 3_600_000)
    expect(mailOf(later).map((m) => m.key)).toEqual(mailOf(makeWorld('small', 5, START)).map((m) => m.key))
  })

  it('has the sizes it promises', () => {
    const tiny = makeWorld('tiny', 5, START)
    const mailbox = tiny.msp.mailboxes.values().next().value?.()
    expect([tiny.tenants.length, tiny.msp.mailboxes.size, tiny.tenants[1]?.users.size, mailbox?.messages.size]).toEqual([2, 1, 5, 12])
    expect(new Set([...(mailbox?.messages.values() ?? [])].map((m) => m.folderId)).size).toBe(2)
    const large = makeWorld('large', 5, START)
    expect([large.tenants.length, large.msp.mailboxes.size, large.tenants[20]?.users.size]).toEqual([21, 50, 200])
  })

  it('plants its canaries: in every body, never in a preview that may be kept', () => {
    const messages = mailOf(makeWorld('small', 5, START))
    expect(new Set(messages.map((m) => m.canaries[0])).size).toBeGreaterThan(450)
    for (const m of messages) {
      expect(bodyOf(m).content).toContain(m.canaries[0])
      const hidden = m.expectedCustomers?.length === 0 || m.sensitivity > 0
      expect(m.canaries.some((c) => previewOf(m).includes(c) || m.subject.includes(c))).toBe(hidden)
      const people = JSON.stringify([m.from, m.to, m.cc, m.bcc])
      for (const c of m.canaries.filter((x) => x.startsWith('st'))) expect(people.includes(c) || m.isDraft).toBe(true)
    }
  })

  it('says truly whom a message touches', () => {
    const world = makeWorld('small', 5, START)
    const customers = world.tenants.flatMap((t) => (t.customer ? [t.customer] : []))
    for (const m of mailOf(world)) {
      const addresses = [m.from, ...m.to, ...m.cc, ...m.bcc].map((r) => r?.address ?? '').filter((a) => a.includes('@'))
      const hosts = addresses.map((a) => domainToASCII(a.slice(a.lastIndexOf('@') + 1).toLowerCase()))
      const touched = customers.filter((c) => hosts.some((h) => c.domains.some((d) => h === d || h.endsWith(`.${d}`)))).map((c) => c.name)
      expect(touched.sort()).toEqual([...(m.expectedCustomers ?? [])].sort().filter((c) => !m.isDraft || touched.includes(c)))
    }
  })

  it('has each kind of trouble in every technician’s mailbox, and mail that several hold', () => {
    const world = makeWorld('small', 5, START)
    for (const open of world.msp.mailboxes.values()) {
      const messages = [...open().messages.values()]
      const some = (test: (m: Message) => boolean): void => expect(messages.some(test)).toBe(true)
      some((m) => m.from === null && !m.isDraft)
      some((m) => m.from?.address?.startsWith('/O=') === true)
      some((m) => m.sensitivity === 2)
      some((m) => m.sensitivity === 3)
      some((m) => m.bcc.length > 0)
      some((m) => m.attachments.length > 0)
      some((m) => m.to.some((r) => r.address === undefined))
      some((m) => m.receivedAt < START - 14 * 86_400_000)
    }
    const byId = new Map<string, Message[]>()
    for (const m of mailOf(world))
      if (m.internetMessageId !== null) byId.set(m.internetMessageId, [...(byId.get(m.internetMessageId) ?? []), m])
    const shared = [...byId.values()].filter((copies) => copies.length > 1)
    expect(shared.length).toBeGreaterThan(10)
    for (const copies of shared) {
      expect(new Set(copies.map((c) => c.sentAt)).size).toBe(1)
      expect(new Set(copies.map((c) => c.key)).size).toBe(copies.length)
    }
  })

  it('serves exactly what the truth says', async () => {
    const t = await trial('tiny')
    interface Mailbox { upn: string; folders: { id: string }[]; messages: { id: string; folderId: string; subject: string }[] }
    const truth = (await t.call<{ tenants: { users: { id: string }[]; mailboxes: Mailbox[] }[] }>('GET', '/simulator/truth')).body
    const msp = truth.tenants[0]
    expect(new Set((await t.readAll('/users/delta?$select=id')).items.map((u) => u.id))).toEqual(new Set(msp?.users.map((u) => u.id)))
    const mailbox = msp?.mailboxes[0]
    if (!mailbox) throw new Error('no mailbox')
    const served: string[] = []
    for (const folder of mailbox.folders) {
      const path = `/users/${mailbox.upn}/mailFolders/${folder.id}/messages/delta?$select=subject,parentFolderId`
      const { items } = await t.readAll(path, 'IdType="ImmutableId"')
      served.push(...new Set(items.map((i) => `${i.id} ${i.parentFolderId as string} ${i.subject as string}`)))
    }
    expect(served.sort()).toEqual(mailbox.messages.map((m) => `${m.id} ${m.folderId} ${m.subject}`).sort())
    expect(t.sim.violations).toEqual([])
    await t.close()
  })
})
