// Clocks that are wrong as that of a machine can be: of processes, through their variables, and of pages.

/** A script that makes every clock which a process or a page reads wrong, as that of its machine would be. */
export const wrongClock = (seconds: number) => `
  const Right = Date, now = () => Right.now() + ${seconds * 1000}
  globalThis.Date = class extends Right { constructor(...given) { if (given.length === 0) super(now()); else super(...given) } static now() { return now() } }`

/** The variables with which Node runs a script before a program. */
export const running = (...scripts: string[]) => ({ NODE_OPTIONS: scripts.map((script) => `--import=data:text/javascript,${encodeURIComponent(script)}`).join(' ') })
