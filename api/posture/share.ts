// Shares as people read them. Pure.

/**
 * A share in per cent, to one decimal where that says more: "66.7 %". Only everybody is 100 %, and only nobody 0 %.
 * @param share 0 to 1
 */
export function percent(share: number): string {
  const rounded = Math.round(share * 1000) / 10
  return `${share > 0 && share < 1 ? Math.min(Math.max(rounded, 0.1), 99.9) : rounded} %`
}
