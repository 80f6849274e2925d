// One person who asks as fast as they can, over many connections, until this process is ended: part of fairness.ts. Says now and then
// how often each status was answered.
const [origin, token, connections, ...paths] = process.argv.slice(2) as [string, string, string, ...string[]]
export const answered: Record<number, number> = {}

async function ask(path: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${origin}${path}`, { headers: { Authorization: `Bearer ${token}` } }).catch(() => null)
    if (response === null) continue
    await response.arrayBuffer()
    answered[response.status] = (answered[response.status] ?? 0) + 1
  }
}

for (let i = 0; i < Number(connections); i += 1) void ask(paths[i % paths.length]!)
setInterval(() => process.send?.(answered), 250)

