// What the tab asks for when somebody clicks: part of people.ts.

export interface Person {
  readonly token: string
}

interface Row {
  readonly id: string
}

/** Where a person is: the customers that they see, and the mail of the one that they have opened. */
interface Place {
  customers: readonly Row[]
  customerId: string | null
  mail: readonly (Row & { private: boolean })[]
  next: string | null
}

interface Clicked {
  readonly person: Person
  readonly place: Place
  /** Counts the clicks of a person. */
  readonly turn: number
}

export function openClicks(origin: string) {
  const places = new Map<Person, Place>()
  const failures: string[] = []
  /** In milliseconds, from the question to the end of its answer. */
  const waits: number[] = []
  const headers = ({ token }: Person) => ({ Authorization: `Bearer ${token}` })

  async function get<T>(person: Person, path: string): Promise<T | null> {
    const from = performance.now()
    try {
      const response = await fetch(`${origin}/api/v1${path}`, { headers: headers(person) })
      const text = await response.text()
      waits.push(performance.now() - from)
      if (response.ok) return JSON.parse(text) as T
      failures.push(`${response.status} ${path.replace(/[0-9a-f]{24}.*/, '…')}`)
    } catch (error) {
      failures.push(String((error as Error).cause ?? error))
    }
    return null
  }

  async function list({ person, place }: Clicked): Promise<void> {
    const page = await get<{ items: Row[] }>(person, '/customers')
    if (page !== null) place.customers = page.items
  }

  async function hub({ person, place, turn }: Clicked): Promise<void> {
    const customer = place.customers[turn % place.customers.length]
    if (customer === undefined) return list({ person, place, turn })
    place.customerId = customer.id
    const at = `/customers/${customer.id}`
    const [, mail] = await Promise.all([
      get(person, at),
      get<{ items: (Row & { private: boolean })[]; next: string | null }>(person, `${at}/messages?limit=25`),
      get(person, `${at}/meetings`),
    ])
    if (mail === null) return
    place.mail = mail.items.filter((row) => !row.private)
    place.next = mail.next
  }

  async function more({ person, place }: Clicked): Promise<void> {
    const { customerId, next } = place
    if (customerId !== null) await get(person, `/customers/${customerId}/messages?limit=25${next === null ? '' : `&after=${encodeURIComponent(next)}`}`)
  }

  async function open({ person, place, turn }: Clicked): Promise<void> {
    const row = place.mail[turn % place.mail.length]
    // Who sees no mail with this customer looks at its accounts instead.
    if (row !== undefined) await get(person, `/messages/${encodeURIComponent(row.id)}/body`)
    else if (place.customerId !== null) await get(person, `/customers/${place.customerId}/accounts?mfa=no`)
  }

  async function posture({ person, place: { customerId } }: Clicked): Promise<void> {
    if (customerId !== null) await get(person, `/customers/${customerId}/posture`)
  }

  /** As somebody goes through the tab, over and over. */
  const way: readonly ((clicked: Clicked) => Promise<void>)[] = [
    list, hub, open, more, posture, (clicked) => hub({ ...clicked, turn: clicked.turn + 7 }), open,
  ]

  return {
    failures,
    waits,
    async click(person: Person, turn: number): Promise<void> {
      const place = places.get(person) ?? { customers: [], customerId: null, mail: [], next: null }
      places.set(person, place)
      await way[turn % way.length]!({ person, place, turn })
    },
    /** Holds the connection on which a tab hears of changes. @returns when it is open */
    async listen(person: Person, signal: AbortSignal): Promise<void> {
      const response = await fetch(`${origin}/api/v1/changes`, { headers: headers(person), signal })
      if (!response.ok) failures.push(`${response.status} /changes`)
      void response.body?.pipeTo(new WritableStream()).catch(() => undefined)
    },
  }
}
