// Colours of a text that others wrote: where something behind it was left out, or was meant to be hidden, the text stays readable.

/** Red, green and blue from 0 to 255. */
type Colour = readonly [number, number, number]

/** Text that differs less from what is behind it cannot be read. WCAG asks for 4.5; that much less is a matter of taste. */
const leastContrast = 1.5
const [dark, light] = ['#242424', '#ffffff']

/** Whether a text sets any colour. */
export const hasColours = (body: HTMLElement): boolean => body.querySelector('[style*="color" i], [bgcolor], font[color]') !== null

/** @returns null for what is no colour, or hardly one */
function colourOf(brush: CanvasRenderingContext2D, text: string): Colour | null {
  if (text === '') return null
  // A browser writes what it has understood as #rrggbb or rgba(…), and keeps what was there where it has not.
  brush.fillStyle = 'rgba(0, 0, 0, 0)'
  brush.fillStyle = text
  const hex = /^#(..)(..)(..)$/.exec(brush.fillStyle)
  if (hex !== null) return [parseInt(hex[1]!, 16), parseInt(hex[2]!, 16), parseInt(hex[3]!, 16)]
  const [red = 0, green = 0, blue = 0, alpha = 1] = (brush.fillStyle.match(/[\d.]+/g) ?? []).map(Number)
  return alpha < 0.5 ? null : [red, green, blue]
}

/** Relative luminance. Source: WCAG 2.2, "relative luminance". */
function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: Colour, other: Colour): number {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

/** Gives text that could not be told from what is behind it another colour. @param around what it is written on */
export function readable(body: HTMLElement, around: { readonly text: string; readonly paper: string }): void {
  const brush = body.ownerDocument.createElement('canvas').getContext('2d')
  if (brush === null) return
  const look = (element: HTMLElement, outer: Colour, behindIt: Colour) => {
    const own = colourOf(brush, element.style.color) ?? colourOf(brush, element.getAttribute('color') ?? '')
    const behind = colourOf(brush, element.style.backgroundColor) ?? behindIt
    let colour = own ?? outer
    if ((own !== null || behind !== behindIt) && contrast(colour, behind) < leastContrast) {
      element.style.color = luminance(behind) > 0.18 ? dark : light
      colour = colourOf(brush, element.style.color)!
    }
    for (const child of element.children) if (child instanceof HTMLElement || 'style' in child) look(child as HTMLElement, colour, behind)
  }
  look(body, colourOf(brush, around.text) ?? [0, 0, 0], colourOf(brush, around.paper) ?? [255, 255, 255])
}
